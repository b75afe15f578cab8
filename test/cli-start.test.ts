/** What commands load: each waits only for the libraries that it needs. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../packages/cli/src/main.ts', import.meta.url));

/** Loaded before the command: tells at its end, on a descriptor of its own, which packages were loaded. */
const RECORDER = `
import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';
const names = new Set();
registerHooks({
  load(url, context, next) {
    const [, name] = /.*\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url) ?? [];
    if (name !== undefined) names.add(name);
    return next(url, context);
  },
});
process.on('exit', () => writeSync(3, JSON.stringify([...names].sort())));
`;
const OPTIONS = ['--import', `data:text/javascript,${encodeURIComponent(RECORDER)}`];

/** The libraries that a command has loaded when it ends. */
function listLoaded(...args: string[]): readonly string[] {
  const { output } = spawnSync(process.execPath, [...OPTIONS, CLI, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ORGVET_KEY: 'orgvet_key' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  return JSON.parse(output[3] ?? '');
}

/** `fetch` asks nobody at this port. */
const NOBODY = ['--url', 'http://127.0.0.1:1'];
const NO_FILE = '/nowhere/file';
const NO_REGISTRY = ['--data', '/nowhere'];

test('what asks nobody loads neither a schema nor a database', () => {
  for (const line of [
    'version',
    'help',
    'org --help',
    'completion bash',
    'org lsit',
    'org list --limit x',
    'accounts --database mysql://db/orgvet',
  ]) {
    assert.deepEqual(listLoaded(...line.split(' ')), ['validator'], line);
  }
});

test('what asks a server loads the contract, and no database', () => {
  assert.deepEqual(listLoaded('org', 'list', ...NOBODY), ['typebox', 'validator']);
});

test('what works on files alone loads no database and no server', () => {
  for (const args of [
    ['audit', 'verify', NO_FILE],
    ['bundle', 'check', NO_FILE],
    ['org', 'import', NO_FILE, ...NOBODY],
    ['rules', 'show'],
  ]) {
    const loaded = listLoaded(...args);
    assert.ok(loaded.includes('typebox'), args.join(' '));
    for (const name of ['fastify', 'kysely', 'pg']) {
      assert.ok(!loaded.includes(name), `${args.join(' ')} loads ${name}`);
    }
  }
});

test('what works beside a server loads the database, and nothing of HTTP', () => {
  const loaded = listLoaded('accounts', ...NO_REGISTRY);
  assert.ok(loaded.includes('kysely'));
  for (const name of ['@fastify/static', 'fastify', 'pino', 'prom-client']) {
    assert.ok(!loaded.includes(name), name);
  }
});

test('a server loads it all', () => {
  const loaded = listLoaded('serve', '--rules', NO_FILE, ...NO_REGISTRY);
  assert.ok(loaded.includes('fastify') && loaded.includes('kysely'));
});
