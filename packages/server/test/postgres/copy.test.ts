/** `orgvet copy`: a registry moved from one database to another is the same registry. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { copy } from '../../../cli/src/copy.ts';
import { systemClock } from '../../src/clock.ts';
import { openEnvironment, openForCopy } from '../../src/environment.ts';
import { copyRegistry } from '../../src/main.ts';
import { CopyRefused } from '../../src/operations/copy.ts';
import {
  type DatabaseLocation,
  describeLocation,
  parseCopySettings,
  SettingsError,
} from '../../src/settings.ts';
import { digestTable } from '../../src/store/copy.ts';
import { countMatchingNames, hasQueuedNames } from '../../src/store/search.ts';
import { COPIED_TABLES } from '../../src/store/tables.ts';
import { makeDatabase, makeDirectory, SUITE } from '../databases.ts';
import { organizationBody, startServer, type TestServer, untilIndexed } from '../harness.ts';

/** What SQLite is copied to and from. */
const OTHER = SUITE === 'sqlite' ? 'postgres' : SUITE;

// Before the first test, so that a server which this starts outlives that test.
const emptyTarget = await makeDatabase(OTHER);

const silent = () => {};

/** A demo where organizations were created, renamed, moved and deleted, the last one among them. */
async function makeRegistry(): Promise<DatabaseLocation> {
  const database = await makeDatabase('sqlite');
  const server = await startServer({ database });
  const ids: number[] = [];
  for (const name of ['Ärger & Söhne 🏭', 'Renamed', 'Sleeping', 'Kept', 'Deleted']) {
    const validations = [{ type: 'ev', verified_users: [{ id: 184 }] }, { type: 'ov' }];
    const body = organizationBody({ name, validations });
    ids.push((await server.send('POST', '/organization', { body })).json<{ id: number }>().id);
  }
  const [, renamed, sleeping, , deleted] = ids;
  await untilIndexed(server);
  const body = organizationBody({ name: 'Another Name "quoted", with commas' });
  await expectStatus(server, 204, 'PUT', `/organization/${renamed}`, body);
  await expectStatus(server, 204, 'PUT', `/organization/${sleeping}/deactivate`);
  await expectStatus(server, 204, 'DELETE', `/organization/${deleted}`);
  await server.close();
  return database;
}

async function expectStatus(
  server: TestServer,
  status: number,
  method: string,
  path: string,
  body?: unknown,
) {
  const answer = await server.send(method, path, body === undefined ? {} : { body });
  assert.equal(answer.status, status, answer.text);
}

/** Every table's digest. */
async function digestAll(database: DatabaseLocation): Promise<Record<string, string>> {
  const { store } = await openForCopy(database, systemClock);
  const digests: Record<string, string> = {};
  for (const table of COPIED_TABLES) {
    digests[table.name] = (await digestTable(store.reader, table)).digest;
  }
  await store.close();
  return digests;
}

const REQUESTS = [
  '/organization',
  '/organization?limit=7&offset=11&sort=-name',
  '/organization?include_validation=true&filters[status]=inactive',
  '/organization?filters[validation]=pending',
  '/organization?filters[search]=%25name',
  '/organization?filters[search]=%25s%C3%B6hne',
  '/organization?filters[search]=%25or&sort=name',
  '/organization?container_id=4',
  '/organization/112233',
  '/organization/112233/validation',
  '/organization/validation-type',
  '/container',
  '/user/me',
];

/** The answers to a number of requests, lists as CSV and those of other keys included. */
async function listAnswers({ send, view_only, other }: TestServer): Promise<string[]> {
  const answers = await Promise.all([
    ...REQUESTS.map((path) => send('GET', path)),
    ...REQUESTS.map((path) => send('GET', path, { key: view_only })),
    ...REQUESTS.map((path) => send('GET', path, { key: other })),
    send('GET', '/organization?sort=name', { headers: { Accept: 'text/csv' } }),
  ]);
  return answers.map(({ status, text }) => `${status} ${text}`);
}

test('a registry that went to another database and back answers the same bytes', async () => {
  const original = await makeRegistry();
  const copied = emptyTarget;
  const back = await makeDatabase('sqlite');
  await copyRegistry({ from: original, to: copied }, silent);
  await copyRegistry({ from: copied, to: back }, silent);
  assert.deepEqual(await digestAll(back), await digestAll(original));
  const servers: TestServer[] = [];
  for (const database of [original, copied, back]) {
    servers.push(await startServer({ database }));
  }
  const [expected, ...others] = await Promise.all(servers.map(listAnswers));
  assert.deepEqual(
    expected?.filter((answer) => !/^(200|404)/.test(answer)),
    [],
  );
  for (const answers of others) {
    assert.deepEqual(answers, expected);
  }
  const body = organizationBody({ name: 'Created afterwards' });
  const created = await Promise.all(
    servers.map(({ send }) => send('POST', '/organization', { body })),
  );
  assert.deepEqual(
    created.map(({ status, text }) => `${status} ${text}`),
    servers.map(() => `201 ${created[0]?.text}`),
  );
  const { id } = created[0]?.json<{ id: number }>() ?? { id: 0 };
  const [gap] = await Promise.all(
    servers.map(({ send }) => send('GET', `/organization/${id - 1}`)),
  );
  assert.equal(gap?.status, 404, 'the id of the deleted organization is not handed out again');
  const shown = await Promise.all(servers.map(({ send }) => send('GET', `/organization/${id}`)));
  assert.equal(new Set(shown.map(({ text }) => text)).size, 1);
});

