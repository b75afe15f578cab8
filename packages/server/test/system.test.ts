/** How the system stands: for administrators of the account above all, and for nobody else. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import type { SystemStatus } from '@orgvet/contract';
import { openEnvironment } from '../src/environment.ts';
import { createFirstAccount, operatorContext } from '../src/operations/accounts.ts';
import { sealNextEvents } from '../src/operations/audit-log.ts';
import { noteBackup } from '../src/operations/backups.ts';
import { createOrganization } from '../src/operations/organization-create.ts';
import { indexNames } from '../src/operations/search-index.ts';
import { getSystemStatus } from '../src/operations/system.ts';
import { insertMail } from '../src/store/mails.ts';
import { MIGRATIONS } from '../src/store/migrations.ts';
import { VERSION } from '../src/version.ts';
import { makeDatabase, SUITE } from './databases.ts';
import { divisionsOf, ROOT } from './divisions.ts';
import { holdClock, organizationBody, startServer, type TestServer } from './harness.ts';
import { MISSING_PERMISSION } from './people.ts';

async function read({ send }: TestServer): Promise<SystemStatus> {
  const answer = await send('GET', '/vetting/v1/system');
  assert.equal(answer.status, 200, answer.text);
  return answer.json<SystemStatus>();
}

test('versions, the database and the rules are told, and since when the server runs', async () => {
  const clock = holdClock('2026-11-21T12:00:00Z');
  const server = await startServer({ seed: 'none', clock });
  clock.moveTo('2026-11-22T12:00:00Z');
  const { version, node_version, started_at, database, rules } = await read(server);
  assert.deepEqual([version, node_version], [VERSION, process.versions.node]);
  assert.equal(started_at, '2026-11-21T12:00:00+00:00');
  assert.equal(database.kind, SUITE === 'sqlite' ? 'sqlite' : 'postgres');
  assert.equal(database.schema_version, MIGRATIONS.at(-1)?.version);
  assert.match(database.version, SUITE === 'sqlite' ? /^3\.\d+/ : /^\d{2}\b/);
  assert.equal(database.size_bytes !== undefined, SUITE === 'sqlite');
  assert.ok(rules.some(({ kind, id }) => kind === 'pack' && id === 'tls-br'));
  assert.ok(rules.some(({ kind, id }) => kind === 'policy' && id === 'certcentral'));
});

const MAIL = {
  ...{ account_id: 1, purpose: 'confirmation' as const, object_id: 1, organization_id: 1 },
  ...{ recipient: 'somebody@example.com', created_at: '2026-11-21T12:00:00+00:00' },
  ...{ attempts: 0, next_attempt_ms: 0 },
};

test('what waits is counted, until it is done', async () => {
  // Without a server, which would do it meanwhile.
  const environment = await openEnvironment(await makeDatabase(), holdClock());
  after(() => environment.store.close());
  await createFirstAccount(environment, randomBytes);
  const operator = operatorContext(environment, 1);
  const context = { ...operator, principal: { ...operator.principal, container_id: 1 } };
  const countWaiting = async () => {
    const { mail, search_index, audit_log } = await getSystemStatus(context);
    return { mails: mail.waiting, names: search_index.waiting, events: audit_log.waiting };
  };
  const sealAll = async () => {
    while ((await sealNextEvents(environment, 'test', 0)) !== undefined) {
      // Each lot leaves fewer.
    }
  };
  await sealAll();
  assert.deepEqual(await countWaiting(), { mails: 0, names: 0, events: 0 });
  for (const name of ['First', 'Second']) {
    await createOrganization(context, { body: organizationBody({ name }) });
  }
  await environment.store.transaction(async (tx) => {
    await insertMail(tx, { ...MAIL, status: 'queued' });
    await insertMail(tx, { ...MAIL, status: 'sent' });
  });
  const { mails, names, events } = await countWaiting();
  assert.deepEqual([mails, names], [1, 2]);
  assert.ok(events >= 2);
  await sealAll();
  await indexNames(environment, 'test');
  assert.deepEqual(await countWaiting(), { mails: 1, names: 0, events: 0 });
});

test('the last backup is told, when it was finished and not when it was noted', async () => {
  const server = await startServer({ seed: 'none' });
  assert.equal((await read(server)).last_backup, undefined);
  const { store } = server.app.environment;
  const note = async (day: string, place: string, size_bytes: number) => {
    const finished_ms = Date.parse(`${day}T03:00:00Z`);
    const means = size_bytes > 0 ? 'orgvet' : 'other';
    assert.equal(await noteBackup(store, { finished_ms, means, place, size_bytes }), true);
  };
  await note('2026-11-20', '/backup/newer.db', 4096);
  await note('2026-11-19', 'pg_dump, on the other machine', 0);
  await note('2026-11-20', '/backup/newer.db', 4096);
  assert.deepEqual((await read(server)).last_backup, {
    finished_at: '2026-11-20T03:00:00+00:00',
    means: 'orgvet',
    place: '/backup/newer.db',
    size_bytes: 4096,
  });
  await note('2026-11-21', 'pg_dump, on the other machine', 0);
  assert.deepEqual((await read(server)).last_backup, {
    finished_at: '2026-11-21T03:00:00+00:00',
    means: 'other',
    place: 'pg_dump, on the other machine',
  });
});

test('nobody else is told, also no administrator who is restricted to a division', async () => {
  const server = await startServer();
  const { makeBelow, makePerson } = divisionsOf(server);
  const { key } = await makePerson(1, [await makeBelow(ROOT)]);
  for (const other of [key, server.other]) {
    const answer = await server.send('GET', '/vetting/v1/system', { key: other });
    assert.deepEqual([answer.status, answer.codes()], [403, [MISSING_PERMISSION]]);
  }
  const viewer = await server.send('GET', '/vetting/v1/system', { key: server.view_only });
  assert.equal(viewer.status, 200);
});
