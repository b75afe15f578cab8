/**
 * Proves what is tried again and how often: conflicts up to a bound, the loss of the database once and
 * only for what changes nothing, and nothing else. No test waits: the waits are written down instead.
 */
import assert from 'node:assert/strict';
import { syncBuiltinESMExports } from 'node:module';
import { after, mock, test } from 'node:test';
import timers from 'node:timers/promises';
import fc from 'fast-check';
import { type Failure, tryAgain } from './transient.ts';

const waits_ms: number[] = [];
mock.method(timers, 'setTimeout', async (wait_ms: number) => {
  waits_ms.push(wait_ms);
});
const random = mock.method(Math, 'random', () => 0.5);
// So that who has imported it by name has this one.
syncBuiltinESMExports();

after(() => {
  mock.restoreAll();
  syncBuiltinESMExports();
});

/** More than anybody would call bounded. */
const FAR_TOO_OFTEN = 1000;

/** The longest that a caller may be kept waiting between two attempts. */
const WAIT_MAX_MS = 500;

type Outcome = Failure | 'success';

class Failed extends Error {
  readonly failure: Failure;
  readonly attempt: number;

  constructor(failure: Failure, attempt: number) {
    super(`${failure} at attempt ${attempt}`);
    this.failure = failure;
    this.attempt = attempt;
  }
}

const judge = (error: unknown): Failure => {
  assert.ok(error instanceof Failed);
  return error.failure;
};

/** Runs work whose attempts come out as told, the last outcome again and again. */
async function run(outcomes: readonly Outcome[], isRepeatable: boolean) {
  waits_ms.length = 0;
  let attempts = 0;
  const work = async () => {
    attempts += 1;
    assert.ok(attempts < FAR_TOO_OFTEN, 'it is tried again without end');
    const outcome = outcomes[attempts - 1] ?? outcomes.at(-1) ?? 'success';
    if (outcome !== 'success') {
      throw new Failed(outcome, attempts);
    }
    return `done at attempt ${attempts}`;
  };
  try {
    return { result: await tryAgain(work, judge, isRepeatable), attempts, waits: [...waits_ms] };
  } catch (error) {
    return { error, attempts, waits: [...waits_ms] };
  }
}

/** How often work that always conflicts is tried. */
const ATTEMPTS_MAX = (await run(['conflict'], false)).attempts;

test('work that succeeds is done once, without a wait', async () => {
  for (const isRepeatable of [true, false]) {
    const { result, attempts, waits } = await run(['success'], isRepeatable);
    assert.deepEqual([result, attempts, waits], ['done at attempt 1', 1, []]);
  }
});

test('work that conflicts is done again until it succeeds', async () => {
  for (const conflicts of [1, 2, 5, ATTEMPTS_MAX - 1]) {
    const outcomes: Outcome[] = [...Array<Outcome>(conflicts).fill('conflict'), 'success'];
    const { result, attempts, waits } = await run(outcomes, false);
    assert.equal(result, `done at attempt ${conflicts + 1}`);
    assert.equal(attempts, conflicts + 1);
    assert.equal(waits.length, conflicts);
  }
});

test('work that goes on conflicting is given up with its last failure', async () => {
  for (const isRepeatable of [true, false]) {
    const { error, attempts } = await run(['conflict'], isRepeatable);
    assert.ok(error instanceof Failed);
    assert.equal(error.attempt, attempts);
    assert.equal(attempts, ATTEMPTS_MAX);
  }
  assert.ok(ATTEMPTS_MAX >= 10 && ATTEMPTS_MAX <= 100, String(ATTEMPTS_MAX));
});

test('a final failure is thrown as it is, at once or after conflicts', async () => {
  for (const outcomes of [['final'], ['conflict', 'conflict', 'final']] as const) {
    for (const isRepeatable of [true, false]) {
      const { error, attempts } = await run(outcomes, isRepeatable);
      assert.ok(error instanceof Failed);
      assert.equal(error.message, `final at attempt ${outcomes.length}`);
      assert.equal(attempts, outcomes.length);
    }
  }
});

