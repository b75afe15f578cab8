/**
 * The interpreter of rules against another one that shares nothing with it: it reads the packs and
 * policies as they are and walks from day to day. And dates that were worked out by hand.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReusePeriod, RuleCheck, RulePack, RulePolicy } from '@orgvet/contract';
import fc from 'fast-check';
import { makeCheck, makePack, makePolicy, makeType } from '../../../test/rules.ts';
import { createRulebook, findEndOfUse, type Rulebook, RulesRefused } from './rulebook.ts';
import { createShippedRulebook, SHIPPED_PACKS } from './shipped.ts';
import { createValidityReader, findValidityEnd, type ReliedOn } from './validity.ts';

const DAY_MS = 86_400_000;
const CASES = 10_000;
/** Printed with a counterexample, if there ever is one. */
const SEED = 20_260_315;

/** Every day that a case can be about, from the first on. */
const FIRST_DAY_MS = Date.parse('2024-01-01');
/** Dates of rules and evidence are before this day of the list. */
const DATES_MAX = 500;
const LIMIT_MAX_DAYS = 300;
const DAYS = Array.from({ length: DATES_MAX + 2 * LIMIT_MAX_DAYS }, (_, index) =>
  new Date(FIRST_DAY_MS + index * DAY_MS).toISOString().slice(0, 10),
);

interface Rules {
  /** By the day from which they are in force. */
  readonly packs: readonly RulePack[];
  readonly policies: readonly RulePolicy[];
}

/** What rules say about one check, as it stands in the files. */
interface Written {
  readonly versions: readonly { readonly from: string; readonly periods: readonly ReusePeriod[] }[];
  readonly caps: RulePolicy['caps'];
}

function collect({ packs, policies }: Rules, check_id: string): Written {
  const extra = policies
    .flatMap(({ extra_checks }) => extra_checks)
    .find(({ check }) => check.id === check_id)?.check;
  const versions = packs.map(({ in_force_from, types }) => {
    const own = types[0]?.checks.find(({ id }) => id === check_id);
    return { from: in_force_from, periods: (own ?? extra)?.reuse ?? [] };
  });
  return { versions, caps: policies.flatMap(({ caps }) => caps) };
}

/** How old what is relied on may be on a day of issue. */
function limitOn(
  { versions, caps }: Written,
  check_id: string,
  day: string,
  isContract: boolean,
): number {
  let periods = versions[0]?.periods ?? [];
  for (const version of versions) {
    if (version.from <= day) {
      periods = version.periods;
    }
  }
  let of_pack = Number.POSITIVE_INFINITY;
  for (const { issued_from = '', days } of periods) {
    if (issued_from <= day) {
      of_pack = days;
    }
  }
  let limit = isContract ? Number.POSITIVE_INFINITY : of_pack;
  for (const { checks, issued_from = '', days } of caps) {
    const isMeant = checks === undefined ? Number.isFinite(of_pack) : checks.includes(check_id);
    if (isMeant && issued_from <= day && days < limit) {
      limit = days;
    }
  }
  return limit;
}

/** Walks from the day on which something was obtained to the day on which it is too old. */
function walkToEnd(
  rules: Rules,
  check_id: string,
  since_ms: number,
  isContract: boolean,
): number | undefined {
  const written = collect(rules, check_id);
  const first = Math.floor((since_ms - FIRST_DAY_MS) / DAY_MS);
  for (let index = first; index < DAYS.length; index += 1) {
    const limit_ms = limitOn(written, check_id, DAYS[index] ?? '', isContract) * DAY_MS;
    const start_ms = Math.max(FIRST_DAY_MS + index * DAY_MS, since_ms);
    const end_ms = FIRST_DAY_MS + (index + 1) * DAY_MS;
    if (start_ms - since_ms >= limit_ms) {
      return start_ms;
    }
    if (since_ms + limit_ms < end_ms) {
      return since_ms + limit_ms;
    }
  }
  return undefined;
}

function formatMoment(time_ms: number): string {
  return `${new Date(time_ms).toISOString().slice(0, 19)}+00:00`;
}

const CHECKS = ['first', 'second', 'third'];
const EXTRA = 'extra';

const day = fc.integer({ min: 0, max: DATES_MAX - 1 }).map((index) => DAYS[index] ?? '');
const days = fc.integer({ min: 1, max: LIMIT_MAX_DAYS });

const periods = fc
  .tuple(
    days,
    fc.uniqueArray(day, { maxLength: 3 }),
    fc.array(days, { minLength: 3, maxLength: 3 }),
  )
  .map(([initial, starts, limits]): ReusePeriod[] => [
    { days: initial, section: 'T 9' },
    ...starts.sort().map((issued_from, index) => ({
      issued_from,
      days: limits[index] ?? initial,
      section: 'T 9',
    })),
  ]);

const reuse = fc.option(periods, { nil: undefined, freq: 6 });

function checkOf(id: string, limits: ReusePeriod[] | undefined): RuleCheck {
  const { reuse: _, ...check } = makeCheck({ id });
  return limits === undefined ? check : { ...check, reuse: limits };
}

