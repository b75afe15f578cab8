// Proves how far apart spellings are, and that the count is a distance.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countEdits } from './edit-distance.ts';

test('each letter changed, added, left out or swapped with its neighbour is one edit', () => {
  for (const [one, other, edits] of [
    ['', '', 0],
    ['abc', 'abc', 0],
    ['', 'abc', 3],
    ['minesota', 'minnesota', 1],
    ['californiaa', 'california', 1],
    ['texas', 'texos', 1],
    ['yrok', 'york', 1],
    ['kitten', 'sitting', 3],
    ['pensilvania', 'pennsylvania', 2],
    ['ca', 'abc', 3],
    ['𝔘a', 'a', 1],
  ] as const) {
    assert.equal(countEdits(one, other), edits, `${one} and ${other}`);
  }
});

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '中'), maxLength: 8 });

test('it is the same both ways, none only for equal texts, and never more than the longer has', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const edits = countEdits(one, other);
      assert.equal(edits, countEdits(other, one));
      assert.equal(edits === 0, one === other);
      assert.ok(edits >= Math.abs(one.length - other.length));
      assert.ok(edits <= Math.max(one.length, other.length));
    }),
  );
});

test('one edit of any kind counts as one', () => {
  fc.assert(
    fc.property(text, fc.nat(8), fc.constantFrom('a', 'x'), (one, place, letter) => {
      const at = Math.min(place, one.length);
      assert.equal(countEdits(one, one.slice(0, at) + letter + one.slice(at)), 1);
      const [first = '', second = ''] = one.slice(at, at + 2);
      if (first !== second && second !== '') {
        assert.equal(countEdits(one, one.slice(0, at) + second + first + one.slice(at + 2)), 1);
      }
    }),
  );
});
