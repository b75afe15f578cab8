/** How long a completed validation serves, and what ends it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCheck, makePack, makePolicy, makeType } from '../../../test/rules.ts';
import { createRulebook } from './rulebook.ts';
import {
  createValidityReader,
  findReliedOnEnd,
  findValidityEnd,
  type ReliedOn,
} from './validity.ts';

const CREATED = '2026-01-01T08:00:00+00:00';

const { reuse: _, ...AGELESS } = makeCheck({ id: 'ageless' });
const RULEBOOK = createRulebook([
  makePack({
    types: [
      makeType({
        checks: [
          makeCheck({ id: 'long', reuse: [{ days: 100, section: 'T 9' }] }),
          makeCheck({ id: 'short', reuse: [{ days: 10, section: 'T 9' }] }),
          AGELESS,
        ],
      }),
    ],
  }),
]);

function validationOf(relied_on: readonly ReliedOn[], latest_end = '') {
  const text = relied_on.length === 0 ? '' : JSON.stringify(relied_on);
  return { type: 'ov' as const, date_created: CREATED, latest_end, relied_on: text };
}

const OLD_LONG: ReliedOn = { check_id: 'long', since: '2025-10-01T08:00:00+00:00' };
const NEW_SHORT: ReliedOn = { check_id: 'short', since: '2026-01-01T08:00:00+00:00' };

test('the check whose evidence is too old first ends the validation, and is named', () => {
  assert.deepEqual(findValidityEnd(RULEBOOK, validationOf([OLD_LONG, NEW_SHORT])), {
    end: '2026-01-09T08:00:00+00:00',
    check_id: 'long',
  });
  const younger = { ...OLD_LONG, since: '2025-12-01T08:00:00+00:00' };
  assert.deepEqual(findValidityEnd(RULEBOOK, validationOf([younger, NEW_SHORT])), {
    end: '2026-01-11T08:00:00+00:00',
    check_id: 'short',
  });
});

test('an end that was recorded holds where it is sooner, and nothing is named then', () => {
  const latest_end = '2026-01-05T00:00:00+00:00';
  assert.deepEqual(findValidityEnd(RULEBOOK, validationOf([NEW_SHORT], latest_end)), {
    end: latest_end,
  });
  const { check_id } = findValidityEnd(
    RULEBOOK,
    validationOf([NEW_SHORT], '2027-01-01T00:00:00+00:00'),
  );
  assert.equal(check_id, 'short');
});

test('what was recorded as a whole stands on every check since it was made', () => {
  assert.deepEqual(findValidityEnd(RULEBOOK, validationOf([])), {
    end: '2026-01-11T08:00:00+00:00',
    check_id: 'short',
  });
});

test('what stands only on what does not age never ends', () => {
  const { end, check_id } = findValidityEnd(
    RULEBOOK,
    validationOf([{ check_id: 'ageless', since: CREATED }]),
  );
  assert.equal(check_id, undefined);
  assert.ok(end > '9999');
});

test('a contract lets what it is for serve longer than the limit', () => {
  const contract_until = '2029-06-30T12:00:00+00:00';
  assert.equal(findReliedOnEnd(RULEBOOK, 'ov', { ...NEW_SHORT, contract_until }), contract_until);
});

test('a reader of many answers as one that works out each, also after it forgets', () => {
  const read = createValidityReader(RULEBOOK);
  const dayOf = (index: number) =>
    new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10);
  // More than it remembers, so that the first are asked for again after they were forgotten.
  for (let index = 0; index < 21_000; index += 1) {
    const since = `${dayOf(index % 10_500)}T00:00:00+00:00`;
    const validation = validationOf([{ check_id: 'short', since }]);
    const end = `${dayOf((index % 10_500) + 10)}T00:00:00+00:00`;
    assert.equal(read(validation), end);
  }
});

test('other rules give another end at once, without anything stored', () => {
  const capped = createRulebook(RULEBOOK.packs, [
    makePolicy({ caps: [{ types: ['ov'], days: 1, reason: 'A test.' }] }),
  ]);
  const validation = validationOf([NEW_SHORT]);
  assert.equal(findValidityEnd(RULEBOOK, validation).end, '2026-01-11T08:00:00+00:00');
  assert.equal(findValidityEnd(capped, validation).end, '2026-01-02T08:00:00+00:00');
});
