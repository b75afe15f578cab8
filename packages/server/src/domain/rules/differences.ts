/**
 * What changes from one version of a rule pack to another, and whether it asks for more or for less. In
 * doubt a change counts as asking for less: an operator's rules are refused by this. It reads no meaning
 * out of sentences, so other wording is only told.
 */
import type { RuleCheck, RulePack, TypeRules, ValidationTypeName } from '@orgvet/contract';
import { describeConditions, implies } from './conditions.ts';
import { listEvidenceChanges } from './evidence-differences.ts';
import { listReuseChanges } from './reuse-differences.ts';

/** Whether more is asked for than before, less, or neither. */
type Effect = 'tighter' | 'looser' | 'other';

/** One change, before its place is known. */
export interface RuleChange {
  readonly aspect:
    | 'type'
    | 'check'
    | 'reuse'
    | 'evidence'
    | 'never'
    | 'second_person'
    | 'conditions'
    | 'contract'
    | 'order'
    | 'touched_by'
    | 'section'
    | 'wording'
    | 'next_actor'
    | 'sample';
  readonly effect: Effect;
  /** What it was and what it is, in words. */
  readonly change: string;
  /** Where it is not the section of the check. */
  readonly section?: string;
}

export interface RuleDifference extends RuleChange {
  readonly type: ValidationTypeName;
  /** Absent for what is about the type as a whole. */
  readonly check_id?: string;
  /** The section that the older pack cites for it; the newer one's where the older has none. */
  readonly section: string;
}

/** Every difference, by type and check in the order of the older pack. */
export function listDifferences(before: RulePack, after: RulePack): RuleDifference[] {
  const types = [...new Set([...before.types, ...after.types].map(({ type }) => type))];
  return types.flatMap((type) =>
    listTypeDifferences(
      type,
      before.types.find((rules) => rules.type === type),
      after.types.find((rules) => rules.type === type),
    ),
  );
}

function listTypeDifferences(
  type: ValidationTypeName,
  before: TypeRules | undefined,
  after: TypeRules | undefined,
): RuleDifference[] {
  if (before === undefined || after === undefined) {
    const isAdded = before === undefined;
    const section = (before ?? after)?.checks[0]?.section ?? '';
    const change = isAdded ? 'The type is new.' : 'The type is gone.';
    return [{ type, aspect: 'type', effect: isAdded ? 'tighter' : 'looser', section, change }];
  }
  const ids = new Set([...before.checks, ...after.checks].map(({ id }) => id));
  return [
    ...listSampleChanges(before, after).map((change) => ({
      type,
      ...change,
      section: before.sample_section,
    })),
    ...[...ids].flatMap((check_id) => {
      const older = before.checks.find(({ id }) => id === check_id);
      const newer = after.checks.find(({ id }) => id === check_id);
      const section = (older ?? newer)?.section ?? '';
      return listCheckChanges(older, newer).map((change) => ({
        type,
        check_id,
        section,
        ...change,
      }));
    }),
  ];
}

function listSampleChanges(before: TypeRules, after: TypeRules): RuleChange[] {
  const shares: readonly (readonly [string, (rules: TypeRules) => number])[] = [
    ['share of the sample', ({ sample_percent }) => sample_percent],
    [
      'share of the sample where the work was delegated',
      ({ sample_percent, sample_percent_delegated }) => sample_percent_delegated ?? sample_percent,
    ],
    ['smallest sample', ({ sample_minimum }) => sample_minimum ?? 0],
  ];
  return shares
    .filter(([, of]) => of(before) !== of(after))
    .map(([name, of]) => ({
      aspect: 'sample',
      effect: of(after) > of(before) ? 'tighter' : 'looser',
      change: `The ${name} was ${of(before)} and is ${of(after)}.`,
    }));
}

function listCheckChanges(
  before: RuleCheck | undefined,
  after: RuleCheck | undefined,
): RuleChange[] {
  if (before === undefined || after === undefined) {
    const isAdded = before === undefined;
    const change = isAdded ? 'The check is new.' : 'The check is gone.';
    return [{ aspect: 'check', effect: isAdded ? 'tighter' : 'looser', change }];
  }
  return [
    ...listReuseChanges(before.reuse, after.reuse),
    ...listEvidenceChanges(before.evidence, after.evidence),
    ...listConditionChanges(before, after),
    ...listSwitchChanges(before, after),
    ...listTouchedChanges(before.touched_by, after.touched_by),
    ...listWordingChanges(before, after),
  ];
}

/** A check that applies to more organizations asks for more. */
function listConditionChanges(before: RuleCheck, after: RuleCheck): RuleChange[] {
  const [older, newer] = [before.applies_when, after.applies_when];
  const isWider = implies(older, newer);
  const isNarrower = implies(newer, older);
  if (isWider && isNarrower) {
    return [];
  }
  const say = (conditions: typeof older) => describeConditions(conditions) || 'always';
  return [
    {
      aspect: 'conditions',
      effect: isWider ? 'tighter' : 'looser',
      change: `It applied: ${say(older)}. It applies: ${say(newer)}.`,
    },
  ];
}

/** Members that are true or false, with what they mean, and whether true asks for more. */
const SWITCHES = [
  {
    aspect: 'second_person',
    of: ({ second_person }: RuleCheck) => second_person,
    is_more: true,
    name: 'A second person must review it',
  },
  {
    aspect: 'contract',
    of: ({ contract_sets_term }: RuleCheck) => contract_sets_term ?? false,
    is_more: false,
    name: 'A contract may set another term',
  },
  {
    aspect: 'order',
    of: ({ is_final }: RuleCheck) => is_final ?? false,
    is_more: true,
    name: 'It is decided after all others',
  },
] as const;

function listSwitchChanges(before: RuleCheck, after: RuleCheck): RuleChange[] {
  return SWITCHES.filter(({ of }) => of(before) !== of(after)).map(
    ({ aspect, of, is_more, name }) => ({
      aspect,
      effect: of(after) === is_more ? 'tighter' : 'looser',
      change: `${name}: ${of(after) ? 'new' : 'not any more'}.`,
    }),
  );
}

function listTouchedChanges(before: readonly string[], after: readonly string[]): RuleChange[] {
  const added = after.filter((field) => !before.includes(field));
  const removed = before.filter((field) => !after.includes(field));
  return [
    ...added.map((field): RuleChange => {
      const change = `A change of ${field} opens it again.`;
      return { aspect: 'touched_by', effect: 'tighter', change };
    }),
    ...removed.map((field): RuleChange => {
      const change = `A change of ${field} does not open it again any more.`;
      return { aspect: 'touched_by', effect: 'looser', change };
    }),
  ];
}

/** Members that are told of when they change, and judged by nobody. */
const TEXTS = [
  { aspect: 'section', member: 'section', name: 'section' },
  { aspect: 'next_actor', member: 'next_actor', name: 'one who must act' },
  { aspect: 'wording', member: 'title', name: 'title' },
  { aspect: 'wording', member: 'statement', name: 'statement' },
  { aspect: 'wording', member: 'applicant', name: 'advice to the applicant' },
] as const;

function listWordingChanges(before: RuleCheck, after: RuleCheck): RuleChange[] {
  return TEXTS.filter(({ member }) => before[member] !== after[member]).map(
    ({ aspect, member, name }) => ({
      aspect,
      effect: 'other',
      change: `The ${name} was: ${before[member]}. It is: ${after[member]}.`.replaceAll('..', '.'),
    }),
  );
}
