/** `orgvet copy` that is interrupted, and sources that change meanwhile. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { systemClock } from '../../src/clock.ts';
import { openEnvironment, openForCopy, openStore } from '../../src/environment.ts';
import { copyRegistry } from '../../src/main.ts';
import { type CopyProgress, CopyRefused } from '../../src/operations/copy.ts';
import { type DatabaseLocation, describeLocation } from '../../src/settings.ts';
import { countRows } from '../../src/store/copy.ts';
import type { Store } from '../../src/store/database.ts';
import { countMatchingNames, hasQueuedNames } from '../../src/store/search.ts';
import { rawStatement } from '../../src/store/statement.ts';
import { COPIED_TABLES } from '../../src/store/tables.ts';
import { makeDatabase, SUITE } from '../databases.ts';
import { startServer } from '../harness.ts';

const CLI = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url));

/** What SQLite is copied to. */
const OTHER = SUITE === 'sqlite' ? 'postgres' : SUITE;

// Before the first test, so that a server which this starts outlives that test.
const emptyTarget = await makeDatabase(OTHER);

const ORGANIZATIONS = getTable('organizations');

function getTable(name: string) {
  const table = COPIED_TABLES.find((known) => known.name === name);
  assert.ok(table);
  return table;
}

/** The demo in SQLite, with so many more organizations that some batches are needed. */
async function makeRegistry(more: number): Promise<DatabaseLocation> {
  const database = await makeDatabase('sqlite');
  await (await startServer({ database })).close();
  const other: Record<string, string> = {
    id: '1000000 + number',
    name_folded: "'bulk ' || number",
    is_duplicate: '1',
  };
  const { columns } = ORGANIZATIONS;
  await change(
    database,
    `with recursive numbers (number) as
       (select 1 union all select number + 1 from numbers where number < ${more})
     insert into organizations (${columns.join(', ')})
       select ${columns.map((column) => other[column] ?? column).join(', ')}
       from organizations, numbers where id = 112233`,
  );
  return database;
}

async function change(database: DatabaseLocation, text: string): Promise<void> {
  const store = openStore(database);
  const statement = rawStatement<object, unknown>(() => sql.raw(text));
  await store.transaction((tx) => tx.run(statement, {}));
  await store.close();
}

/** Copies until the progress is as told, and there fails. */
async function interrupt(
  places: { from: DatabaseLocation; to: DatabaseLocation },
  isHere: (progress: CopyProgress) => boolean,
): Promise<void> {
  const report = (progress: CopyProgress) => {
    if (isHere(progress)) {
      throw new Error('interrupted');
    }
  };
  await assert.rejects(copyRegistry(places, report), /^Error: interrupted$/);
}

/** Nothing but copying goes on with a copy that is not finished. */
async function expectUnfinished(database: DatabaseLocation): Promise<void> {
  await assert.rejects(openEnvironment(database, systemClock), (error) => {
    assert.ok(error instanceof CopyRefused);
    assert.match(error.message, /was begun and is not finished: run orgvet copy again, or empty/);
    return true;
  });
}

/** Every name is in the index, and once. */
async function expectIndexed(store: Store, names: number): Promise<void> {
  assert.equal(await hasQueuedNames(store.reader), false);
  assert.equal(await countMatchingNames(store.reader, 1, 'bulk'), names);
}

const INTERRUPTIONS: Readonly<Record<string, (progress: CopyProgress) => boolean>> = {
  'before the first table': ({ table }) => table === 'accounts',
  'between two tables': ({ table }) => table === 'users',
  'after the first rows of a table': ({ table, rows_done }) =>
    table === 'organizations' && rows_done > 0,
  'after more rows of a table': ({ table, rows_done, rows }) =>
    table === 'organizations' && rows_done > rows / 2,
  'after the last rows of a table': ({ table, rows_done, rows }) =>
    table === 'organizations' && rows_done === rows,
  'before the index': ({ step }) => step === 'indexed',
  'in the middle of the index': ({ step, rows_done }) => step === 'indexed' && rows_done > 0,
  'before the verification': ({ step }) => step === 'verified',
  'during the verification': ({ step, table }) => step === 'verified' && table === 'events',
};

for (const kind of ['sqlite', OTHER] as const) {
  test(`a copy into ${kind} that is interrupted again and again is the same in the end`, async () => {
    const from = await makeRegistry(3000);
    const to = kind === 'sqlite' ? await makeDatabase(kind) : emptyTarget;
    for (const isHere of Object.values(INTERRUPTIONS)) {
      await interrupt({ from, to }, isHere);
      await expectUnfinished(to);
    }
    const copied: CopyProgress[] = [];
    const tables = await copyRegistry({ from, to }, (progress) => copied.push(progress));
    assert.ok(
      copied
        .filter(({ step }) => step === 'copied')
        .every(({ rows_done, rows }) => rows_done === rows),
      'nothing is copied twice',
    );
    assert.ok((tables.find(({ table }) => table === 'organizations')?.rows ?? 0) > 3000);
    const { store } = await openEnvironment(to, systemClock);
    await expectIndexed(store, 3000);
    await store.close();
  });
}

