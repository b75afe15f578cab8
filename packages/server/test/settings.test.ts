/** Every setting of the server: by its option, by its environment variable, and by default. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import fastify from 'fastify';
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
  'rate-limits': '10/1, 50/60',
  'rate-limit-test-accounts': 'on',
  'trusted-proxies': '10.0.0.5, 192.168.0.0/16,2001:db8::/32',
  'public-url': 'https://orgvet.example.com/',
  'mail-from': 'Orgvet <orgvet@example.com>',
  smtp: 'smtp://mailer:secret@mail.example.com:2525?requireTLS=true',
  rules: '/etc/orgvet/pack.json, /etc/orgvet/policy.json,/etc/orgvet/pack.json',
  'openid-issuer': 'https://login.example.com/realm',
  'openid-client-id': 'orgvet',
  'openid-name': 'Example login',
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
  rate_limits: [
    { requests: 10, window_ms: 1000 },
    { requests: 50, window_ms: 60_000 },
  ],
  rate_limit_test_accounts: true,
  trusted_proxies: ['10.0.0.5', '192.168.0.0/16', '2001:db8::/32'],
  public_url: 'https://orgvet.example.com',
  mail_sender: 'Orgvet <orgvet@example.com>',
  smtp_url: 'smtp://mailer:secret@mail.example.com:2525?requireTLS=true',
  openid: {
    issuer: 'https://login.example.com/realm',
    client_id: 'orgvet',
    name: 'Example login',
  },
  rule_files: ['/etc/orgvet/pack.json', '/etc/orgvet/policy.json'],
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
  'rate-limits': 'off',
  'rate-limit-test-accounts': 'off',
  'trusted-proxies': '::1',
  'public-url': 'http://localhost:9000',
  'mail-from': 'other@example.com',
  smtp: 'smtps://mail.example.net',
  'openid-issuer': 'http://localhost:3000',
  'openid-client-id': 'other',
  'openid-name': 'Other',
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

test('files of rules that are given one by one are all taken', () => {
  const { rule_files } = parseServeSettings(['--rules', '/a.json', '--rules=/b.json'], {
    ORGVET_RULES: '/c.json',
  });
  assert.deepEqual(rule_files, ['/a.json', '/b.json']);
});

test('without anything the server is on this machine only, limited as documented, and no demo', () => {
  const expected = {
    host: '127.0.0.1',
    port: 8080,
    database: { kind: 'sqlite', directory: resolve('orgvet-data') },
    rate_limits: [
      { requests: 100, window_ms: 5000 },
      { requests: 1000, window_ms: 180_000 },
    ],
    rate_limit_test_accounts: false,
    trusted_proxies: [],
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
    [['--rate-limits', 'none'], {}, /--rate-limits .*100\/5/],
    [[], { ORGVET_RATE_LIMITS: '100' }, /--rate-limits .*100\/5/],
    [
      ['--rate-limit-test-accounts', 'yes'],
      {},
      /--rate-limit-test-accounts must be one of on, off/,
    ],
    [['--trusted-proxies', 'proxy.example.com'], {}, /--trusted-proxies .*proxy\.example\.com/],
    [[], { ORGVET_TRUSTED_PROXIES: '10.0.0.0/33' }, /--trusted-proxies .*10\.0\.0\.0\/33/],
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

test('rate limits are up to five windows, or off', () => {
  const parse = (text: string) => parseServeSettings(['--rate-limits', text], {}).rate_limits;
  assert.deepEqual(parse('off'), []);
  assert.deepEqual(parse('10000/86400'), [{ requests: 10_000, window_ms: 86_400_000 }]);
  assert.equal(parse('1/1,2/2,3/3,4/4,5/5').length, 5);
  const tooMany = '1/1,2/2,3/3,4/4,5/5,6/6';
  const outOfBounds = ['0/5', '5/0', '10001/5', '5/86401'];
  for (const text of [tooMany, ...outOfBounds, '100/5,', '1.5/5', '-1/5', '100/5/5', '5 / 5']) {
    assert.throws(() => parse(text), SettingsError, text);
  }
});

test('trusted proxies are addresses and ranges that the HTTP server takes, and nothing else', async () => {
  const parse = (text: string) =>
    parseServeSettings(['--trusted-proxies', text], {}).trusted_proxies;
  const right = ['10.0.0.5', '10.0.0.0/1', '10.0.0.5/32', '::1', 'fc00::/7', '::1/128'];
  const mapped = ['::ffff:10.0.0.5', '::ffff:10.0.0.0/104'];
  const trustProxy = parse([...right, ...mapped].join(','));
  assert.deepEqual(trustProxy, [...right, ...mapped]);
  assert.doesNotThrow(() => fastify({ trustProxy }));
  const wrongRanges = [
    '10.0.0.0/0',
    '10.0.0.0/33',
    '::/0',
    '::1/129',
    '10.0.0.0/255.0.0.0',
    '::1/',
  ];
  for (const text of [...wrongRanges, '10.0.0', 'loopback', 'true', '1', 'fe80::1%eth0', '::1,']) {
    assert.throws(() => parse(text), SettingsError, text);
  }
});
