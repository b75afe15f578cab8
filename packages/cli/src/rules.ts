/**
 * `orgvet rules`: the rules that validations are made by; what files of rules say, and how they differ. No
 * registry is needed for it but for `rules impact`, which stands in a file of its own.
 */
import type { RulePack } from '@orgvet/contract';
import { VALIDATION_TYPE_NAMES } from '@orgvet/contract/words';
import type {
  CheckOverview,
  Rulebook,
  RuleDifference,
  RuleFile,
  RulesOverview,
} from '@orgvet/server/offline';
import { type Call, type Command, defineCommand, UsageError } from './command.ts';
import {
  type ListColumn,
  printLine,
  printList,
  printNote,
  printRecord,
  refuseTwoFormats,
} from './output.ts';
import { impact } from './rules-impact.ts';
import { AT_OPTION, parseMoment, RULES_OUTPUT_OPTIONS } from './rules-options.ts';
import { RULES_OPTION, ruleFilesOf } from './serve-options.ts';

const RULES_COLUMNS: readonly ListColumn<RulesOverview>[] = [
  { title: 'KIND', cell: ({ kind }) => kind },
  { title: 'ID', is_whole: true, cell: ({ id }) => id },
  { title: 'VERSION', is_whole: true, cell: ({ version }) => version },
  { title: 'IN FORCE FROM', is_whole: true, cell: ({ in_force_from }) => in_force_from },
  { title: 'TYPES', cell: ({ types }) => types.join(' ') },
  { title: 'AUTHORITY', cell: ({ authority }) => authority },
  { title: 'TITLE', cell: ({ title }) => title },
];

const CHECK_COLUMNS: readonly ListColumn<CheckOverview>[] = [
  { title: 'TYPE', is_whole: true, cell: ({ type }) => type },
  { title: 'CHECK', is_whole: true, cell: ({ id }) => id },
  { title: 'SECTION', cell: ({ section }) => section },
  { title: 'LIMIT', cell: describeLimits },
  { title: 'SECOND PERSON', cell: ({ second_person }) => (second_person ? 'yes' : '') },
  { title: 'APPLIES WHEN', cell: ({ applies_when }) => applies_when },
  { title: 'EVIDENCE', cell: ({ evidence }) => evidence.join('; ') },
];

/** `825 days, 398 days from 2026-03-15` */
function describeLimits({ limits }: CheckOverview): string {
  return limits
    .map(({ issued_from, days }) => {
      const since = issued_from === undefined ? '' : ` from ${issued_from}`;
      return `${days === undefined ? 'none' : `${days} days`}${since}`;
    })
    .join(', ');
}

const show = defineCommand({
  name: 'rules show',
  help: 'show what is in force: the packs and policies, or the checks of one',
  example: 'orgvet rules show ov --check identity',
  notes: 'A limit is how old what a check rests on may be on the day of issue, with all caps.',
  arguments: [
    { name: 'PACK|TYPE', kind: 'text', is_optional: true, help: 'id of a pack, or a type as ov' },
  ],
  options: {
    check: { kind: 'text', value: 'ID', help: 'all about one check' },
    ...AT_OPTION,
    ...RULES_OPTION,
    ...RULES_OUTPUT_OPTIONS,
  },
  async run(call) {
    const { options, io } = call;
    refuseTwoFormats(options);
    const rule_files = ruleFilesOf(options, io);
    const { listRulesOverviews, loadRules } = await import('@orgvet/server/offline');
    const rulebook = await loadRules(rule_files);
    const now_ms = parseMoment(options.at) ?? Date.now();
    const name = call.arguments['PACK|TYPE'];
    if (name === undefined && options.check === undefined) {
      const rules = listRulesOverviews(rulebook, now_ms);
      return await printList(call, { rules }, rules, RULES_COLUMNS);
    }
    const checks = await listChecksOf(rulebook, name, now_ms);
    if (options.check === undefined) {
      return await printList(call, { checks }, checks, CHECK_COLUMNS);
    }
    const found = checks.filter(({ id }) => id === options.check);
    if (found.length === 0) {
      throw new UsageError(
        `There is no check ${options.check}; see orgvet rules show ${name ?? 'ov'}.`,
      );
    }
    if (options.csv) {
      return await printList(call, { checks: found }, found, CHECK_COLUMNS);
    }
    printRecord(call, { checks: found });
  },
});

/** The checks of a type, or of the types that a pack decides; of all without a name. */
async function listChecksOf(
  rulebook: Rulebook,
  name: string | undefined,
  now_ms: number,
): Promise<CheckOverview[]> {
  const { listCheckOverviews, listRulesOverviews } = await import('@orgvet/server/offline');
  const rules = listRulesOverviews(rulebook, now_ms);
  const types = VALIDATION_TYPE_NAMES.filter(
    (type) =>
      name === undefined ||
      type === name ||
      rules.some(
        ({ id, kind, types: own }) => kind === 'pack' && id === name && own.includes(type),
      ),
  );
  if (types.length === 0) {
    const packs = rules.filter(({ kind }) => kind === 'pack').map(({ id }) => id);
    const names = [...VALIDATION_TYPE_NAMES, ...new Set(packs)].join(', ');
    throw new UsageError(`There is no pack or type ${name} in force. There are ${names}.`);
  }
  return types.flatMap((type) => listCheckOverviews(rulebook, type, now_ms));
}

