/** Days on which rules change, and rules without the change of a day. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCheck, makePack, makePackOf, makePolicy } from '../../../test/rules.ts';
import { createRulebookWithout, listChangeDays } from './change-days.ts';
import { createRulebook, findEndOfUse, getEdition, type Rulebook } from './rulebook.ts';
import { createShippedRulebook } from './shipped.ts';

const section = 'T 9';
const CUT = [
  { days: 825, section },
  { days: 398, section, issued_from: '2026-03-15' },
];

const FIRST = makePackOf({ reuse: CUT });
const SECOND = makePackOf(
  { reuse: CUT, second_person: true },
  { version: '2', in_force_from: '2026-06-01' },
);
const POLICY = makePolicy({
  caps: [
    { types: ['ov'], days: 397, reason: 'A test.', issued_from: '2026-02-24' },
    { types: ['ov'], days: 390, reason: 'A test.' },
  ],
  extra_checks: [
    {
      types: ['ov'],
      check: makeCheck({
        id: 'extra',
        reuse: [
          { days: 390, section },
          { days: 9, section, issued_from: '2027-01-01' },
        ],
      }),
    },
  ],
});

const RULEBOOK = createRulebook([FIRST, SECOND], [POLICY]);

/** When what was obtained at the beginning of 2026 is too old. */
function endIn(rulebook: Rulebook, check_id: string): string {
  const since_ms = Date.parse('2026-01-01');
  const end_ms = findEndOfUse(rulebook, 'ov', check_id, { since_ms });
  return end_ms === undefined ? '' : new Date(end_ms).toISOString().slice(0, 10);
}

test('rules change where a period, a cap or a further version begins', () => {
  assert.deepEqual(listChangeDays(RULEBOOK), [
    '2026-02-24',
    '2026-03-15',
    '2026-06-01',
    '2027-01-01',
  ]);
  assert.deepEqual(listChangeDays(createRulebook([makePack()])), []);
  assert.deepEqual(listChangeDays(createShippedRulebook()), ['2026-02-24', '2026-03-15']);
});

test('without the periods of a day the ones before go on', () => {
  const plain = createRulebook([FIRST]);
  assert.equal(endIn(plain, 'identity'), '2027-02-03');
  assert.equal(endIn(createRulebookWithout(plain, '2026-03-15'), 'identity'), '2028-04-05');
  assert.equal(endIn(RULEBOOK, 'extra'), '2027-01-01');
  assert.equal(endIn(createRulebookWithout(RULEBOOK, '2027-01-01'), 'extra'), '2027-01-26');
});

test('without the caps of a day the others go on', () => {
  const capped = createRulebook([makePack()], [{ ...POLICY, caps: POLICY.caps.slice(0, 1) }]);
  assert.equal(endIn(capped, 'identity'), '2027-02-02');
  assert.equal(endIn(createRulebookWithout(capped, '2026-02-24'), 'identity'), '2028-03-11');
  const { policies } = createRulebookWithout(RULEBOOK, '2026-02-24');
  assert.deepEqual(policies[0]?.caps, POLICY.caps.slice(1));
});

test('without a version the one before goes on; the first is never left out', () => {
  const at = Date.parse('2026-07-01');
  assert.equal(getEdition(RULEBOOK, 'ov', at).pack.version, '2');
  const without = createRulebookWithout(RULEBOOK, '2026-06-01');
  assert.equal(getEdition(without, 'ov', at).pack.version, '1');
  const first = createRulebookWithout(RULEBOOK, FIRST.in_force_from);
  assert.equal(getEdition(first, 'ov', Date.parse('2026-01-01')).pack.version, '1');
});

test('a day on which nothing changes changes nothing', () => {
  const { packs, policies } = createRulebookWithout(RULEBOOK, '2025-01-01');
  assert.deepEqual([packs, policies], [RULEBOOK.packs, RULEBOOK.policies]);
});
