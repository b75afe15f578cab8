/** How many requests a key may send, over HTTP, with a clock that stands between requests. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import type { RateLimit } from '../src/domain/rate-limit.ts';
import { parseServeSettings } from '../src/settings.ts';
import { type Answer, organizationBody, type SendOptions, startServer } from './harness.ts';

const REFUSAL =
  '{"errors":[{"code":"request_limit_exceeded",' +
  '"message":"Service unavailable, please limit request volume"}]}';

/** 100 requests in 5 seconds and 1,000 in 3 minutes. */
const DOCUMENTED = parseServeSettings([], {}).rate_limits;
const THREE_A_SECOND = [{ requests: 3, window_ms: 1000 }];

const documented = await start(DOCUMENTED);
const strict = await start(THREE_A_SECOND);

/** A demo server that limits test accounts too. */
async function start(rate_limits: readonly RateLimit[]) {
  const server = await startServer({ rate_limits, rate_limit_test_accounts: true });
  const { send, clock } = server;
  const pass = (time_ms: number) => clock.moveTo(new Date(clock.now_ms() + time_ms).toISOString());
  return {
    ...server,
    /** Lets time pass. */
    pass,
    /** So that what an earlier test has sent plays no part. */
    emptyWindows: () => pass(Math.max(...rate_limits.map(({ window_ms }) => window_ms))),
    ask: (options?: SendOptions) => send('GET', '/user/me', options),
    askTimes: (times: number, options?: SendOptions) =>
      askTimes(times, () => send('GET', '/user/me', options)),
  };
}

/** The statuses of the answers to several requests of one moment: how often each. */
async function askTimes(times: number, ask: () => Promise<Answer>) {
  const answers = await Promise.all(Array.from({ length: times }, ask));
  const byStatus = Map.groupBy(answers, ({ status }) => status);
  return Object.fromEntries([...byStatus].map(([status, { length }]) => [status, length]));
}

function assertRefused({ status, text, headers }: Answer, retry_after_s: number): void {
  assert.equal(status, 429);
  assert.equal(text, REFUSAL);
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(headers['retry-after'], String(retry_after_s));
}

test('a key may send 100 requests in five seconds, and goes on exactly when they are over', async () => {
  documented.emptyWindows();
  assert.deepEqual(await documented.askTimes(100), { 200: 100 });
  assertRefused(await documented.ask(), 5);
  documented.pass(4999);
  assertRefused(await documented.ask(), 1);
  documented.pass(1);
  assert.deepEqual(await documented.askTimes(101), { 200: 100, 429: 1 });
});

test('a key may send 1,000 requests in three minutes, however they are spread', async () => {
  documented.emptyWindows();
  for (let burst = 0; burst < 10; burst += 1) {
    assert.deepEqual(await documented.askTimes(100), { 200: 100 });
    documented.pass(5000);
  }
  assertRefused(await documented.ask(), 130);
  documented.pass(129_999);
  assertRefused(await documented.ask(), 1);
  documented.pass(1);
  // The first hundred have left, the second leave five seconds later.
  assert.deepEqual(await documented.askTimes(101), { 200: 100, 429: 1 });
  assertRefused(await documented.ask(), 5);
});

test('a request that was refused does not count', async () => {
  strict.emptyWindows();
  assert.deepEqual(await strict.askTimes(3), { 200: 3 });
  strict.pass(900);
  assert.deepEqual(await strict.askTimes(20), { 429: 20 });
  strict.pass(100);
  assert.deepEqual(await strict.askTimes(3), { 200: 3 });
});

test('a window rolls: it clears request by request', async () => {
  strict.emptyWindows();
  for (let sent = 0; sent < 3; sent += 1) {
    assert.equal((await strict.ask()).status, 200);
    strict.pass(300);
  }
  assertRefused(await strict.ask(), 1);
  strict.pass(100);
  assert.deepEqual(await strict.askTimes(2), { 200: 1, 429: 1 });
  strict.pass(300);
  assert.deepEqual(await strict.askTimes(2), { 200: 1, 429: 1 });
});

test('whoever waits as Retry-After says is answered, wherever in a second that was', async () => {
  const server = await start([{ requests: 1, window_ms: 3000 }]);
  assert.equal((await server.ask()).status, 200);
  for (const [passed_ms, retry_after_s] of [
    [0, 3],
    [1, 3],
    [999, 3],
    [1000, 2],
    [2000, 1],
    [2999, 1],
  ] as const) {
    server.pass(passed_ms);
    assertRefused(await server.ask(), retry_after_s);
    server.pass(retry_after_s * 1000);
    assert.equal((await server.ask()).status, 200);
  }
});

