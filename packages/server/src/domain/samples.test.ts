/** Samples: their size by the rules, and that a seed alone decides who is drawn. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VALIDATION_TYPE_NAMES } from '@orgvet/contract';
import fc from 'fast-check';
import { SHIPPED_PACKS } from './rules/shipped.ts';
import {
  checkSampleRequest,
  type Draw,
  drawSample,
  parseQuarter,
  shareOf,
  sizeOfSample,
} from './samples.ts';

const NOW_MS = Date.parse('2026-11-21T12:00:00Z');

const draws = fc.record<Draw>({
  seed: fc.string({ minLength: 1, maxLength: 64, unit: 'grapheme' }),
  quarter: fc.constantFrom('2025-Q4', '2026-Q1', '2026-Q2'),
  type: fc.constantFrom(...VALIDATION_TYPE_NAMES),
});
const ids = fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 60 });
const shares = fc.record({
  percent: fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
  minimum: fc.integer({ min: 1, max: 40 }),
  section: fc.constant('BR 8.7'),
});
const populations = fc.integer({ min: 0, max: 100_000 });

test('a quarter is the three months of its name, by UTC', () => {
  const times = (name: string) => {
    const { from_ms = 0, until_ms = 0 } = parseQuarter(name) ?? {};
    return [from_ms, until_ms].map((ms) => new Date(ms).toISOString());
  };
  assert.deepEqual(times('2026-Q3'), ['2026-07-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z']);
  assert.deepEqual(times('2026-Q4'), ['2026-10-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z']);
  for (const name of ['2026-Q0', '2026-Q5', '2026-3', '0026-Q1', '2026-q1', ' 2026-Q1', '']) {
    assert.equal(parseQuarter(name), undefined, name);
  }
});

test('quarters of a year follow one another without a gap', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 9998 }), (year) => {
      const names = [1, 2, 3, 4].map((place) => `${year}-Q${place}`).concat(`${year + 1}-Q1`);
      const quarters = names.map((name) => parseQuarter(name));
      for (const [index, quarter] of quarters.slice(1).entries()) {
        assert.equal(quarter?.from_ms, quarters[index]?.until_ms);
      }
    }),
  );
});

test('only a quarter that has ended is drawn from', () => {
  const codes = (quarter: unknown, now_ms = NOW_MS) =>
    checkSampleRequest({ quarter }, now_ms).problems.map(({ code }) => code);
  assert.deepEqual(codes('2026-Q3'), []);
  assert.deepEqual(codes('2026-Q4'), ['invalid_quarter']);
  const end_ms = Date.parse('2027-01-01T00:00:00Z');
  assert.deepEqual(codes('2026-Q4', end_ms - 1), ['invalid_quarter']);
  assert.deepEqual(codes('2026-Q4', end_ms), []);
  assert.deepEqual(codes('soon'), ['invalid_quarter']);
  assert.deepEqual(codes(undefined), ['missing_quarter']);
  assert.deepEqual(codes(3), ['invalid_quarter']);
});

test('the share is at least what the rules want, and nothing is drawn twice', () => {
  fc.assert(
    fc.property(populations, shares, (population, share) => {
      const size = sizeOfSample(population, share);
      assert.ok(size <= population);
      // Tenths of a percent, counted in whole numbers.
      const wanted = Math.ceil((population * Math.round(share.percent * 10)) / 1000);
      assert.equal(size, Math.min(population, Math.max(wanted, share.minimum)));
    }),
  );
});

test('three percent of a hundred are three, and of a hundred and one they are four', () => {
  const share = { percent: 3, minimum: 1, section: 'BR 8.7' };
  const sizes = [0, 1, 33, 34, 100, 101].map((population) => sizeOfSample(population, share));
  assert.deepEqual(sizes, [0, 1, 1, 2, 3, 4]);
});

test('the packs want a larger share where others did the work, or at least so many', () => {
  const rulesOf = (type: string) =>
    SHIPPED_PACKS.flatMap(({ types }) => types).find((rules) => rules.type === type);
  const [ev, smime, ov] = ['ev', 'smime', 'ov'].map(rulesOf);
  assert.ok(ev && smime && ov);
  assert.deepEqual(
    [shareOf(ev, false), shareOf(ev, true)].map(({ percent }) => percent),
    [ev.sample_percent, ev.sample_percent_delegated],
  );
  assert.ok(shareOf(ev, true).percent > shareOf(ev, false).percent);
  assert.deepEqual(shareOf(ov, true), shareOf(ov, false));
  assert.equal(shareOf(smime, false).minimum, smime.sample_minimum);
  assert.equal(shareOf(ov, false).minimum, 1);
});

test('a sample has its size, of what there is, each once', () => {
  fc.assert(
    fc.property(draws, ids, fc.nat({ max: 80 }), (draw, population, size) => {
      const drawn = drawSample(draw, population, size);
      assert.equal(drawn.length, Math.min(size, population.length));
      assert.equal(new Set(drawn).size, drawn.length);
      assert.ok(drawn.every((id) => population.includes(id)));
    }),
  );
});

test('the order in which completions come makes no difference', () => {
  const shuffled = ids.chain((population) =>
    fc.tuple(
      fc.constant(population),
      fc.shuffledSubarray(population, { minLength: population.length }),
    ),
  );
  fc.assert(
    fc.property(draws, shuffled, fc.nat({ max: 80 }), (draw, [population, other], size) => {
      assert.deepEqual(drawSample(draw, population, size), drawSample(draw, other, size));
    }),
  );
});

test('a larger sample begins with the smaller one', () => {
  fc.assert(
    fc.property(draws, ids, fc.nat({ max: 60 }), (draw, population, size) => {
      const larger = drawSample(draw, population, size + 1);
      assert.deepEqual(larger.slice(0, size), drawSample(draw, population, size));
    }),
  );
});

test('every completion is drawn about as often as any other, over many seeds', () => {
  const population = Array.from({ length: 20 }, (_, index) => index + 1);
  const seeds = 4000;
  const times = new Map(population.map((id) => [id, 0]));
  for (let seed = 0; seed < seeds; seed += 1) {
    const draw: Draw = { seed: String(seed), quarter: '2026-Q3', type: 'ev' };
    for (const id of drawSample(draw, population, 5)) {
      times.set(id, (times.get(id) ?? 0) + 1);
    }
  }
  // A quarter of the seeds; five deviations of chance on both sides.
  const deviation = Math.sqrt(seeds * 0.25 * 0.75);
  for (const [id, drawn] of times) {
    assert.ok(Math.abs(drawn - seeds / 4) < 5 * deviation, `${id} was drawn ${drawn} times`);
  }
});

test('another seed, quarter or type draws by itself', () => {
  const population = Array.from({ length: 100 }, (_, index) => index + 1);
  const draw: Draw = { seed: 'seed', quarter: '2026-Q3', type: 'ev' };
  const others: Draw[] = [
    { ...draw, seed: 'Seed' },
    { ...draw, quarter: '2026-Q2' },
    { ...draw, type: 'ov' },
  ];
  const first = drawSample(draw, population, 50);
  for (const other of others) {
    assert.notDeepEqual(drawSample(other, population, 50), first);
  }
});

test('a sample can be drawn again with any tool that knows SHA-256', () => {
  // `printf '["seed","2026-Q3","ev",1]' | sha256sum` begins with d2; the others with 89, 25 and 29.
  const draw: Draw = { seed: 'seed', quarter: '2026-Q3', type: 'ev' };
  assert.deepEqual(drawSample(draw, [1, 2, 3, 4], 4), [3, 4, 2, 1]);
});
