/** Every setting of the server: by its option, by its environment variable, and by default. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import {
  describeLocation,
  parseServeSettings,
  SERVE_OPTIONS,
  SettingsError,
} from '../src/settings.ts';

const GIVEN = {
  host: '0.0.0.0',
  port: '9000',
  data: '',
  database: 'postgres://orgvet:secret@db.example.com:5433/registry',
  'database-connections': '25',
  'prepared-statements': 'off',
  seed: 'demo',
  'ready-file': '/tmp/ready.json',
  'log-level': 'debug',
};

const PARSED = {
  host: '0.0.0.0',
  port: 9000,
  database: {
    kind: 'postgres',
    url: 'postgres://orgvet:secret@db.example.com:5433/registry',
    connections: 25,
    prepares: false,
  },
  seed: 'demo',
  ready_file: '/tmp/ready.json',
  log_level: 'debug',
};

const OTHER = {
  ...GIVEN,
  host: '::1',
  port: '1',
  database: 'postgres://elsewhere/other',
  'database-connections': '3',
  'prepared-statements': 'on',
  seed: 'none',
  'log-level': 'fatal',
};

const optionsOf = (values: typeof GIVEN) =>
  Object.entries(values).flatMap(([option, value]) => [`--${option}`, value]);

const variablesOf = (values: typeof GIVEN) =>
  Object.fromEntries(
    SERVE_OPTIONS.map(({ option, variable }) => [variable, values[option]] as const),
  );

test('every setting can be given by its option', () => {
  assert.deepEqual(parseServeSettings(optionsOf(GIVEN), {}), PARSED);
});

test('every setting can be given by its environment variable', () => {
  assert.deepEqual(parseServeSettings([], variablesOf(GIVEN)), PARSED);
});

test('an option wins over its variable, and a later option over an earlier one', () => {
  assert.deepEqual(parseServeSettings(optionsOf(GIVEN), variablesOf(OTHER)), PARSED);
  const twice = [...optionsOf(OTHER), ...optionsOf(GIVEN)];
  assert.deepEqual(parseServeSettings(twice, {}), PARSED);
});

test('without anything the server is on this machine only, and no demo', () => {
  const expected = {
    host: '127.0.0.1',
    port: 8080,
    database: { kind: 'sqlite', directory: resolve('orgvet-data') },
    seed: 'none',
    log_level: 'warn',
  };
  assert.deepEqual(parseServeSettings([], {}), expected);
  assert.deepEqual(parseServeSettings([], { ORGVET_PORT: '', ORGVET_SEED: '' }), expected);
});

test('a wrong value is refused by the name of its option, wherever it was given', () => {
  for (const [args, environment, message] of [
    [['--port', '70000'], {}, /--port/],
    [[], { ORGVET_PORT: 'eighty' }, /--port/],
    [['--seed', 'big'], {}, /--seed/],
    [[], { ORGVET_LOG_LEVEL: 'loud' }, /--log-level/],
    [['--unknown'], {}, /--unknown/],
    [['stray'], {}, /stray/],
    [['--database', 'mysql://db/x'], {}, /postgres:\/\//],
    [['--database', 'postgres://db'], {}, /DATABASE/],
    [['--database-connections', '2'], {}, /--database-connections/],
    [[], { ORGVET_PREPARED_STATEMENTS: 'maybe' }, /--prepared-statements/],
    [['--data', 'x', '--database', 'postgres://db/x'], {}, /not both/],
    [[], { ORGVET_DATA: 'x', ORGVET_DATABASE: 'postgres://db/x' }, /not both/],
  ] as const) {
    const parse = () => parseServeSettings(args, environment);
    assert.throws(parse, (error) => error instanceof SettingsError && message.test(error.message));
  }
});

test('where the registry is comes from the command line alone, if that names any place', () => {
  const environment = { ORGVET_DATA: '/x', ORGVET_DATABASE: 'postgres://db/x' };
  const { database } = parseServeSettings(['--data', '/y'], environment);
  assert.deepEqual(database, { kind: 'sqlite', directory: '/y' });
  const other = parseServeSettings(['--database', 'postgres://db/y'], environment);
  assert.equal(other.database.kind === 'postgres' && other.database.url, 'postgres://db/y');
});

test('what a person is shown of a database has no password', () => {
  const { database } = parseServeSettings(optionsOf(GIVEN), {});
  const shown = describeLocation(database);
  assert.equal(shown, 'postgres://orgvet@db.example.com:5433/registry');
});