const FILES = {
  name: 'FILE',
  kind: 'file',
  is_multiple: true,
  help: 'JSON of a rule pack or a policy',
} as const;

const check = defineCommand({
  name: 'rules check',
  help: 'look whether files of rules are right, and run their worked examples',
  example: 'orgvet rules check tls-br-house.json policy.json',
  notes:
    'It also looks whether a server would start with them: they may ask for more, not for less.',
  arguments: [FILES],
  options: {},
  async run({ arguments: { FILE }, io }) {
    const { combineRuleFiles, RulesRefused } = await import('@orgvet/server/offline');
    const files: RuleFile[] = [];
    const problems: string[] = [];
    for (const path of FILE) {
      const read = await readOrTell(path, problems);
      files.push(...read);
      for (const file of read) {
        printLine(io, describeFile(file));
      }
    }
    if (problems.length === 0) {
      combineRuleFiles(files);
    } else {
      throw new RulesRefused(problems);
    }
  },
});

async function readOrTell(path: string, problems: string[]): Promise<RuleFile[]> {
  const { RulesRefused, readRuleFiles } = await import('@orgvet/server/offline');
  try {
    return await readRuleFiles([path]);
  } catch (error) {
    if (!(error instanceof RulesRefused)) {
      throw error;
    }
    problems.push(...error.problems);
    return [];
  }
}

function describeFile({ file, ...read }: RuleFile): string {
  const { id, version } = read.content;
  if (read.kind === 'policy') {
    return `${file}: policy ${id} ${version}`;
  }
  const { types, worked_examples } = read.content;
  const checks = types.reduce((sum, rules) => sum + rules.checks.length, 0);
  return (
    `${file}: pack ${id} ${version}, ${checks} checks, ` +
    `${worked_examples.length} worked examples`
  );
}

const DIFFERENCE_COLUMNS: readonly ListColumn<RuleDifference>[] = [
  { title: 'TYPE', is_whole: true, cell: ({ type }) => type },
  { title: 'CHECK', is_whole: true, cell: ({ check_id }) => check_id },
  { title: 'EFFECT', is_whole: true, cell: ({ effect }) => effect },
  { title: 'ABOUT', is_whole: true, cell: ({ aspect }) => aspect },
  { title: 'SECTION', cell: ({ section }) => section },
  { title: 'CHANGE', cell: ({ change }) => change },
];

const diff = defineCommand({
  name: 'rules diff',
  help: 'what one rule pack asks for that another does not',
  example: 'orgvet rules diff tls-br@2.2.6 tls-br-house.json',
  notes: 'Each is a file, or ID@VERSION of a pack that Orgvet comes with; ID alone is its newest.',
  arguments: [
    { name: 'A', kind: 'file', help: 'the pack as it was' },
    { name: 'B', kind: 'file', help: 'the pack as it would be' },
  ],
  options: RULES_OUTPUT_OPTIONS,
  async run(call) {
    refuseTwoFormats(call.options);
    const { A, B } = call.arguments;
    const { listDifferences } = await import('@orgvet/server/offline');
    const differences = listDifferences(await findPack(A), await findPack(B));
    await printList(call, { differences }, differences, DIFFERENCE_COLUMNS);
    printCounts(call, differences);
  },
});

/** A pack that is shipped, or in a file. */
async function findPack(name: string): Promise<RulePack> {
  const { readRuleFiles, SHIPPED_PACKS } = await import('@orgvet/server/offline');
  const [id, version] = name.split('@');
  const shipped = SHIPPED_PACKS.filter(
    (pack) => pack.id === id && (version === undefined || pack.version === version),
  );
  const newest = shipped.toSorted((one, other) =>
    one.in_force_from < other.in_force_from ? -1 : 1,
  );
  const found = newest.at(-1);
  if (found !== undefined) {
    return found;
  }
  const [read] = await readRuleFiles([name]);
  if (read?.kind !== 'pack') {
    throw new UsageError(`${name} is a policy: packs are compared.`);
  }
  return read.content;
}

function printCounts({ io }: Pick<Call, 'io'>, differences: readonly RuleDifference[]): void {
  const counts = (['tighter', 'looser', 'other'] as const).map(
    (effect) => `${differences.filter((one) => one.effect === effect).length} ${effect}`,
  );
  printNote(io, `${counts.join(', ')}.`);
}

export const RULES_COMMANDS: readonly Command[] = [show, check, diff, impact];
