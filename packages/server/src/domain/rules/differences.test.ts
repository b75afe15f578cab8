/** Differences of packs: each kind with its effect, and what can never be mistaken for another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EvidenceKind, ReusePeriod, RuleCheck, RulePack } from '@orgvet/contract';
import fc from 'fast-check';
import { makeCheck, makePack, makePackOf, makeType } from '../../../test/rules.ts';
import { listDifferences, type RuleDifference } from './differences.ts';
import { SHIPPED_PACKS } from './shipped.ts';

/** What each difference is about, and its effect. */
function tell(differences: readonly RuleDifference[]): string[] {
  return differences.map(({ aspect, effect }) => `${aspect} ${effect}`);
}

function compareChecks(before: Partial<RuleCheck>, after: Partial<RuleCheck>): RuleDifference[] {
  return listDifferences(makePackOf(before), makePackOf(after));
}

test('a pack has no differences from itself', () => {
  for (const pack of SHIPPED_PACKS) {
    assert.deepEqual(listDifferences(pack, structuredClone(pack)), []);
  }
});

test('what is true of one direction is turned round in the other', () => {
  const YOUNG = [{ fact: 'years_since_formation' as const, below: 3 }];
  const evidence = (all_of: EvidenceKind[][], never: EvidenceKind[] = []) => ({
    evidence: { any_of: all_of.map((kinds) => ({ all_of: kinds })), never },
  });
  for (const [looser, tighter, aspect] of [
    [{ second_person: false }, { second_person: true }, 'second_person'],
    [{}, { is_final: true }, 'order'],
    [{ contract_sets_term: true }, {}, 'contract'],
    [{ touched_by: ['name'] }, { touched_by: ['name', 'city'] }, 'touched_by'],
    [{ applies_when: YOUNG }, {}, 'conditions'],
    [{ applies_when: YOUNG }, { applies_when: [{ ...YOUNG[0], below: 5 }] }, 'conditions'],
    [{ reuse: [{ days: 9, section: 'T' }] }, { reuse: [{ days: 8, section: 'T' }] }, 'reuse'],
    [evidence([['qgis'], ['qiis']]), evidence([['qgis']]), 'evidence'],
    [evidence([['qgis']]), evidence([['qgis', 'qiis']]), 'evidence'],
    [evidence([['qgis']]), evidence([['qgis']], ['other']), 'never'],
  ] as [Partial<RuleCheck>, Partial<RuleCheck>, string][]) {
    assert.deepEqual(tell(compareChecks(looser, tighter)), [`${aspect} tighter`]);
    assert.deepEqual(tell(compareChecks(tighter, looser)), [`${aspect} looser`]);
  }
});

test('a limit is compared day of issue by day of issue', () => {
  const before: ReusePeriod[] = [
    { days: 825, section: 'T 9' },
    { days: 398, issued_from: '2026-03-15', section: 'T 10' },
  ];
  const after: ReusePeriod[] = [
    { days: 825, section: 'T 9' },
    { days: 300, issued_from: '2026-01-01', section: 'T 9' },
    { days: 300, issued_from: '2026-06-01', section: 'T 9' },
    { days: 500, issued_from: '2027-01-01', section: 'T 9' },
  ];
  const changes = compareChecks({ reuse: before }, { reuse: after });
  assert.deepEqual(
    changes.map(({ effect, section, change }) => [effect, section, change]),
    [
      ['tighter', 'T 9', 'The limit for issue from 2026-01-01 on was 825 days and is 300 days.'],
      ['tighter', 'T 10', 'The limit for issue from 2026-03-15 on was 398 days and is 300 days.'],
      ['looser', 'T 10', 'The limit for issue from 2027-01-01 on was 398 days and is 500 days.'],
    ],
  );
});

test('what does not age any more asks for less, and what did not age before for more', () => {
  const { reuse: _, ...ageless } = makeCheck();
  const packOf = (check: RuleCheck) => makePack({ types: [makeType({ checks: [check] })] });
  const limited = packOf(makeCheck());
  assert.deepEqual(tell(listDifferences(limited, packOf(ageless))), ['reuse looser']);
  assert.deepEqual(tell(listDifferences(packOf(ageless), limited)), ['reuse tighter']);
});

test('evidence that was not asked for is more, and evidence that is not any more is less', () => {
  const { evidence: _, ...free } = makeCheck();
  const without = makePack({ types: [makeType({ checks: [free] })] });
  assert.deepEqual(tell(listDifferences(without, makePack())), ['evidence tighter']);
  assert.deepEqual(tell(listDifferences(makePack(), without)), ['evidence looser']);
});

test('a way that is open to more organizations asks for less', () => {
  const wayOf = (applies_when?: RuleCheck['applies_when']) => ({
    evidence: {
      any_of: [{ all_of: ['qgis' as const], ...(applies_when !== undefined && { applies_when }) }],
      never: [],
    },
  });
  const limited = wayOf([{ fact: 'entity_class', is: ['government_entity'] }]);
  // The limited way is gone because a wider one is there: nothing is lost.
  assert.deepEqual(tell(compareChecks(limited, wayOf())), ['evidence looser']);
  assert.deepEqual(tell(compareChecks(wayOf(), limited)), ['evidence tighter']);
});