test('a copy goes on only from where it was begun, and is no source itself', async () => {
  const from = await makeRegistry(1);
  const to = await makeDatabase('sqlite');
  await interrupt({ from, to }, ({ step }) => step === 'verified');
  const other = copyRegistry({ from: await makeRegistry(1), to }, () => {});
  await assert.rejects(other, (error: Error) => {
    assert.ok(error instanceof CopyRefused);
    assert.ok(error.message.includes(`an unfinished copy of ${describeLocation(from)}`));
    return true;
  });
  const further = copyRegistry({ from: to, to: await makeDatabase('sqlite') }, () => {});
  await assert.rejects(further, /is itself a copy, of .* that is not finished/);
  await copyRegistry({ from, to }, () => {});
});

const CHANGES: readonly {
  title: string;
  until: CopyProgress['step'];
  text: string;
  message: RegExp;
}[] = [
  {
    title: 'a row that was changed',
    until: 'indexed',
    text: "update organizations set city = 'Elsewhere' where id = 112233",
    message: /^The table organizations has other rows in the target\. .*stop its servers/,
  },
  {
    title: 'a row that went away',
    until: 'verified',
    text: 'delete from events where id = (select min(id) from events)',
    message: /^The table events has \d+ rows in the source and \d+ in the target\. /,
  },
  {
    title: 'a row that came before those that were copied',
    until: 'indexed',
    text: 'insert into container_organizations select id, root_container_id, 112233 from accounts where id = 1',
    message: /^The table container_organizations has \d+ rows in the source and \d+ in the target/,
  },
];

for (const { title, until, text, message } of CHANGES) {
  test(`${title} while a registry was copied is noticed`, async () => {
    const from = await makeRegistry(1);
    const to = await makeDatabase(OTHER);
    await interrupt({ from, to }, ({ step }) => step === until);
    await change(from, text);
    await assert.rejects(
      copyRegistry({ from, to }, () => {}),
      (error) => {
        assert.ok(error instanceof CopyRefused);
        assert.match(error.message, message);
        return true;
      },
    );
    await expectUnfinished(to);
  });
}

test('a row whose parent came too late is told of by its table', async () => {
  for (const kind of ['sqlite', OTHER] as const) {
    const from = await makeRegistry(1);
    const to = await makeDatabase(kind);
    await interrupt(
      { from, to },
      ({ table, rows_done }) => table === 'contacts' && rows_done === 0,
    );
    const { columns } = ORGANIZATIONS;
    const values = columns.map((column) => ({ id: '9', is_duplicate: '1' })[column] ?? column);
    await change(
      from,
      `insert into organizations (${columns.join(', ')}) select ${values.join(', ')}
        from organizations where id = 112233`,
    );
    await change(from, 'update contacts set organization_id = 9 where organization_id = 112233');
    await assert.rejects(
      copyRegistry({ from, to }, () => {}),
      (error) => {
        assert.ok(error instanceof CopyRefused, String(error));
        assert.match(
          error.message,
          /^Rows of the table contacts do not fit .*foreign key.*changed/i,
        );
        return true;
      },
    );
  }
});

/** Runs the executable. */
function runCopy({ from, to }: { from: DatabaseLocation; to: DatabaseLocation }) {
  const prepares = to.kind === 'sqlite' || to.prepares;
  const child = spawn(
    process.execPath,
    [
      CLI,
      'copy',
      ...['--from', from.kind === 'sqlite' ? from.directory : from.url],
      ...['--to', to.kind === 'sqlite' ? to.directory : to.url],
      ...['--prepared-statements', prepares ? 'on' : 'off'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk) => {
      output[name] += chunk;
    });
  }
  const exit = new Promise<number | string | null>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
  return { child, output, exit };
}

for (const kind of ['sqlite', OTHER] as const) {
  test(`a copy into ${kind} that was killed is finished by running it again`, async () => {
    const from = await makeRegistry(8000);
    const to = await makeDatabase(kind);
    const { store } = await openForCopy(to, systemClock);
    const killed = runCopy({ from, to });
    while (!killed.output.stderr.includes('copied api_keys')) {
      assert.equal(killed.child.exitCode, null, killed.output.stderr);
      await wait(5);
    }
    while ((await countRows(store.reader, ORGANIZATIONS)) === 0) {
      assert.equal(killed.child.exitCode, null, killed.output.stderr);
      await wait(5);
    }
    killed.child.kill('SIGKILL');
    assert.equal(await killed.exit, 'SIGKILL');
    const rows = await countRows(store.reader, ORGANIZATIONS);
    assert.ok(rows > 0 && rows < 8000 && rows % 1000 === 0, `${rows} rows`);
    await store.close();
    await expectUnfinished(to);

    const again = runCopy({ from, to });
    assert.equal(await again.exit, 0, again.output.stderr);
    assert.match(again.output.stdout, /^organizations +8\d{3} {2}[0-9a-f]{12}$/m);
    assert.match(again.output.stdout, /\nCopied and verified\.\n$/);
    const copied = await openEnvironment(to, systemClock);
    await expectIndexed(copied.store, 8000);
    await copied.store.close();

    const further = runCopy({ from, to });
    assert.equal(await further.exit, 1);
    assert.match(further.output.stderr, /^orgvet: The target holds a registry already/);
  });
}
