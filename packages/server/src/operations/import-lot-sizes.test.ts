/** Lots grow while nobody else writes, and are small for a while after somebody did. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LotSizes } from './import-lot-sizes.ts';

const take = (sizes: LotSizes, count: number) =>
  Array.from({ length: count }, () => sizes.takeNext());

test('the first lots are small, and each may be twice as large as the one before', () => {
  assert.deepEqual(take(new LotSizes(4000), 4), [1000, 2000, 4000, 4000]);
  assert.deepEqual(take(new LotSizes(3000), 4), [1000, 2000, 3000, 3000]);
  assert.deepEqual(take(new LotSizes(300), 2), [300, 300]);
});

test('where others are not told of, lots grow', () => {
  const sizes = new LotSizes(4000);
  for (const lines of [1000, 2000, 4000, 4000]) {
    sizes.noteVersion(undefined);
    assert.equal(sizes.takeNext(), lines);
  }
});

test('the version that is there at first says nothing of others', () => {
  const sizes = new LotSizes(4000);
  take(sizes, 2);
  sizes.noteVersion(7);
  sizes.noteVersion(7);
  assert.equal(sizes.takeNext(), 4000);
});

test('when somebody else has written lots are small, until nobody has for fifty of them', () => {
  const sizes = new LotSizes(25_000);
  sizes.noteVersion(1);
  take(sizes, 9);
  sizes.noteVersion(2);
  assert.deepEqual(new Set(take(sizes, 30)), new Set([1000]));
  sizes.noteVersion(3);
  assert.deepEqual(new Set(take(sizes, 51)), new Set([1000]));
  assert.deepEqual(take(sizes, 6), [2000, 4000, 8000, 16_000, 25_000, 25_000]);
});

test('no lot has more lines than it may have, and none has none', () => {
  const steps = fc.array(fc.option(fc.nat(3), { nil: undefined }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50_000 }), steps, (lines_max, versions) => {
      const sizes = new LotSizes(lines_max);
      for (const version of versions) {
        sizes.noteVersion(version);
        const lines = sizes.takeNext();
        assert.ok(lines >= 1 && lines <= lines_max);
      }
    }),
  );
});
