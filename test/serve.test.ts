/** `orgvet serve` as a person starts it: a process of its own, by its options, until Ctrl-C. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeDatabase, optionsOf } from '../packages/server/test/databases.ts';
import { orgvet } from './cli-harness.ts';

const CLI = fileURLToPath(new URL('../packages/cli/src/main.ts', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'orgvet-serve-'));
const running = new Set<ChildProcess>();

after(() => {
  for (const child of running) {
    child.kill('SIGKILL');
  }
  rmSync(directory, { recursive: true, force: true });
});

interface Ready {
  readonly base_url: string;
  readonly console_url: string;
  readonly accounts: {
    readonly account_id: number;
    readonly mode: string;
    readonly keys: { readonly administrator?: string; readonly view_only?: string };
  }[];
}

interface Served {
  readonly child: ChildProcess;
  readonly ready: Ready;
  output(): string;
  /** Ends it by a signal and tells how it ended. */
  stop(signal: NodeJS.Signals): Promise<number | string>;
}

function start(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: directory,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const exit = new Promise<number | string>((resolve) => {
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve(code ?? signal ?? 'unknown');
    });
  });
  return { child, exit, output: () => output };
}

/** With these ends what a person is told at the start. */
const LAST_WORDS = 'Ctrl-C stops it.';

let serial = 0;

async function serve(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Served> {
  serial += 1;
  const ready_file = join(directory, `ready-${serial}.json`);
  const { child, exit, output } = start(
    ['serve', '--ready-file', ready_file, ...args],
    environment,
  );
  // The file is written first: what a person is told arrives a moment later.
  const isReady = () => existsSync(ready_file) && output().includes(LAST_WORDS);
  for (let tries = 0; !isReady(); tries += 1) {
    assert.ok(tries < 600 && child.exitCode === null, `never ready: ${output()}`);
    await wait(50);
  }
  return {
    child,
    ready: JSON.parse(readFileSync(ready_file, 'utf8')),
    output,
    async stop(signal) {
      child.kill(signal);
      const code = await exit;
      assert.equal(existsSync(ready_file), signal === 'SIGKILL');
      return code;
    },
  };
}

/** Follows a link that was printed, as the console does. @returns how far it signs in */
async function followLink({ console_url }: Ready): Promise<string> {
  const { origin, pathname, hash } = new URL(console_url);
  assert.equal(pathname, '/sign-in');
  const answer = await fetch(`${origin}/access/v1/sign-in/link`, {
    method: 'POST',
    headers: { Origin: origin },
    body: JSON.stringify({ token: hash.slice(1) }),
  });
  const { stage = 'refused' } = (await answer.json()) as { stage?: string };
  return stage;
}

function get(ready: Ready, path: string, key = ready.accounts[0]?.keys.administrator ?? '') {
  return fetch(`${ready.base_url}${path}`, { headers: { 'X-DC-DEVKEY': key } });
}

const data = (name: string) => join(directory, name);

/** The options of a new registry on the database that this run of the suite is for. */
const newRegistry = async () => optionsOf(await makeDatabase());

test('the demo starts, prints lines that work, stops at Ctrl-C and finds its data again', async () => {
  const args = ['--seed', 'demo', ...(await newRegistry()), '--port', '0'];
  const first = await serve(args);
  assert.match(first.ready.base_url, /^http:\/\/127\.0\.0\.1:\d+\/services\/v2$/);
  const [demo] = first.ready.accounts;
  assert.equal(demo?.mode, 'test');
  assert.equal((await get(first.ready, '/user/me')).status, 200);
  assert.equal((await get(first.ready, '/user/me', demo?.keys.view_only)).status, 200);
  for (const text of [first.ready.base_url, demo?.keys.administrator, demo?.keys.view_only]) {
    assert.ok(first.output().includes(String(text)), first.output());
  }
  const created = await fetch(`${first.ready.base_url}/organization`, {
    method: 'POST',
    headers: { 'X-DC-DEVKEY': demo?.keys.administrator ?? '' },
    body: first.output().match(/-d '([^']+)'/)?.[1] ?? '',
  });
  assert.equal(created.status, 201);
  const { id } = (await created.json()) as { id: number };
  assert.equal(await first.stop('SIGINT'), 0);

  const second = await serve(args);
  assert.deepEqual(second.ready.accounts, first.ready.accounts);
  assert.equal((await get(second.ready, `/organization/${id}`)).status, 200);
  assert.equal(await second.stop('SIGTERM'), 0);
});

