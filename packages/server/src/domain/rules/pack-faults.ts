/**
 * What a schema cannot say of a rule pack or policy: that its ids are unique, its dates are days and in
 * order, its conditions can hold, and no evidence is asked for and forbidden at once. It takes what fits
 * the schema, and judges no rule: whether it is strict enough is a matter of comparing packs.
 */
import {
  type Condition,
  ENTITY_CLASSES,
  findSection,
  type ReusePeriod,
  type RuleCheck,
  type RuleFileFault,
  type RulePack,
  type RulePolicy,
  renderPath,
  type WorkedExample,
} from '@orgvet/contract';

type Step = string | number;

/** A fault before its place is put into words. */
interface Found {
  readonly steps: readonly Step[];
  readonly message: string;
}

/** A fault in words, with its file, place and section. */
export function describeFault(file: string, { path, message, section }: RuleFileFault): string {
  const place = path === '' ? '' : `${path} `;
  return `${file}: ${place}${section === undefined ? '' : `(${section}) `}${message}`;
}

/** Everything that is wrong with a pack that fits its schema. */
export function listPackFaults(pack: RulePack): RuleFileFault[] {
  const { types, worked_examples } = pack;
  const ids = types.map(({ type }) => type);
  return place(pack, [
    ...listDayFaults(pack, ['published_on', 'in_force_from']),
    ...listRepeated(ids, (index) => ['types', index, 'type']),
    ...types.flatMap(({ checks }, index) => listChecksFaults(checks, ['types', index, 'checks'])),
    ...worked_examples.flatMap((example, index) =>
      listExampleFaults(pack, example, ['worked_examples', index]),
    ),
  ]);
}

/** Everything that is wrong with a policy that fits its schema, whatever packs it is for. */
export function listPolicyFaults(policy: RulePolicy): RuleFileFault[] {
  const { caps, extra_checks } = policy;
  const keys = extra_checks.flatMap(({ types, check }, index) =>
    types.map((type) => ({ key: `${type} ${check.id}`, index })),
  );
  return place(policy, [
    ...caps.flatMap((cap, index) => listDayFaults(cap, ['issued_from'], ['caps', index])),
    ...listRepeated(
      keys.map(({ key }) => key),
      (place) => ['extra_checks', keys[place]?.index ?? 0, 'check', 'id'],
    ),
    ...extra_checks.flatMap(({ check }, index) =>
      listCheckFaults(check, ['extra_checks', index, 'check']),
    ),
  ]);
}

function place(value: unknown, found: readonly Found[]): RuleFileFault[] {
  return found.map(({ steps, message }) => {
    const section = findSection(value, steps);
    return { path: renderPath(steps), message, ...(section !== undefined && { section }) };
  });
}

function listChecksFaults(checks: readonly RuleCheck[], steps: readonly Step[]): Found[] {
  const ids = checks.map(({ id }) => id);
  return [
    ...listRepeated(ids, (index) => [...steps, index, 'id']),
    ...checks.flatMap((check, index) => listCheckFaults(check, [...steps, index])),
  ];
}

function listCheckFaults(check: RuleCheck, steps: readonly Step[]): Found[] {
  const { applies_when, evidence, reuse = [], is_final = false, second_person } = check;
  const alternatives = evidence?.any_of ?? [];
  const unlike = (message: string, ...below: Step[]) => ({ steps: [...steps, ...below], message });
  return [
    ...listConditionFaults(applies_when, [...steps, 'applies_when']),
    ...alternatives.flatMap((alternative, index) =>
      listConditionFaults(alternative.applies_when, [
        ...steps,
        ...['evidence', 'any_of', index, 'applies_when'],
      ]),
    ),
    ...alternatives.flatMap(({ all_of }, index) =>
      all_of
        .filter((kind) => evidence?.never.includes(kind))
        .map((kind) =>
          unlike(`asks for ${kind}, which never forbids.`, 'evidence', 'any_of', index, 'all_of'),
        ),
    ),
    ...listPeriodFaults(reuse, [...steps, 'reuse']),
    ...(is_final && !second_person
      ? [unlike('must be true: the final check is for a second person.', 'second_person')]
      : []),
  ];
}

