/**
 * The rules that are in force where an operator gives packs and policies: what is shipped, with what they
 * give. An operator can ask for more than the texts of the forum do, never for less; the attempt is
 * refused with the section that asks for it. What is the operator's own policy they change as they like.
 */
import type { RulePack, RulePolicy, ValidationTypeName } from '@orgvet/contract';
import { listDifferences } from './differences.ts';
import { describeFault } from './pack-faults.ts';
import {
  createRulebook,
  type NamedRules,
  type OperatorRules,
  type Rulebook,
  RulesRefused,
} from './rulebook.ts';
import { SHIPPED_PACKS } from './shipped.ts';
import { fitShippedPolicies } from './shipped-caps.ts';
import { listFailedExamples } from './worked-examples.ts';

/**
 * Puts what an operator gives together with what is shipped.
 *
 * @param rules that fit their schemas
 * @throws RulesRefused with everything that cannot be, by file
 */
export function createOperatorRulebook(given: OperatorRules): Rulebook {
  const { packs, policies } = given;
  const problems = [
    ...listRepeatedFiles(packs, ({ id, version }) => `the pack ${id} ${version}`),
    ...listRepeatedFiles(policies, ({ id }) => `the policy ${id}`),
    ...listRepeatedChecks(policies),
    ...packs.flatMap(listLoosened),
    ...packs.flatMap(({ file, content }) =>
      listFailedExamples(content).map((fault) => describeFault(file, fault)),
    ),
  ];
  if (problems.length > 0) {
    throw new RulesRefused(problems);
  }
  const all = packs.map(({ content }) => content).reduce(addPack, SHIPPED_PACKS);
  return createRulebook(
    all,
    policies.length === 0 ? fitShippedPolicies(all) : policies.map(({ content }) => content),
    given,
  );
}

/**
 * The rules as they would be if an operator gave more as well: it takes the place of what was given by the
 * same id.
 *
 * @throws RulesRefused
 */
export function createProposedRulebook({ given }: Rulebook, proposed: OperatorRules): Rulebook {
  return createOperatorRulebook({
    packs: replaceById(given.packs, proposed.packs),
    policies: replaceById(given.policies, proposed.policies),
  });
}

function replaceById<Content extends { readonly id: string }>(
  given: readonly NamedRules<Content>[],
  proposed: readonly NamedRules<Content>[],
): NamedRules<Content>[] {
  const ids = new Set(proposed.map(({ content }) => content.id));
  return [...given.filter(({ content }) => !ids.has(content.id)), ...proposed];
}

/** The newest shipped version of a text of rules. */
function findShipped(id: string): RulePack | undefined {
  return SHIPPED_PACKS.filter((pack) => pack.id === id)
    .toSorted((one, other) => (one.in_force_from < other.in_force_from ? -1 : 1))
    .at(-1);
}

/** Whatever a file says of its authority: what is shipped as the forum's stays the forum's. */
function listLoosened({ file, content }: NamedRules<RulePack>): string[] {
  const shipped = findShipped(content.id);
  const problems = listTakenOver(content).map((problem) => `${file}: ${problem}`);
  if (shipped === undefined || shipped.authority === 'operator') {
    return problems;
  }
  if (content.authority !== shipped.authority) {
    problems.push(`${file}: authority must be ${shipped.authority}, as ${shipped.title} has it.`);
  }
  const loosened = listDifferences(shipped, content).filter(({ effect }) => effect === 'looser');
  return [
    ...problems,
    ...loosened.map(({ type, check_id = '', section, change }) => {
      const place = `${type} ${check_id}`.trim();
      return `${file}: ${place} would ask for less than ${section}. ${change}`;
    }),
  ];
}

/** Types that the forum has rules for cannot get others by a pack of another name. */
function listTakenOver({ id, types }: RulePack): string[] {
  return SHIPPED_PACKS.filter((pack) => pack.id !== id && pack.authority !== 'operator').flatMap(
    (pack) =>
      pack.types
        .filter(({ type }) => types.some((own) => own.type === type))
        .map(
          ({ type, checks }) =>
            `the rules for ${type} are those of ${pack.id} (${checks[0]?.section} and following). ` +
            'To ask for more, give a policy or a version of that pack.',
        ),
  );
}

/**
 * The same version takes the place of the one that is there; another version stands beside it. An
 * operator's own pack takes over its types from an operator's pack of another id.
 */
function addPack(packs: readonly RulePack[], added: RulePack): readonly RulePack[] {
  const others = packs.filter(({ id, version }) => id !== added.id || version !== added.version);
  if (added.authority !== 'operator') {
    return [...others, added];
  }
  const taken: readonly ValidationTypeName[] = added.types.map(({ type }) => type);
  const left = others.map((pack) =>
    pack.authority === 'operator' && pack.id !== added.id
      ? { ...pack, types: pack.types.filter(({ type }) => !taken.includes(type)) }
      : pack,
  );
  return [...left.filter(({ types }) => types.length > 0), added];
}

function listRepeatedFiles<Content>(
  files: readonly NamedRules<Content>[],
  nameOf: (content: Content) => string,
): string[] {
  return files.flatMap(({ file, content }, index) => {
    const first = files.findIndex((other) => nameOf(other.content) === nameOf(content));
    const earlier = files[first]?.file;
    return first < index ? [`${file}: ${nameOf(content)} is given in ${earlier} already.`] : [];
  });
}

/** Two policies may each ask for a further check, but not for two by one name. */
function listRepeatedChecks(policies: readonly NamedRules<RulePolicy>[]): string[] {
  const checks = policies.flatMap(({ file, content }) =>
    content.extra_checks.flatMap(({ types, check }) =>
      types.map((type) => ({ file, content: `the check ${check.id} for ${type}` })),
    ),
  );
  return listRepeatedFiles(checks, (name) => name);
}