test('the search index of a copy is whole when the copy is done', async () => {
  for (const kind of ['sqlite', OTHER] as const) {
    const target = await makeDatabase(kind);
    await copyRegistry({ from: await makeRegistry(), to: target }, silent);
    const { store } = await openEnvironment(target, systemClock);
    assert.equal(await hasQueuedNames(store.reader), false);
    assert.equal(await countMatchingNames(store.reader, 1, 'another name'), 1);
    assert.equal(await countMatchingNames(store.reader, 1, 'renamed'), 0);
    await store.close();
  }
});

test('a copy between two databases of the same kind is the same', async () => {
  const first = await makeDatabase(OTHER);
  const second = await makeDatabase(OTHER);
  const original = await makeRegistry();
  await copyRegistry({ from: original, to: first }, silent);
  const tables = await copyRegistry({ from: first, to: second }, silent);
  assert.deepEqual(
    Object.fromEntries(tables.map(({ table, digest }) => [table, digest])),
    await digestAll(original),
  );
});

test('a target that holds something is refused and left alone', async () => {
  const original = await makeRegistry();
  for (const kind of ['sqlite', OTHER] as const) {
    const target = await makeDatabase(kind);
    await (await startServer({ database: target })).close();
    const before = await digestAll(target);
    await assert.rejects(copyRegistry({ from: original, to: target }, silent), (error) => {
      assert.ok(error instanceof CopyRefused);
      assert.match(error.message, /holds a registry already \(accounts: 2, .*organizations: \d+/);
      return true;
    });
    assert.deepEqual(await digestAll(target), before);
    await (await startServer({ database: target })).close();
  }
});

test('a copy that is finished is not begun again', async () => {
  const from = await makeRegistry();
  const to = await makeDatabase('sqlite');
  await copyRegistry({ from, to }, silent);
  const again = copyRegistry({ from, to }, silent);
  await assert.rejects(again, (error: Error) => {
    assert.ok(error instanceof CopyRefused);
    assert.ok(
      error.message.includes(`a copy of ${describeLocation(from)} that was finished at 20`),
    );
    return true;
  });
});

test('what is no registry is not copied', async () => {
  const target = await makeDatabase('sqlite');
  const empty = await makeDatabase(OTHER);
  await assert.rejects(
    copyRegistry({ from: empty, to: target }, silent),
    /There is no registry in/,
  );
  const missing = join(await makeDirectory(), 'missing');
  const from = { kind: 'sqlite', directory: missing } as const;
  await assert.rejects(copyRegistry({ from, to: target }, silent), SettingsError);
  assert.equal(existsSync(missing), false);
  const same = copyRegistry({ from: target, to: target }, silent);
  await assert.rejects(same, /are the same database/);
});

test('the command line names both places, and how PostgreSQL is used', () => {
  const args = ['--from', '/a', '--to', 'postgres://u:secret@db/b', '--prepared-statements', 'off'];
  assert.deepEqual(parseCopySettings(args, { ORGVET_DATABASE_CONNECTIONS: '3' }), {
    from: { kind: 'sqlite', directory: '/a' },
    to: { kind: 'postgres', url: 'postgres://u:secret@db/b', connections: 3, prepares: false },
  });
  for (const wrong of [[], ['--from', 'a'], ['--to', 'a'], [...args, '--data', 'x']]) {
    assert.throws(() => parseCopySettings(wrong, {}), SettingsError);
  }
});

test('on a terminal the progress is one line that is rewritten, elsewhere a line for each table', async () => {
  const from = await makeRegistry();
  for (const isTTY of [true, false]) {
    const to = await makeDatabase('sqlite');
    let progress = '';
    const lines: string[] = [];
    const stream = {
      isTTY,
      write(text: string) {
        progress += text;
      },
    };
    const args = ['--from', describeLocation(from), '--to', describeLocation(to)];
    await copy(args, {}, (line) => lines.push(line), stream);
    assert.equal(lines.at(-1), 'Copied and verified.');
    assert.match(lines[0] ?? '', /^table +rows +digest\naccounts +2 {2}[0-9a-f]{12}\n/);
    const rows = progress.split(isTTY ? '\r\x1b[K' : '\n');
    for (const step of ['copied', 'verified']) {
      for (const { name } of COPIED_TABLES) {
        const told = rows.filter((row) => row.startsWith(`${step} ${name}: `));
        assert.ok(isTTY ? told.length > 0 : told.length === 1, `${step} ${name}: ${told.length}`);
      }
    }
    assert.equal(progress.includes('\n'), !isTTY);
    assert.equal(rows.at(-1), '');
  }
});
