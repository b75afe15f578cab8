/** Work in rounds: soon again while there is more, later when there is none, and at rest when stopped. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startRounds } from '../src/background/rounds.ts';

/** Longer than any test: what comes after it never comes. */
const NEVER_MS = 600_000;

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await wait(1);
  }
}

test('while there is more to do the next round comes soon, and after the last one it does not', async () => {
  let rounds = 0;
  const work = startRounds({
    work: async () => {
      rounds += 1;
      return rounds < 3;
    },
    idle_wait_ms: NEVER_MS,
    report: assert.ifError,
  });
  await until(() => rounds === 3);
  await work.stop();
  assert.equal(rounds, 3);
});

test('a round that fails is told of, and the next one comes', async () => {
  const reports: unknown[] = [];
  const work = startRounds({
    work: () => Promise.reject(new Error(`Failure ${reports.length}.`)),
    idle_wait_ms: 1,
    report: (error) => reports.push(error),
  });
  await until(() => reports.length >= 2);
  await work.stop();
  assert.match(String(reports[1]), /Failure 1/);
});

test('a stop waits for the round that is under way, and no other begins', async () => {
  const round = Promise.withResolvers<boolean>();
  let rounds = 0;
  let isStopped = false;
  const work = startRounds({
    work: () => {
      rounds += 1;
      return round.promise;
    },
    idle_wait_ms: 1,
    report: assert.ifError,
  });
  await until(() => rounds === 1);
  const stopped = work.stop().then(() => {
    isStopped = true;
  });
  await wait(0);
  assert.equal(isStopped, false);
  round.resolve(true);
  await stopped;
  assert.equal(rounds, 1);
});
