/** When keys were last used: told at once, kept over a restart, and never worth a write per request. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { ApiKey } from '@orgvet/contract';
import { startKeyUsage } from '../src/background/key-usage.ts';
import type { Environment } from '../src/operations/context.ts';
import { createUsage, flushUsage } from '../src/operations/key-usage.ts';
import { findApiKey } from '../src/store/api-keys.ts';
import { StoreUnavailable } from '../src/store/database.ts';
import { dropDatabase, makeDatabase } from './databases.ts';
import { startServer, type TestServer } from './harness.ts';
import { createHolder, createKey, createUser } from './people.ts';

const server = await startServer();

const readShown = async ({ send }: TestServer, id: number) =>
  (await send('GET', `/key/${id}`)).json<ApiKey>().last_used_date;

const readStored = async ({ app }: TestServer, id: number) =>
  (await findApiKey(app.environment.store.reader, 1, id))?.last_used_date;

test('a use is told at once, the latest of several, and stored when uses are brought in', async () => {
  const { id, api_key: key } = await createKey(server, await createUser(server));
  assert.equal(await readShown(server, id), undefined);
  for (const minute of ['01', '02']) {
    server.clock.moveTo(`2026-11-21T12:${minute}:30Z`);
    assert.equal((await server.send('GET', '/user/me', { key })).status, 200);
    assert.equal(await readShown(server, id), `2026-11-21T12:${minute}:30+00:00`);
    assert.equal(await readStored(server, id), '');
  }
  await flushUsage(server.app.environment);
  assert.equal(await readStored(server, id), '2026-11-21T12:02:30+00:00');
  assert.equal(await readShown(server, id), '2026-11-21T12:02:30+00:00');
  // Also of a key that the server remembers.
  server.clock.moveTo('2026-11-21T12:03:00Z');
  await server.send('GET', '/user/me', { key });
  await server.send('GET', '/user/me', { key });
  server.clock.moveTo('2026-11-21T12:04:00Z');
  await server.send('GET', '/user/me', { key });
  assert.equal(await readShown(server, id), '2026-11-21T12:04:00+00:00');
});

test('a key that is refused was not used', async () => {
  const { id, api_key } = await createKey(server, await createUser(server));
  const wrong = `${api_key.slice(0, -1)}${api_key.endsWith('0') ? '1' : '0'}`;
  assert.equal((await server.send('GET', '/user/me', { key: wrong })).status, 403);
  await server.send('PUT', `/key/${id}/status`, { body: { status: 'revoked' } });
  assert.equal((await server.send('GET', '/user/me', { key: api_key })).status, 403);
  assert.equal(await readShown(server, id), undefined);
});

test('the latest of what several servers saw stays, whoever brings it in last', async () => {
  const { id, api_key: key } = await createKey(server, await createUser(server));
  const { environment } = server.app;
  const early = Date.parse('2026-11-21T13:00:00Z');
  server.clock.moveTo('2026-11-21T13:05:00Z');
  await server.send('GET', '/user/me', { key });
  await flushUsage(environment);
  environment.key_usage.note(1, id, early);
  assert.equal(await readShown(server, id), '2026-11-21T13:05:00+00:00');
  await flushUsage(environment);
  assert.equal(await readStored(server, id), '2026-11-21T13:05:00+00:00');
});

test('a server that stops brings in what it has seen', async () => {
  const database = await makeDatabase();
  const first = await startServer({ database });
  const { id, api_key: key } = await createKey(first, await createUser(first));
  await first.send('GET', '/user/me', { key });
  await first.close();
  const second = await startServer({ database });
  assert.equal(await readShown(second, id), '2026-11-21T12:00:00+00:00');
  await second.close();
  await dropDatabase(database);
});

test('uses that could not be brought in are told, reported and brought in later', async () => {
  const { environment } = server.app;
  const { id, key } = await createHolder(server);
  const [own] = (await server.send('GET', `/key?user_id=${id}`)).json<{ api_keys: ApiKey[] }>()
    .api_keys;
  const api_key_id = own?.id ?? 0;
  const { store } = environment;
  let isAway = true;
  const unsteady: Environment = {
    ...environment,
    key_usage: createUsage(),
    store: {
      reader: store.reader,
      transaction: (work) =>
        isAway
          ? Promise.reject(new StoreUnavailable('The database is away.'))
          : store.transaction(work),
      lots_at_once: store.lots_at_once,
      lotTransaction: (work) => store.lotTransaction(work),
      close: () => store.close(),
    },
  };
  const usage = unsteady.key_usage;
  usage.note(1, api_key_id, Date.parse('2026-11-22T00:00:00Z'));
  const reports: unknown[] = [];
  const work = startKeyUsage(unsteady, (error) => reports.push(error), 2);
  while (reports.length < 2) {
    await wait(2);
  }
  assert.ok(reports.every((error) => error instanceof StoreUnavailable));
  assert.equal(usage.findLast(1, api_key_id), Date.parse('2026-11-22T00:00:00Z'));
  isAway = false;
  while ((await readStored(server, api_key_id)) === '') {
    await wait(2);
  }
  await work.stop();
  assert.equal(await readStored(server, api_key_id), '2026-11-22T00:00:00+00:00');
  assert.equal(usage.findLast(1, api_key_id), undefined);
  assert.equal((await server.send('GET', '/user/me', { key })).status, 200);
});

test('what is noted is bounded, and counts as noted until it is brought in', async () => {
  const usage = createUsage(2);
  for (const id of [1, 2, 3]) {
    usage.note(1, id, 1000 * id);
  }
  usage.note(1, 1, 5000);
  usage.note(1, 1, 4000);
  assert.deepEqual(
    [1, 2, 3].map((id) => usage.findLast(1, id)),
    [5000, 2000, undefined],
  );
  assert.equal(usage.findLast(2, 1), undefined);
  await usage.bringIn(async (uses) => {
    assert.deepEqual(uses, [
      { account_id: 1, id: 1, used_ms: 5000 },
      { account_id: 1, id: 2, used_ms: 2000 },
    ]);
    assert.equal(usage.findLast(1, 2), 2000);
    usage.note(1, 2, 9000);
    assert.equal(usage.findLast(1, 2), 9000);
  });
  assert.deepEqual(
    [1, 2].map((id) => usage.findLast(1, id)),
    [undefined, 9000],
  );
});
