/** Ids listed in bodies: read, placed, and looked for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem } from '@orgvet/contract';
import fc from 'fast-check';
import { listUnknownIds, placeIds } from './placed-ids.ts';

test('ids are numbers with the first place where each stands', () => {
  const problems: Problem[] = [];
  const ids = placeIds('container_id_assignments', ['7', '9', '7', '09'], problems);
  assert.deepEqual(
    [...ids],
    [
      [7, 'container_id_assignments[0]'],
      [9, 'container_id_assignments[1]'],
    ],
  );
  assert.deepEqual(problems, []);
});

test('what is no id is a problem at its place, and what was one already is passed over', () => {
  const problems: Problem[] = [];
  const texts = ['x', undefined, '0', '-1', '1.5', '99999999999999999999', ' 1', '1'];
  assert.deepEqual([...placeIds('ids', texts, problems).keys()], [1]);
  assert.deepEqual(
    problems.map(({ message }) => message),
    [0, 2, 3, 4, 5, 6].map((index) => `ids[${index}] must be an id.`),
  );
  assert.ok(problems.every(({ code }) => code === 'invalid_ids'));
});

test('every id that is not known is told, and no other', () => {
  const someIds = fc.uniqueArray(fc.integer({ min: 1, max: 30 }));
  fc.assert(
    fc.property(someIds, someIds, (asked, known) => {
      const ids = placeIds('ids', asked.map(String), []);
      const unknown = listUnknownIds(ids, new Set(known), 'container');
      assert.deepEqual(
        unknown.map(({ message }) => message),
        asked.flatMap((id, index) =>
          known.includes(id) ? [] : [`ids[${index}] ${id} is no container of this account.`],
        ),
      );
    }),
  );
});
