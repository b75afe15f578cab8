/**
 * `orgvet backup`: what is copied beside a server that writes is one sound state of the registry, and
 * serves again; the registry knows of it, and of backups made by other means.
 */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { OrganizationList, SystemStatus } from '@orgvet/contract';
import { MIGRATIONS } from '../packages/server/src/store/migrations.ts';
import {
  makeDatabase,
  makeDirectory,
  optionsOf,
  SUITE,
} from '../packages/server/test/databases.ts';
import { organizationBody, startServer, type TestServer } from '../packages/server/test/harness.ts';
import { runSql } from '../packages/server/test/people.ts';
import { done, orgvet } from './cli-harness.ts';

const database = await makeDatabase('sqlite');
const server = await startServer({ database });
const directory = await makeDirectory();

/** As SQLite makes files. */
const PAGE_BYTES = 4096;

const backup = (args: readonly string[], place = database) =>
  orgvet(['backup', ...args, ...optionsOf(place)]);

async function findLastBackup({ send }: TestServer): Promise<SystemStatus['last_backup']> {
  return (await send('GET', '/vetting/v1/system')).json<SystemStatus>().last_backup;
}

async function listNames({ send }: TestServer): Promise<string[]> {
  const { organizations } = (await send('GET', '/organization')).json<OrganizationList>();
  return organizations.map(({ name }) => name);
}

/** Puts a backup where a registry is looked for. */
async function restore(file: string) {
  const restored = { kind: 'sqlite', directory: await makeDirectory() } as const;
  renameSync(file, join(restored.directory, 'orgvet.db'));
  return restored;
}

test('a backup made while organizations are created serves all that was there before it, and whole', async () => {
  const create = async (name: string) => {
    const answer = await server.send('POST', '/organization', { body: organizationBody({ name }) });
    assert.equal(answer.status, 201, answer.text);
  };
  await create('Before the backup');
  const file = join(directory, 'whole.db');
  let isDone = false;
  const writing = (async () => {
    for (let count = 0; !isDone; count += 1) {
      await create(`Meanwhile ${count}`);
    }
  })();
  const { code, stdout, stderr } = await backup(['--to', file]);
  isDone = true;
  await writing;
  assert.deepEqual([code, stdout], [0, `${file}\n`], stderr);
  assert.equal(stderr, `${statSync(file).size} bytes, checked.\n`);
  await create('After the backup');

  const restored = await restore(file);
  const names = await listNames(await startServer({ database: restored }));
  assert.ok(names.includes('Before the backup'));
  assert.ok(!names.includes('After the backup'));
  const kept = await listNames(server);
  assert.deepEqual(
    names.filter((name) => !kept.includes(name)),
    [],
  );
});

test('it is for its owner only, in a directory by the time, and the registry knows of it', async () => {
  const place = join(directory, 'daily');
  mkdirSync(place);
  const file = done(await backup(['--to', place])).trim();
  assert.match(file.slice(place.length), /^\/orgvet-\d{4}-\d\d-\d\dT\d{6}Z\.db$/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(place).length, 1);
  const last = await findLastBackup(server);
  assert.deepEqual(
    [last?.means, last?.place, last?.size_bytes],
    ['orgvet', file, statSync(file).size],
  );
  // As the one before it, which the registry noted only when it was made.
  const copy = new DatabaseSync(file, { readOnly: true });
  assert.equal(copy.prepare('select count(*) as noted from backups').get()?.noted, 1);
  copy.close();
});

test('where it cannot be made, nothing is left behind and nothing is noted', async () => {
  const before = await findLastBackup(server);
  const taken = join(directory, 'taken.db');
  writeFileSync(taken, 'mine');
  const missing = join(directory, 'missing', 'orgvet.db');
  for (const [to, told] of [
    [taken, `${taken} is there already.`],
    [missing, 'no such file or directory'],
  ] as const) {
    const { code, stdout, stderr } = await backup(['--to', to]);
    assert.deepEqual([code, stdout], [1, '']);
    assert.ok(stderr.includes(told), stderr);
  }
  assert.equal(statSync(taken).size, 4);
  const empty = { kind: 'sqlite', directory: join(directory, 'no-registry') } as const;
  const { code, stderr } = await backup(['--to', join(directory, 'x.db')], empty);
  assert.equal(code, 2);
  assert.match(stderr, /There is no registry in/);
  assert.ok(!existsSync(empty.directory));
  assert.deepEqual(
    readdirSync(directory).filter((name) => name.endsWith('.tmp') || name === 'x.db'),
    [],
  );
  assert.deepEqual(await findLastBackup(server), before);
});

