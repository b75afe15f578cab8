/** Renders docs/rules.md from the rule packs and policies that are shipped, for people who validate. */
import {
  type CONDITION_FACTS,
  EVIDENCE_KINDS,
  type RulePack,
  type RulePolicy,
  type TypeRules,
  VALIDATION_TYPES,
} from '@orgvet/contract';
import {
  type CheckOverview,
  listCheckOverviews,
} from '../packages/server/src/domain/rules/overview.ts';
import { createRulebook } from '../packages/server/src/domain/rules/rulebook.ts';
import { SHIPPED_PACKS, SHIPPED_POLICIES } from '../packages/server/src/domain/rules/shipped.ts';

const HEAD = `# What is checked, and by which rule

Made from the rule packs in \`packages/server/rules/\` by \`npm run generate\`; do not edit it by hand.

For each validation type this page lists every check: the section that asks for it, what must be shown,
which evidence shows it, how old that may be, and who must act. The sentences are ours; the texts of
rules themselves decide. The data is for programs as well: each pack is a file of the schema in
[rule-pack.schema.json](rule-pack.schema.json), a policy one of
[rule-policy.schema.json](rule-policy.schema.json). How an operator asks for more is in
[operations.md](operations.md#rule-packs).

How to read it:

- **Evidence**: each line is enough by itself. Kinds joined by "with" are needed together.
- **Never**: evidence of these kinds must not be relied on for the check at all.
- **Limit**: how old the oldest piece relied on may be on the day on which a certificate is issued; for
  a check without evidence, the decision. A day has 86,400 seconds and begins at midnight in UTC. What
  reaches its limit ends in that second. A shorter limit ends at once, on its first day, what is too old
  by it; a longer one brings nothing back.
- **Conditions**: a check, or a way to satisfy it, may be for some organizations only. While the answer
  is not known, the check applies, and the way is closed.
- **Second person**: somebody who collected none of the evidence and did not decide must agree.
`;

/** What is asked by a condition, as it reads with its answer behind it. */
const FACTS: Readonly<Record<(typeof CONDITION_FACTS)[number], string>> = {
  has_assumed_name: 'Whether an assumed name was given.',
  entity_class: 'The class of the entity: private organization, government entity, and so on.',
  years_since_formation: 'Whole years since the organization was formed.',
  is_place_of_business_abroad:
    'Whether the place of business is outside the jurisdiction’s country.',
  has_non_latin_name: 'Whether the name has letters that are not Latin.',
  has_lei: 'Whether an LEI is known.',
  has_organization_identifier: 'Whether an organization identifier is known.',
  relies_on_affiliate: 'Whether something of a parent, subsidiary or affiliate is relied on.',
  has_preauthorized_approvers: 'Whether the organization named approvers in advance.',
};

const AUTHORITIES: Readonly<Record<RulePack['authority'], string>> = {
  ca_browser_forum: 'a text of the CA/Browser Forum',
  operator: 'the operator’s own policy, free to change',
};

const ACTORS: Readonly<Record<CheckOverview['next_actor'], string>> = {
  specialist: 'a validation specialist',
  applicant: 'the applicant',
  verified_contact: 'a verified contact',
};

export function renderRulesPage(): string {
  return [
    HEAD,
    renderContents(),
    ...SHIPPED_PACKS.map(renderPack),
    renderPolicies(),
    renderWords('Kinds of evidence', 'kind', EVIDENCE_KINDS),
    renderWords('What conditions ask', 'fact', FACTS),
  ].join('\n');
}

function renderContents(): string {
  const lines = SHIPPED_PACKS.flatMap((pack) =>
    pack.types.map((rules) => {
      const title = titleOf(rules);
      return `- [${title}](#${anchorOf(title)}), ${rules.checks.length} checks, by ${pack.title}`;
    }),
  );
  return [...lines, ''].join('\n');
}

function renderPack(pack: RulePack): string {
  const { id, version, title, authority, published_on, in_force_from, notes, types } = pack;
  return [
    `## ${title}`,
    '',
    `Pack \`${id}\` version ${version}: ${AUTHORITIES[authority]}, published on ${published_on}, ` +
      `decides from ${in_force_from} on.`,
    '',
    ...types.map((rules) => renderType(pack, rules)),
    `### Notes on ${id}`,
    '',
    'How unclear sentences were read, and what is left out:',
    '',
    ...notes.map((note) => `- ${plain(note)}`),
    '',
  ].join('\n');
}