const version = fc
  .tuple(fc.subarray(CHECKS, { minLength: 1 }), fc.array(reuse, { minLength: 3, maxLength: 3 }))
  .map(([ids, limits]) => ids.map((id, index) => checkOf(id, limits[index])));

const packs = fc
  .tuple(
    fc.uniqueArray(day, { minLength: 1, maxLength: 3 }),
    fc.array(version, { minLength: 3, maxLength: 3 }),
  )
  .map(([starts, versions]) =>
    starts.map((in_force_from, index) =>
      makePack({
        version: String(index + 1),
        in_force_from,
        types: [makeType({ checks: versions[index] ?? [makeCheck()] })],
      }),
    ),
  );

const cap = fc.record({
  checks: fc.option(fc.subarray(CHECKS, { minLength: 1 }), { nil: undefined }),
  issued_from: fc.option(day, { nil: undefined, freq: 3 }),
  days,
});

const policy = fc
  .record({ caps: fc.array(cap, { maxLength: 2 }), extra: fc.option(periods, { nil: undefined }) })
  .map(({ caps, extra }) => ({ caps, extra }));

const reliance = fc.record({
  check_id: fc.constantFrom(...CHECKS, EXTRA),
  since_s: fc.integer({ min: 0, max: DATES_MAX * 86_400 - 1 }),
  contract_s: fc.option(fc.integer({ min: 0, max: DATES_MAX * 86_400 }), {
    nil: undefined,
    freq: 4,
  }),
});

const aCase = fc.record({
  packs,
  policies: fc.array(policy, { maxLength: 2 }),
  reliances: fc.array(reliance, { minLength: 1, maxLength: 3 }),
  latest_s: fc.option(fc.integer({ min: 0, max: 2 * DATES_MAX * 86_400 }), { nil: undefined }),
});
type Case = typeof aCase extends fc.Arbitrary<infer Value> ? Value : never;

/** @param shortest no cap is longer; rules refuse a cap that says more than a pack */
function policiesOf({ packs: given, policies }: Case, shortest: number): RulePolicy[] {
  const known = new Set(given.flatMap(({ types }) => types[0]?.checks.map(({ id }) => id) ?? []));
  return policies.map(({ caps, extra }, index) =>
    makePolicy({
      id: `policy-${index}`,
      caps: caps.flatMap(({ checks, issued_from, days: most }) => {
        const named = checks?.filter((id) => known.has(id));
        return named?.length === 0
          ? []
          : [
              {
                types: ['ov' as const],
                days: Math.min(most, shortest),
                reason: 'A test.',
                ...(named !== undefined && { checks: named }),
                ...(issued_from !== undefined && { issued_from }),
              },
            ];
      }),
      extra_checks:
        index === 0 && extra !== undefined ? [{ types: ['ov'], check: checkOf(EXTRA, extra) }] : [],
    }),
  );
}

/** As a case says, or with caps that no pack can be stricter than. */
function rulesOf(given: Case): { rules: Rules; rulebook: Rulebook } {
  const limits = given.packs.flatMap(({ types }) =>
    (types[0]?.checks ?? []).flatMap(({ reuse: own = [] }) => own.map((period) => period.days)),
  );
  for (const shortest of [LIMIT_MAX_DAYS, Math.min(LIMIT_MAX_DAYS, ...limits)]) {
    const policies = policiesOf(given, shortest);
    try {
      const rulebook = createRulebook(given.packs, policies);
      const packs = given.packs.toSorted((one, other) =>
        one.in_force_from < other.in_force_from ? -1 : 1,
      );
      return { rules: { packs, policies }, rulebook };
    } catch (error) {
      assert.ok(error instanceof RulesRefused);
    }
  }
  throw new Error('A cap of the shortest limit was refused.');
}

test(`in ${CASES} cases of random rules the interpreter and a walk from day to day agree`, () => {
  let ended = 0;
  let cut = 0;
  const property = fc.property(aCase, (given) => {
    const { rules, rulebook } = rulesOf(given);
    const ends = given.reliances.map(({ check_id, since_s, contract_s }) => {
      const since_ms = FIRST_DAY_MS + since_s * 1000;
      const contract_until_ms =
        contract_s === undefined ? undefined : FIRST_DAY_MS + contract_s * 1000;
      const walked = walkToEnd(rules, check_id, since_ms, contract_until_ms !== undefined);
      const expected =
        contract_until_ms === undefined
          ? walked
          : Math.min(contract_until_ms, walked ?? contract_until_ms);
      const found = findEndOfUse(rulebook, 'ov', check_id, { since_ms, contract_until_ms });
      // A check that no version has is not one that ages, nor one that a contract can be for.
      const isKnown = listIds(rules).includes(check_id);
      assert.equal(found, isKnown ? expected : undefined);
      ended += found === undefined ? 0 : 1;
      cut += found !== undefined && found % DAY_MS === 0 && since_ms % DAY_MS !== 0 ? 1 : 0;
      return found;
    });
    assertValidityEnd(rulebook, given, ends);
  });
  fc.assert(property, { numRuns: CASES, seed: SEED });
  // The comparison is worth something only where things end, also in the middle of their time.
  assert.ok(ended > CASES / 2 && cut > CASES / 20, `${ended} ended, ${cut} were cut off`);
});