test('the demo prints a link to the console at every start, which signs in once', async () => {
  const args = ['--seed', 'demo', ...(await newRegistry()), '--port', '0'];
  const links = new Set<string>();
  for (let starts = 0; starts < 2; starts += 1) {
    const { ready, output, stop } = await serve(args);
    assert.ok(
      output().includes(`  Console        ${ready.console_url}  (signs in once)\n`),
      output(),
    );
    assert.equal(await followLink(ready), 'full');
    assert.equal(await followLink(ready), 'refused');
    links.add(ready.console_url);
    await stop('SIGTERM');
  }
  assert.equal(links.size, 2);
});

test('two demos are the same', async () => {
  const texts: string[] = [];
  for (const registry of [await newRegistry(), await newRegistry()]) {
    const served = await serve(['--seed', 'demo', ...registry, '--port', '0']);
    const list = await get(served.ready, '/organization?include_validation=true');
    texts.push((await list.text()) + JSON.stringify(served.ready.accounts));
    await served.stop('SIGTERM');
  }
  assert.equal(texts[0], texts[1]);
});

test('without the demo the first start makes one account and shows its key this once', async () => {
  const database = await makeDatabase();
  const args = [...optionsOf(database), '--port', '0'];
  const first = await serve(args);
  const [account, ...others] = first.ready.accounts;
  assert.deepEqual(others, []);
  assert.equal(account?.mode, 'live');
  assert.deepEqual(Object.keys(account?.keys ?? {}), ['administrator']);
  assert.ok(first.output().includes('shown this once'));
  const { console_url } = first.ready;
  const words = `  Console        ${console_url}  (sets a password; works once, for 72 hours)\n`;
  assert.ok(first.output().includes(words), first.output());
  assert.equal(await followLink(first.ready), 'enrolment');
  const containers = await get(first.ready, '/container');
  const { containers: list } = (await containers.json()) as { containers: { parent_id: number }[] };
  assert.deepEqual(
    list.map(({ parent_id }) => parent_id),
    [0],
  );
  await first.stop('SIGINT');
  const second = await serve(args);
  assert.deepEqual(second.ready.accounts, [{ account_id: 1, mode: 'live', keys: {} }]);
  const key = account?.keys.administrator ?? '';
  assert.ok(!second.output().includes(key));
  const { origin } = new URL(second.ready.base_url);
  assert.equal(second.ready.console_url, `${origin}/`);
  assert.ok(second.output().includes(`  Console        ${origin}/\n`), second.output());
  assert.equal((await get(second.ready, '/user/me', key)).status, 200);
  await second.stop('SIGINT');
  if (database.kind === 'sqlite') {
    const content = readFileSync(join(database.directory, 'orgvet.db'));
    for (const secret of [key.split('_')[4], console_url.split('_')[4]]) {
      assert.equal(content.includes(secret ?? ''), false, 'a secret is in the database');
    }
  }
});

test('a demo whose port is taken goes to a free one and says so; others say what to do', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const port = String((taken.address() as { port: number }).port);
  const demo = await serve(['--seed', 'demo', ...(await newRegistry()), '--port', port]);
  assert.ok(demo.output().includes(`Port ${port} is in use`));
  assert.equal((await get(demo.ready, '/user/me')).status, 200);
  await demo.stop('SIGINT');
  const other = start(['serve', ...(await newRegistry()), '--port', port]);
  assert.equal(await other.exit, 1);
  assert.match(other.output(), new RegExp(`Port ${port} is in use. Choose another with --port`));
  taken.close();
});

