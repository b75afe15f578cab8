/** Lengths of time as ISO 8601 writes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDuration } from './duration.ts';

test('each unit has its length, and they add up', () => {
  const lengths = { P1W: 604_800, P1D: 86_400, PT1H: 3600, PT1M: 60, PT1S: 1, P1DT1S: 86_401 };
  for (const [text, seconds] of Object.entries(lengths)) {
    assert.equal(parseDuration(text), seconds * 1000, text);
  }
  assert.equal(parseDuration('PT0S'), 0);
});

test('whatever is written in order is read as the sum of its parts', () => {
  const count = fc.integer({ min: 0, max: 999_999 });
  fc.assert(
    fc.property(count, count, count, count, count, (weeks, days, hours, minutes, seconds) => {
      const text = `P${weeks}W${days}DT${hours}H${minutes}M${seconds}S`;
      const sum = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
      assert.equal(parseDuration(text), sum * 1000);
    }),
  );
});

for (const text of [
  ...['', 'P', 'PT', 'P1DT', '1D', 'D1', 'p1d', ' P1D', 'P1D\n'],
  ...['P1M', 'P1Y', 'P-1D', '-P1D', 'P1.5D', 'PT1.5S', 'P1S', 'PT1D', 'P1D1W', 'PT1S1M', 'P1DP1D'],
  ...['P1000000D', 'PT100000000000S'],
]) {
  test(`${JSON.stringify(text)} is no length of time`, () => {
    assert.equal(parseDuration(text), undefined);
  });
}