test('work that changes nothing is done once more when the database was lost, and only once', async () => {
  assert.equal((await run(['lost', 'success'], true)).result, 'done at attempt 2');
  const twice = await run(['lost', 'lost', 'success'], true);
  assert.equal(String(twice.error), 'Error: lost at attempt 2');
  const later = await run(['lost', 'conflict', 'conflict', 'lost', 'success'], true);
  assert.equal(String(later.error), 'Error: lost at attempt 4');
  const between = await run(['conflict', 'lost', 'conflict', 'success'], true);
  assert.equal(between.result, 'done at attempt 4');
});

test('work that may have changed something is not done again when the database was lost', async () => {
  assert.equal((await run(['lost', 'success'], false)).attempts, 1);
  const later = await run(['conflict', 'lost', 'success'], false);
  assert.equal(String(later.error), 'Error: lost at attempt 2');
});

test('whatever comes of the attempts, it goes on and ends as the rules say', async () => {
  const outcome = fc.oneof(
    { weight: 6, arbitrary: fc.constant<Outcome>('conflict') },
    fc.constantFrom<Outcome>('lost', 'final', 'success'),
  );
  const some = fc.array(outcome, { minLength: 1, maxLength: 2 * ATTEMPTS_MAX });
  await fc.assert(
    fc.asyncProperty(some, fc.boolean(), async (outcomes, isRepeatable) => {
      const padded = [...outcomes, ...Array<Outcome>(ATTEMPTS_MAX).fill(outcomes.at(-1) ?? 'lost')];
      const firstLost = padded.indexOf('lost');
      const end = padded.findIndex(
        (one, index) =>
          one === 'success' ||
          one === 'final' ||
          (one === 'lost' && !(isRepeatable && index === firstLost)),
      );
      const expected = Math.min(end === -1 ? ATTEMPTS_MAX : end + 1, ATTEMPTS_MAX);
      const { result, error, attempts, waits } = await run(outcomes, isRepeatable);
      assert.equal(attempts, expected);
      assert.equal(waits.length, expected - 1);
      const last = padded[expected - 1];
      assert.equal(
        result ?? String(error),
        {
          success: `done at attempt ${expected}`,
          conflict: `Error: conflict at attempt ${expected}`,
          lost: `Error: lost at attempt ${expected}`,
          final: `Error: final at attempt ${expected}`,
        }[last ?? 'final'],
      );
    }),
  );
});

test('waits are of random length, at first short and never long', async () => {
  const waitsBy = async (share: number) => {
    random.mock.mockImplementation(() => share);
    return (await run(['conflict'], false)).waits;
  };
  assert.deepEqual([...new Set(await waitsBy(0))], [0]);
  const longest = await waitsBy(1 - Number.EPSILON);
  const half = await waitsBy(0.5);
  assert.equal(longest.length, ATTEMPTS_MAX - 1);
  assert.ok((longest[0] ?? WAIT_MAX_MS) < 10, `the first wait takes ${longest[0]} ms`);
  for (const [index, wait_ms] of longest.entries()) {
    assert.ok(wait_ms >= 0 && wait_ms <= WAIT_MAX_MS, `${wait_ms} ms`);
    assert.ok(wait_ms >= (longest[index - 1] ?? 0), 'a later wait is shorter');
    assert.ok(Math.abs((half[index] ?? 0) - wait_ms / 2) < 0.001, 'chance decides the length');
  }
});

test('work that throws before it promises anything is judged all the same', async () => {
  let attempts = 0;
  const work = () => {
    attempts += 1;
    if (attempts === 1) {
      throw new Failed('conflict', attempts);
    }
    return Promise.resolve('done');
  };
  assert.equal(await tryAgain(work, judge, false), 'done');
  assert.equal(attempts, 2);
});