test('settings come from options, then from the environment', async () => {
  const served = await serve(['--port', '0'], {
    ORGVET_SEED: 'demo',
    ORGVET_DATA: data('by-environment'),
    ORGVET_PORT: '1',
    ORGVET_HOST: 'localhost',
  });
  assert.match(served.ready.base_url, /^http:\/\/localhost:\d+\//);
  assert.ok(existsSync(join(data('by-environment'), 'orgvet.db')));
  await served.stop('SIGINT');
});

test('wrong options end with 2 and say what is wrong', async () => {
  for (const [args, message] of [
    [['serve', '--port', 'x'], /--port must be a number/],
    [['serve', '--seed', 'big'], /--seed must be one of none, demo/],
    [['serve', '--colour', 'red'], /--colour/],
    [['serve', '--data', 'here', '--database', 'postgres://db/orgvet'], /--data DIR .* not both/],
    [['serve', '--database', 'mysql://db/orgvet'], /postgres:\/\//],
    [['destroy'], /no command destroy/],
  ] as const) {
    const { code, stderr } = await orgvet(args);
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
  }
});

test('the demo is not put into a registry that is something else', async () => {
  const registry = await newRegistry();
  const bare = await serve([...registry, '--port', '0']);
  await bare.stop('SIGINT');
  const { exit, output } = start(['serve', '--seed', 'demo', ...registry, '--port', '0']);
  assert.equal(await exit, 1);
  assert.match(output(), /a registry that is not the demo/);
});

test('what was acknowledged is there after the process was killed', async () => {
  const args = ['--seed', 'demo', ...(await newRegistry()), '--port', '0'];
  const served = await serve(args);
  const key = served.ready.accounts[0]?.keys.administrator ?? '';
  const acknowledged: number[] = [];
  let isKilled = false;
  const create = async (worker: number) => {
    for (let number = 0; !isKilled; number += 1) {
      const body = JSON.stringify({
        name: `Worker ${worker} number ${number}`,
        country: 'us',
        address: '1 Way',
        city: 'Lehi',
        state: 'Utah',
        zip: '84043',
        telephone: '1',
        organization_contact: { first_name: 'A', last_name: 'B', email: 'a@example.com' },
        validations: [{ type: 'ov' }],
      });
      try {
        const url = `${served.ready.base_url}/organization`;
        const headers = { 'X-DC-DEVKEY': key };
        const answer = await fetch(url, { method: 'POST', headers, body });
        acknowledged.push(((await answer.json()) as { id: number }).id);
      } catch {
        return;
      }
    }
  };
  const workers = Array.from({ length: 8 }, (_, worker) => create(worker));
  while (acknowledged.length < 200) {
    await wait(5);
  }
  served.child.kill('SIGKILL');
  isKilled = true;
  await Promise.all(workers);
  const again = await serve(args);
  const list = await get(again.ready, '/organization?filters[search]=%25worker&limit=1000');
  const { organizations, page } = (await list.json()) as {
    organizations: { id: number }[];
    page: { total: number };
  };
  const ids = new Set(organizations.map(({ id }) => id));
  assert.deepEqual(
    acknowledged.filter((id) => !ids.has(id)),
    [],
  );
  assert.equal(page.total, organizations.length);
  for (const id of ids) {
    const text = await (await get(again.ready, `/organization/${id}`)).text();
    assert.match(
      text,
      /"organization_contact":.*"status":"pending"|"status":"pending".*"organization_contact":/,
    );
  }
  await again.stop('SIGINT');
});

test('an operator sets the settings of an account', async () => {
  const registry = await newRegistry();
  const served = await serve(['--seed', 'demo', ...registry, '--port', '0']);
  await served.stop('SIGINT');
  const change = start(['account-settings', '1', '--duplicate-policy', 'reuse', ...registry]);
  assert.equal(await change.exit, 0, change.output());
  const list = start(['accounts', ...registry]);
  assert.equal(await list.exit, 0);
  assert.match(list.output(), /^1\ttest\tduplicate_policy=reuse/m);
  const nobody = start(['account-settings', '77', '--duplicate-policy', 'reuse', ...registry]);
  assert.equal(await nobody.exit, 1);
});

test('the ready file is for its owner only', async () => {
  const served = await serve(['--seed', 'demo', ...(await newRegistry()), '--port', '0']);
  assert.equal(statSync(join(directory, `ready-${serial}.json`)).mode & 0o777, 0o600);
  await served.stop('SIGINT');
});
