/** Shared reads: nobody is answered with what was read before they asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SharedReads } from './shared-reads.ts';

/** Reads that end when the test says so; each answers with its number. */
function holdReads() {
  const ends: ((result: number | Error) => void)[] = [];
  const read = () =>
    new Promise<number>((resolve, reject) => {
      ends.push((result) => (result instanceof Error ? reject(result) : resolve(result)));
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { ends, read, settle };
}

test('whoever asks while a read is under way shares the one that begins after', async () => {
  const shared = new SharedReads<number>();
  const { ends, read, settle } = holdReads();
  const first = shared.read('key', read);
  const second = shared.read('key', read);
  const third = shared.read('key', read);
  assert.equal(ends.length, 1);
  ends[0]?.(1);
  assert.equal(await first, 1);
  await settle();
  assert.equal(ends.length, 2);
  const fourth = shared.read('key', read);
  ends[1]?.(2);
  assert.deepEqual([await second, await third], [2, 2]);
  await settle();
  ends[2]?.(3);
  assert.equal(await fourth, 3);
  const fifth = shared.read('key', read);
  ends[3]?.(4);
  assert.equal(await fifth, 4);
  assert.equal(ends.length, 4);
});

test('what is for something else is not waited for', async () => {
  const shared = new SharedReads<number>();
  const { ends, read } = holdReads();
  const one = shared.read('one', read);
  const other = shared.read('other', read);
  ends[1]?.(2);
  assert.equal(await other, 2);
  ends[0]?.(1);
  assert.equal(await one, 1);
});

test('a failure is only theirs who shared the read', async () => {
  const shared = new SharedReads<number>();
  const { ends, read, settle } = holdReads();
  const first = shared.read('key', read);
  const second = shared.read('key', read);
  ends[0]?.(new Error('lost'));
  await assert.rejects(first, /lost/);
  await settle();
  ends[1]?.(2);
  assert.equal(await second, 2);
});