function listIds({ packs: given, policies }: Rules): string[] {
  return [
    ...given.flatMap(({ types }) => types[0]?.checks.map(({ id }) => id) ?? []),
    ...policies.flatMap(({ extra_checks }) => extra_checks.map(({ check }) => check.id)),
  ];
}

/** A validation ends with the first of what it stands on. */
function assertValidityEnd(
  rulebook: Rulebook,
  { reliances, latest_s }: Case,
  ends: readonly (number | undefined)[],
): void {
  const relied_on = reliances.map(
    ({ check_id, since_s, contract_s }): ReliedOn => ({
      check_id,
      since: formatMoment(FIRST_DAY_MS + since_s * 1000),
      ...(contract_s !== undefined && {
        contract_until: formatMoment(FIRST_DAY_MS + contract_s * 1000),
      }),
    }),
  );
  const latest_ms =
    latest_s === undefined ? Number.POSITIVE_INFINITY : FIRST_DAY_MS + latest_s * 1000;
  const validation = {
    type: 'ov',
    date_created: formatMoment(FIRST_DAY_MS),
    latest_end: latest_s === undefined ? '' : formatMoment(latest_ms),
    relied_on: JSON.stringify(relied_on),
  } as const;
  const first = Math.min(latest_ms, ...ends.flatMap((end) => end ?? []));
  const { end, check_id } = findValidityEnd(rulebook, validation);
  assert.equal(end, Number.isFinite(first) ? formatMoment(first) : '9999-12-31T23:59:59+00:00');
  assert.equal(createValidityReader(rulebook)(validation), end);
  assert.equal(check_id !== undefined, first < latest_ms);
  if (check_id !== undefined) {
    const own = ends.filter((_, index) => reliances[index]?.check_id === check_id);
    assert.ok(own.includes(first));
  }
}

const WITHOUT_POLICY = createRulebook(SHIPPED_PACKS);
const SHIPPED = createShippedRulebook();

/** When a validation ends whose every check rests on what was obtained at a moment. */
function findEnd(rulebook: Rulebook, type: 'ov' | 'ev' | 'cs', since: string): string {
  const relied_on = JSON.stringify([{ check_id: 'assumed_name', since }]);
  const validation = { type, date_created: since, latest_end: '', relied_on };
  return findValidityEnd(rulebook, validation).end;
}

/** Obtained on a day, usable before another: by the texts alone, and with the cap that is shipped. */
const WORKED = [
  ['ov', '2025-01-01', '2026-03-15', '2026-02-24'],
  ['ov', '2025-02-10', '2026-03-15', '2026-03-14'],
  ['ov', '2025-06-01', '2026-07-04', '2026-07-03'],
  ['ov', '2026-03-15', '2027-04-17', '2027-04-16'],
  ['ov', '2025-02-11', '2026-03-16', '2026-03-15'],
  ['ov', '2025-01-22', '2026-03-15', '2026-02-24'],
  ['ov', '2025-01-24', '2026-03-15', '2026-02-25'],
  // Ended before either change, so that neither touches it.
  ['ov', '2023-06-01', '2025-09-03', '2025-09-03'],
  ['ov', '2024-02-29', '2026-03-15', '2026-02-24'],
  ['ov', '2028-02-29', '2029-04-02', '2029-04-01'],
  ['ov', '2027-01-27', '2028-02-29', '2028-02-28'],
  ['ev', '2024-02-29', '2025-04-02', '2025-04-02'],
  ['ev', '2025-06-01', '2026-07-04', '2026-07-03'],
  ['cs', '2024-02-29', '2026-06-03', '2026-02-24'],
  ['cs', '2025-01-01', '2027-04-06', '2026-02-24'],
] as const;

for (const [type, since, until, capped] of WORKED) {
  test(`${type} on evidence of ${since} ends on ${until}, and on ${capped} with the shipped cap`, () => {
    const start = `${since}T00:00:00+00:00`;
    assert.equal(findEnd(WITHOUT_POLICY, type, start), `${until}T00:00:00+00:00`);
    assert.equal(findEnd(SHIPPED, type, start), `${capped}T00:00:00+00:00`);
  });
}

test('the day of the change ends at its first second what was usable one second before', () => {
  const end = findEnd(WITHOUT_POLICY, 'ov', '2025-01-01T15:45:59+00:00');
  const isUsableAt = (moment: string) => moment < end;
  assert.ok(isUsableAt('2026-03-14T23:59:59+00:00'));
  assert.ok(!isUsableAt('2026-03-15T00:00:00+00:00'));
});

test('a limit counts from the second at which evidence was obtained', () => {
  const end = findEnd(WITHOUT_POLICY, 'ov', '2025-02-10T00:00:01+00:00');
  assert.equal(end, '2026-03-15T00:00:01+00:00');
  assert.equal(
    findEnd(WITHOUT_POLICY, 'ov', '2025-02-09T23:59:59+00:00'),
    '2026-03-15T00:00:00+00:00',
  );
});
