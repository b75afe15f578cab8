/** Every setting of the server: by its option, by its environment variable, and by default. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { parseServeSettings, SERVE_OPTIONS, SettingsError } from '../src/settings.ts';

const GIVEN = {
  host: '0.0.0.0',
  port: '9000',
  data: '/tmp/somewhere',
  seed: 'demo',
  'ready-file': '/tmp/ready.json',
  'log-level': 'debug',
};

const PARSED = {
  host: '0.0.0.0',
  port: 9000,
  data: '/tmp/somewhere',
  seed: 'demo',
  ready_file: '/tmp/ready.json',
  log_level: 'debug',
};

const OTHER = { ...GIVEN, host: '::1', port: '1', seed: 'none', 'log-level': 'fatal' };

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
    data: resolve('orgvet-data'),
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
  ] as const) {
    const parse = () => parseServeSettings(args, environment);
    assert.throws(parse, (error) => error instanceof SettingsError && message.test(error.message));
  }
});