test('conditions that are others, neither wider nor narrower, count as asking for less', () => {
  const one = { applies_when: [{ fact: 'has_lei' as const, is: [true] }] };
  const other = { applies_when: [{ fact: 'has_assumed_name' as const, is: [true] }] };
  assert.deepEqual(tell(compareChecks(one, other)), ['conditions looser']);
});

test('checks and types that come ask for more, and those that go for less', () => {
  const more = makePack({
    types: [
      makeType({ checks: [makeCheck(), makeCheck({ id: 'address' })] }),
      makeType({ type: 'ev' }),
    ],
  });
  assert.deepEqual(tell(listDifferences(makePack(), more)), ['check tighter', 'type tighter']);
  const less = listDifferences(more, makePack());
  assert.deepEqual(tell(less), ['check looser', 'type looser']);
  assert.deepEqual([less[0]?.check_id, less[0]?.section, less[1]?.type], ['address', 'T 1', 'ev']);
});

test('smaller samples ask for less; without a share of their own the delegated have the general one', () => {
  const packOf = (changes: Parameters<typeof makeType>[0]) =>
    makePack({ types: [makeType(changes)] });
  const delegated = packOf({ sample_percent_delegated: 6 });
  assert.deepEqual(tell(listDifferences(packOf({}), delegated)), ['sample tighter']);
  assert.deepEqual(tell(listDifferences(delegated, packOf({}))), ['sample looser']);
  const both = listDifferences(packOf({}), packOf({ sample_percent: 2, sample_minimum: 30 }));
  assert.deepEqual(tell(both), ['sample looser', 'sample looser', 'sample tighter']);
  assert.ok(both.every(({ section }) => section === 'T 8'));
});

test('other words, another section and another next actor are told and not judged', () => {
  const changes = compareChecks(
    {},
    { title: 'Name', statement: 'Other.', section: 'T 2', next_actor: 'applicant' },
  );
  assert.deepEqual(tell(changes), [
    'section other',
    'next_actor other',
    'wording other',
    'wording other',
  ]);
  assert.ok(changes.every(({ section }) => section === 'T 1'));
});

/** Ways to ask for more of a check; each leaves alone what it cannot tighten. */
const TIGHTENINGS: readonly ((check: RuleCheck, amount: number) => RuleCheck)[] = [
  (check) => ({ ...check, second_person: true }),
  (check, amount) => ({
    ...check,
    reuse: (check.reuse ?? [{ days: 900, section: 'T 9' }]).map((period) => ({
      ...period,
      days: Math.max(1, period.days - amount),
    })),
  }),
  ({ evidence, ...check }, amount) => ({
    ...check,
    ...(evidence !== undefined && {
      evidence: { ...evidence, any_of: evidence.any_of.slice(amount % evidence.any_of.length) },
    }),
  }),
  ({ evidence, ...check }) => ({
    ...check,
    ...(evidence !== undefined && {
      evidence: {
        any_of: evidence.any_of.map(({ all_of, ...way }) => ({
          ...way,
          all_of: [...new Set([...all_of, 'subscriber_agreement' as const])],
        })),
        never: [...new Set([...evidence.never, 'other' as const])],
      },
    }),
  }),
  ({ evidence, ...check }) => ({
    ...check,
    ...(evidence !== undefined && {
      evidence: {
        ...evidence,
        any_of: evidence.any_of.map((way) => ({
          ...way,
          applies_when: [...(way.applies_when ?? []), { fact: 'has_lei' as const, is: [true] }],
        })),
      },
    }),
  }),
  ({ applies_when: _, ...check }) => check,
  ({ contract_sets_term: _, ...check }) => check,
  (check) => ({ ...check, touched_by: [...new Set([...check.touched_by, 'telephone' as const])] }),
  (check) => ({ ...check, statement: `${check.statement} And more.` }),
];

function changeCheck(pack: RulePack, place: number, change: (check: RuleCheck) => RuleCheck) {
  const all = pack.types.flatMap(({ type, checks }) => checks.map(({ id }) => `${type} ${id}`));
  const chosen = all[place % all.length];
  return {
    ...pack,
    types: pack.types.map((rules) => ({
      ...rules,
      checks: rules.checks.map((check) =>
        `${rules.type} ${check.id}` === chosen ? change(check) : check,
      ),
    })),
  };
}

test('whatever is tightened in a shipped pack, nothing of it is told as looser', () => {
  const step = fc.record({
    way: fc.constantFrom(...TIGHTENINGS),
    place: fc.nat(60),
    amount: fc.integer({ min: 1, max: 300 }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...SHIPPED_PACKS),
      fc.array(step, { minLength: 1, maxLength: 6 }),
      (pack, steps) => {
        const tightened = steps.reduce(
          (so_far, { way, place, amount }) =>
            changeCheck(so_far, place, (check) => way(check, amount)),
          pack,
        );
        const differences = listDifferences(pack, tightened);
        assert.deepEqual(
          differences.filter(({ effect }) => effect === 'looser'),
          [],
        );
        // The way back asks for less in as many places.
        const back = listDifferences(tightened, pack);
        const count = (list: readonly RuleDifference[], effect: string) =>
          new Set(
            list
              .filter((one) => one.effect === effect)
              .map((one) => `${one.check_id} ${one.aspect}`),
          );
        assert.deepEqual(count(back, 'looser'), count(differences, 'tighter'));
      },
    ),
    { numRuns: 300 },
  );
});