function renderType(pack: RulePack, rules: TypeRules): string {
  // By the text alone: what policies take off is told where they are.
  const rulebook = createRulebook([pack]);
  const checks = listCheckOverviews(rulebook, rules.type, Date.parse(pack.in_force_from));
  const rows = checks.map(
    (check) =>
      `| [${plain(check.title)}](#${anchorOf(headingOf(check))}) | ${check.section} | ` +
      `${describeLimits(check)} | ${check.second_person ? 'yes' : ''} | ${plain(check.applies_when)} |`,
  );
  return [
    `### ${titleOf(rules)}`,
    '',
    '| check | section | limit | second person | applies when |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    describeSample(rules),
    '',
    ...checks.map(renderCheck),
  ].join('\n');
}

function renderCheck(check: CheckOverview): string {
  const { id, section, statement, applies_when, evidence, never, touched_by, applicant } = check;
  const lines = [
    `\`${id}\`, ${section}${check.is_final ? '. Decided after all others' : ''}.`,
    '',
    plain(statement),
    '',
    ...(applies_when === '' ? [] : [`- Applies when ${applies_when}.`]),
    evidence.length === 0
      ? '- Evidence: none; a person decides and says why.'
      : '- Evidence, each line enough by itself:',
    ...evidence.map((way) => `  - ${way}`),
    ...(never.length === 0 ? [] : [`- Never: ${never.join(', ')}.`]),
    `- Limit: ${describeLimits(check)}${check.contract_sets_term ? '; a contract may set another term' : ''}.`,
    ...(check.second_person ? ['- A second person must review it.'] : []),
    `- Who must act: ${ACTORS[check.next_actor]}.`,
    ...(touched_by.length === 0 ? [] : [`- Opened again by a change of ${touched_by.join(', ')}.`]),
    `- For the applicant: ${plain(applicant)}`,
    '',
  ];
  return [`#### ${headingOf(check)}`, '', ...lines].join('\n');
}

function describeLimits({ limits }: CheckOverview): string {
  const periods = limits.map(({ issued_from, days }) => {
    const since = issued_from === undefined ? '' : ` for issue from ${issued_from} on`;
    return `${days === undefined ? 'none' : `${days} days`}${since}`;
  });
  return periods.length === 0 ? 'none of its own' : periods.join(', ');
}

function describeSample({
  sample_percent,
  sample_percent_delegated,
  sample_minimum,
  sample_section,
}: TypeRules): string {
  const delegated =
    sample_percent_delegated === undefined
      ? ''
      : `, ${sample_percent_delegated} % where a registration authority did the work`;
  const minimum = sample_minimum === undefined ? '' : `, at least ${sample_minimum}`;
  return (
    `Looked at again each quarter: ${sample_percent} % of the validations${delegated}${minimum} ` +
    `(${sample_section}).`
  );
}

function renderPolicies(): string {
  return [
    '## Policies',
    '',
    'What is asked beyond the texts, unless the operator gives policies of their own. A policy can only',
    'ever ask for more; the sooner of a limit and a cap decides.',
    '',
    ...SHIPPED_POLICIES.flatMap(renderPolicy),
  ].join('\n');
}

function renderPolicy({ id, version, title, caps }: RulePolicy): string[] {
  return [
    `### ${title}`,
    '',
    `Policy \`${id}\` version ${version}.`,
    '',
    ...caps.map(({ types, checks, days, issued_from, reason }) => {
      const since = issued_from === undefined ? '' : ` for issue from ${issued_from} on`;
      const which = checks === undefined ? 'every check that ages' : checks.join(', ');
      return `- ${days} days${since}, for ${which} of ${types.join(', ')}. ${plain(reason)}`;
    }),
    '',
  ];
}

function renderWords(title: string, word: string, words: Readonly<Record<string, string>>): string {
  const rows = Object.entries(words).map(
    ([name, meaning]) => `| \`${name}\` | ${plain(meaning)} |`,
  );
  return [`## ${title}`, '', `| ${word} | what it is |`, '|---|---|', ...rows, ''].join('\n');
}

function titleOf({ type }: TypeRules): string {
  const known = VALIDATION_TYPES.find((validationType) => validationType.type === type);
  return `${type}: ${known?.description}`;
}

/** Headings of checks are told apart by their type: the same question is asked in several. */
function headingOf({ type, title }: CheckOverview): string {
  return `${plain(title)} (${type})`;
}

/** As Markdown's readers make them of headings. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

function plain(text: string): string {
  return text.replaceAll('|', '\\|');
}