test('keys do not share their windows, not even keys of one account', async () => {
  strict.emptyWindows();
  assert.deepEqual(await strict.askTimes(4), { 200: 3, 429: 1 });
  for (const key of [strict.view_only, strict.other]) {
    assert.deepEqual(await strict.askTimes(4, { key }), { 200: 3, 429: 1 });
  }
});

test('all operations of a key share its windows, and refuse with the same bytes', async () => {
  strict.emptyWindows();
  assert.equal((await strict.send('GET', '/organization')).status, 200);
  const body = organizationBody({ name: 'Counted' });
  assert.equal((await strict.send('POST', '/organization', { body })).status, 201);
  assert.equal((await strict.send('GET', '/organization/999999')).status, 404);
  for (const [method, path] of [
    ['GET', '/organization'],
    ['GET', '/organization/999999'],
    ['POST', '/organization'],
    ['PUT', '/organization/112233'],
    ['DELETE', '/organization/112233'],
  ] as const) {
    assertRefused(await strict.send(method, path), 1);
  }
  const csv = { headers: { Accept: 'text/csv' } };
  assertRefused(await strict.send('GET', '/organization', csv), 1);
});

test('what a key is not permitted, and what is malformed, counts as well', async () => {
  strict.emptyWindows();
  const key = strict.view_only;
  const forbidden = await askTimes(2, () => strict.send('DELETE', '/organization/1', { key }));
  assert.deepEqual(forbidden, { 403: 2 });
  assert.equal((await strict.send('GET', '/organization/x', { key })).status, 400);
  assertRefused(await strict.ask({ key }), 1);
  assertRefused(await strict.send('DELETE', '/organization/1', { key }), 1);
});

test('a wrong key has no window, and is refused as ever', async () => {
  strict.emptyWindows();
  const wrong = { key: `${strict.administrator}x` };
  assert.deepEqual(await strict.askTimes(10, wrong), { 403: 10 });
  assert.deepEqual(await strict.askTimes(10, { key: null }), { 403: 10 });
  assert.deepEqual(await strict.askTimes(3), { 200: 3 });
});

test('a route that is none belongs to no key', async () => {
  strict.emptyWindows();
  const none = await askTimes(10, () => strict.send('GET', '/no/such/route'));
  assert.deepEqual(none, { 404: 10 });
  assert.deepEqual(await strict.askTimes(3), { 200: 3 });
});

test('a refusal does not wait for the body', { timeout: 20_000 }, async () => {
  strict.emptyWindows();
  assert.deepEqual(await strict.askTimes(3), { 200: 3 });
  const request = httpRequest(`${strict.origin}/services/v2/organization`, {
    method: 'POST',
    headers: { 'X-DC-DEVKEY': strict.administrator, 'Content-Length': 1000 },
  });
  request.flushHeaders();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  assert.equal(response.statusCode, 429);
  assert.equal(await text(response), REFUSAL);
  request.destroy();
});

test('every one of several windows holds', async () => {
  const server = await start([
    { requests: 9, window_ms: 60_000 },
    { requests: 2, window_ms: 1000 },
    { requests: 5, window_ms: 10_000 },
  ]);
  assert.deepEqual(await server.askTimes(3), { 200: 2, 429: 1 });
  server.pass(1000);
  assert.deepEqual(await server.askTimes(3), { 200: 2, 429: 1 });
  server.pass(1000);
  assert.deepEqual(await server.askTimes(3), { 200: 1, 429: 2 });
  assertRefused(await server.ask(), 8);
  server.pass(8000);
  assert.deepEqual(await server.askTimes(3), { 200: 2, 429: 1 });
  server.pass(1000);
  assert.deepEqual(await server.askTimes(3), { 200: 2, 429: 1 });
  assertRefused(await server.ask(), 49);
});

test('test accounts are not limited unless the operator says so', async () => {
  const demo = await startServer({ rate_limits: THREE_A_SECOND });
  const ask = () => demo.send('GET', '/user/me');
  assert.deepEqual(await askTimes(20, ask), { 200: 20 });
});

test('live accounts are limited, but not where limits are off', async () => {
  for (const [rate_limits, statuses] of [
    [THREE_A_SECOND, { 200: 3, 429: 17 }],
    [parseServeSettings(['--rate-limits', 'off'], {}).rate_limits, { 200: 20 }],
  ] as const) {
    const live = await startServer({ seed: 'none', rate_limits });
    const ask = () => live.send('GET', '/user/me');
    assert.deepEqual(await askTimes(20, ask), statuses);
  }
});