/** What answers a question can have, where it has only a few. */
const ANSWERS: Readonly<Partial<Record<Condition['fact'], readonly (string | boolean)[]>>> = {
  entity_class: ENTITY_CLASSES,
  years_since_formation: [],
};

function listConditionFaults(
  conditions: readonly Condition[] = [],
  steps: readonly Step[],
): Found[] {
  return conditions.flatMap(({ fact, is, below, at_least }, index) => {
    const at = [...steps, index];
    if ([is, below, at_least].filter((asked) => asked !== undefined).length !== 1) {
      return [{ steps: at, message: 'must have one of is, below and at_least.' }];
    }
    if (is === undefined) {
      return fact === 'years_since_formation'
        ? []
        : [{ steps: at, message: `asks for a number, and ${fact} is none.` }];
    }
    const answers = ANSWERS[fact] ?? [true, false];
    return is
      .filter((answer) => !answers.includes(answer))
      .map((answer) => ({
        steps: [...at, 'is'],
        message: `has ${JSON.stringify(answer)}, which is no answer to ${fact}.`,
      }));
  });
}

function listPeriodFaults(periods: readonly ReusePeriod[], steps: readonly Step[]): Found[] {
  return periods.flatMap((period, index) => {
    const at = [...steps, index];
    const before = periods[index - 1]?.issued_from ?? '';
    const { issued_from } = period;
    if (index === 0) {
      return issued_from === undefined
        ? []
        : [{ steps: [...at, 'issued_from'], message: 'must be left out of the first period.' }];
    }
    if (issued_from === undefined) {
      return [{ steps: [...at, 'issued_from'], message: 'is missing: only the first has none.' }];
    }
    const isLater = issued_from > before;
    return [
      ...listDayFaults(period, ['issued_from'], at),
      ...(isLater
        ? []
        : [{ steps: [...at, 'issued_from'], message: `must be later than ${before}.` }]),
    ];
  });
}

function listExampleFaults(
  { types }: RulePack,
  example: WorkedExample,
  steps: readonly Step[],
): Found[] {
  const { type, check, obtained_on, usable_until, evidence, facts, is_enough, applies } = example;
  const rules = types.find((known) => known.type === type);
  const isKnown = rules?.checks.some(({ id }) => id === check) ?? false;
  const pairs: readonly (readonly [boolean, string])[] = [
    [(obtained_on === undefined) !== (usable_until === undefined), 'obtained_on and usable_until'],
    [(evidence === undefined) !== (is_enough === undefined), 'evidence and is_enough'],
    [applies !== undefined && facts === undefined, 'facts and applies'],
  ];
  const isEmpty = [usable_until, is_enough, applies].every((answer) => answer === undefined);
  return [
    ...(isKnown ? [] : [{ steps: [...steps, 'check'], message: `is no check of ${type} here.` }]),
    ...listDayFaults(example, ['obtained_on', 'usable_until'], steps),
    ...pairs
      .filter(([isTorn]) => isTorn)
      .map(([, members]) => ({ steps, message: `must have ${members} together.` })),
    ...(isEmpty ? [{ steps, message: 'shows nothing: it has no answer to compare with.' }] : []),
  ];
}

/** A schema takes the thirtieth of February for a day. */
function listDayFaults<Member extends string>(
  holder: Readonly<Partial<Record<Member, string>>>,
  members: readonly Member[],
  steps: readonly Step[] = [],
): Found[] {
  return members.flatMap((member) => {
    const day = holder[member];
    return day === undefined || isDay(day)
      ? []
      : [{ steps: [...steps, member], message: `${day} is no day.` }];
  });
}

function isDay(text: string): boolean {
  const time_ms = Date.parse(text);
  return !Number.isNaN(time_ms) && new Date(time_ms).toISOString().startsWith(text);
}

function listRepeated(
  keys: readonly string[],
  stepsOf: (index: number) => readonly Step[],
): Found[] {
  return keys.flatMap((key, index) =>
    keys.indexOf(key) < index ? [{ steps: stepsOf(index), message: `${key} is there twice.` }] : [],
  );
}