/** A registry of its own, restored from a new backup of the one that serves, with its file. */
async function makeRestored() {
  const restored = await restore(done(await backup(['--to', join(directory, 'new.db')])).trim());
  return { restored, file: join(restored.directory, 'orgvet.db') };
}

test('a damaged registry is told of, and its copy does not pass for a backup', async () => {
  const scrambled = await makeRestored();
  const bytes = readFileSync(scrambled.file);
  bytes.fill(0xa5, PAGE_BYTES * 20, PAGE_BYTES * 40);
  writeFileSync(scrambled.file, bytes);
  // What a copy takes along as it is: a row that its own table does not allow.
  const unsound = await makeRestored();
  const rows = new DatabaseSync(unsound.file);
  rows.exec(`create table strict (number integer check (number > 0));
    pragma ignore_check_constraints = on;
    insert into strict values (-1)`);
  rows.close();
  for (const [{ restored }, told] of [
    [scrambled, /malformed/],
    [unsound, /The copy is not sound: CHECK constraint failed in strict/],
  ] as const) {
    const to = join(directory, 'damaged.db');
    const { code, stdout, stderr } = await backup(['--to', to], restored);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, told);
    assert.ok(!existsSync(to));
  }
});

test('a registry of another version of Orgvet is copied and left as it is', async () => {
  const older = await makeDatabase('sqlite');
  const olderServer = await startServer({ database: older, seed: 'none' });
  await runSql(
    olderServer,
    'drop table backups',
    `delete from schema_migrations where version = ${MIGRATIONS.length}`,
  );
  const file = join(directory, 'older.db');
  const { code, stdout, stderr } = await backup(['--to', file], older);
  assert.deepEqual([code, stdout], [0, `${file}\n`]);
  assert.match(stderr, /not noted in the registry, which has the schema of another version/);
  const copy = new DatabaseSync(file, { readOnly: true });
  const row = copy.prepare('select max(version) as version from schema_migrations').get();
  copy.close();
  assert.equal(row?.version, MIGRATIONS.length - 1);
  const noted = await backup(['--note', 'a disk image'], older);
  assert.equal(noted.code, 2);
  assert.match(noted.stderr, /start the server once/);
});

test('a backup made by other means is noted on every database, with its time', async () => {
  const place = await makeDatabase();
  const other = await startServer({ database: place, seed: 'none' });
  done(await backup(['--note', ' pg_dump to db7:/backup ', '--at', '2026-11-20T03:00:00Z'], place));
  assert.deepEqual(await findLastBackup(other), {
    finished_at: '2026-11-20T03:00:00+00:00',
    means: 'other',
    place: 'pg_dump to db7:/backup',
  });
  const future = await backup(['--note', 'x', '--at', '2999-01-01'], place);
  assert.equal(future.code, 2);
  assert.match(future.stderr, /in the future/);
  if (SUITE !== 'sqlite') {
    const { code, stderr } = await backup(['--to', join(directory, 'pg.db')], place);
    assert.equal(code, 2);
    assert.match(stderr, /backed up by its own means.*--note/);
  }
});

test('a command line that asks for nothing, or for both, is refused', async () => {
  for (const args of [
    [],
    ['--to', 'a', '--note', 'b'],
    ['--to', 'a', '--at', '2026-11-20'],
    ['--note', ' '],
  ]) {
    const { code, stderr } = await backup(args);
    assert.equal(code, 2);
    assert.match(stderr, /Give --to FILE\|DIR/);
  }
});

test('a directory without a registry is left empty by whatever looks for one in it', async () => {
  const empty = { kind: 'sqlite', directory: await makeDirectory() } as const;
  for (const args of [['accounts'], ['backup', '--note', 'a disk image']]) {
    const { code, stderr } = await orgvet([...args, ...optionsOf(empty)]);
    assert.equal(code, 2, args[0]);
    assert.match(stderr, /There is no registry in/);
  }
  assert.deepEqual(readdirSync(empty.directory), []);
});
