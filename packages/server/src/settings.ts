/** What the server is told at its start: options of the command line, then environment, then defaults. */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { RateLimit } from './domain/rate-limit.ts';
import type { RequestSettings } from './http/server.ts';
import { type MailSettings, parseMailSettings } from './mail-settings.ts';
import { type OpenIdSettings, parseOpenIdSettings } from './openid-settings.ts';
import { SettingsError } from './settings-error.ts';

export { SettingsError } from './settings-error.ts';

export interface ServeSettings extends RequestSettings, MailSettings {
  readonly host: string;
  readonly port: number;
  readonly database: DatabaseLocation;
  readonly seed: 'none' | 'demo';
  /** Through whom people may sign in as well. */
  readonly openid?: OpenIdSettings;
  /** Files of rule packs and policies that are in force beside what Orgvet comes with; absolute. */
  readonly rule_files?: readonly string[];
  /** Where to write what the server is reachable by, once it is. */
  readonly ready_file?: string;
  readonly log_level: string;
}

/** Where a registry is kept. */
export type DatabaseLocation =
  | { readonly kind: 'sqlite' /** The data directory, absolute. */; readonly directory: string }
  | ({ readonly kind: 'postgres' } & PostgresLocation);

interface PostgresLocation {
  readonly url: string;
  /** At most. */
  readonly connections: number;
  /** Off for a pooler that hands every transaction another connection. */
  readonly prepares: boolean;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Each setting: its option, its environment variable, its default, and what it is, for the help. */
export const SERVE_OPTIONS = [
  { option: 'host', variable: 'ORGVET_HOST', default: '127.0.0.1', help: 'address to listen on' },
  {
    option: 'port',
    variable: 'ORGVET_PORT',
    default: '8080',
    help: 'port to listen on, 0 for a free one',
  },
  {
    option: 'data',
    variable: 'ORGVET_DATA',
    default: 'orgvet-data',
    help: 'directory of the embedded database',
  },
  {
    option: 'database',
    variable: 'ORGVET_DATABASE',
    default: '',
    help: 'postgres://… of a PostgreSQL database, instead of --data',
  },
  {
    option: 'database-connections',
    variable: 'ORGVET_DATABASE_CONNECTIONS',
    default: '10',
    help: 'connections to PostgreSQL at most',
  },
  {
    option: 'prepared-statements',
    variable: 'ORGVET_PREPARED_STATEMENTS',
    default: 'on',
    help: 'on, or off behind a pooler in transaction mode',
  },
  {
    option: 'rate-limits',
    variable: 'ORGVET_RATE_LIMITS',
    default: '100/5,1000/180',
    help: 'requests/seconds that a key may send, or off',
  },
  {
    option: 'rate-limit-test-accounts',
    variable: 'ORGVET_RATE_LIMIT_TEST_ACCOUNTS',
    default: 'off',
    help: 'on to limit test accounts too',
  },
  {
    option: 'trusted-proxies',
    variable: 'ORGVET_TRUSTED_PROXIES',
    default: '',
    help: 'addresses or ranges of proxies whose X-Forwarded-For is believed',
  },
  {
    option: 'public-url',
    variable: 'ORGVET_PUBLIC_URL',
    default: '',
    help: 'http(s)://… where people reach the server, for links in mail',
  },
  {
    option: 'mail-from',
    variable: 'ORGVET_MAIL_FROM',
    default: '',
    help: 'address that mail is from, with or without a name',
  },
  {
    option: 'smtp',
    variable: 'ORGVET_SMTP',
    default: '',
    help: 'smtp://… or smtps://… of the server that takes mail; its password may be in ORGVET_SMTP_PASSWORD',
  },
  {
    option: 'openid-issuer',
    variable: 'ORGVET_OPENID_ISSUER',
    default: '',
    help: 'https://… of an OpenID provider to sign in through; its secret in ORGVET_OPENID_CLIENT_SECRET',
  },
  {
    option: 'openid-client-id',
    variable: 'ORGVET_OPENID_CLIENT_ID',
    default: '',
    help: 'what the provider knows Orgvet as',
  },
  {
    option: 'openid-name',
    variable: 'ORGVET_OPENID_NAME',
    default: '',
    help: 'what people call the provider; its host unless given',
  },
  {
    option: 'rules',
    variable: 'ORGVET_RULES',
    default: '',
    help: 'file of a rule pack or policy; may be given more than once, or several with commas between',
  },
  { option: 'seed', variable: 'ORGVET_SEED', default: 'none', help: 'none, or demo for demo data' },
  {
    option: 'ready-file',
    variable: 'ORGVET_READY_FILE',
    default: '',
    help: 'file to write when ready',
  },
  {
    option: 'log-level',
    variable: 'ORGVET_LOG_LEVEL',
    default: 'warn',
    help: LOG_LEVELS.join(', '),
  },
] as const;

/**
 * @param args the command line behind `serve`
 * @throws SettingsError
 */
export function parseServeSettings(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ServeSettings {
  const given = parseOptions(
    args,
    SERVE_OPTIONS.map(({ option }) => option),
  );
  const values = readValues(given, environment);
  const ready_file = values['ready-file'];
  return {
    host: values.host,
    port: parsePort(values.port),
    database: parseDatabase(given, environment, values),
    rate_limits: parseRateLimits(values['rate-limits']),
    rate_limit_test_accounts: parseSwitch(
      '--rate-limit-test-accounts',
      values['rate-limit-test-accounts'],
    ),
    trusted_proxies: parseProxies(values['trusted-proxies']),
    ...parseMailSettings(values, environment.ORGVET_SMTP_PASSWORD),
    ...parseOpenIdSettings(values, environment.ORGVET_OPENID_CLIENT_SECRET),
    ...(values.rules !== '' && { rule_files: parseFiles(values.rules) }),
    seed: parseWord('--seed', values.seed, ['none', 'demo']) as ServeSettings['seed'],
    log_level: parseWord('--log-level', values['log-level'], LOG_LEVELS),
    ...(ready_file !== '' && { ready_file: resolve(ready_file) }),
  };
}

type Values = Readonly<Record<(typeof SERVE_OPTIONS)[number]['option'], string>>;
export type Given = Readonly<Record<string, string | undefined>>;

/** Every setting's value: what the command line gives, or the environment, or the default. */
export function readValues(given: Given, environment: Given): Values {
  return Object.fromEntries(
    SERVE_OPTIONS.map(({ option, variable, default: fallback }) => [
      option,
      given[option] ?? (environment[variable] || fallback),
    ]),
  ) as Values;
}

/** One place for the registry: what the command line names goes before what the environment names. */
export function parseDatabase(given: Given, environment: Given, values: Values): DatabaseLocation {
  const inCommand = { data: given.data, database: given.database };
  const isInCommand = inCommand.data !== undefined || inCommand.database !== undefined;
  const { data, database } = isInCommand
    ? inCommand
    : { data: environment.ORGVET_DATA, database: environment.ORGVET_DATABASE };
  if (data && database) {
    throw new SettingsError(
      'A registry is kept in one place: give --data DIR for the embedded database, or ' +
        '--database postgres://… for PostgreSQL, not both.',
    );
  }
  const location: DatabaseLocation = database
    ? parseLocation(database)
    : { kind: 'sqlite', directory: resolve(data || values.data) };
  return withPool(location, values);
}

/** A location with how connections to it are used, where there are any. */
function withPool(
  location: DatabaseLocation,
  values: Pick<Values, 'database-connections' | 'prepared-statements'>,
): DatabaseLocation {
  const connections = parseCount('--database-connections', values['database-connections']);
  const prepares = parseSwitch('--prepared-statements', values['prepared-statements']);
  return location.kind === 'sqlite' ? location : { ...location, connections, prepares };
}

/** Where a registry is copied from, and where to. */
export interface CopySettings {
  readonly from: DatabaseLocation;
  readonly to: DatabaseLocation;
}

/**
 * @param args the command line behind `copy`
 * @throws SettingsError
 */
export function parseCopySettings(args: readonly string[], environment: Given): CopySettings {
  const given = parseOptions(args, ['from', 'to', 'database-connections', 'prepared-statements']);
  if (!given.from || !given.to) {
    throw new SettingsError(
      'Give --from and --to: each a directory of the embedded database, or postgres://… of a ' +
        'PostgreSQL database.',
    );
  }
  const values = readValues(given, environment);
  return {
    from: withPool(parseLocation(given.from), values),
    to: withPool(parseLocation(given.to), values),
  };
}

/**
 * Reads where a registry is kept: a directory, or the URL of a PostgreSQL database.
 *
 * @throws SettingsError for a URL of something else
 */
function parseLocation(text: string): DatabaseLocation {
  if (!/^\w{2,}:\/\//.test(text)) {
    return { kind: 'sqlite', directory: resolve(text) };
  }
  const isPostgres = /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);
  if (!isPostgres || new URL(text).pathname.length < 2) {
    throw new SettingsError(
      'A database must be given as postgres://USER@HOST:PORT/DATABASE, with a password behind ' +
        'USER: or in PGPASSWORD.',
    );
  }
  return { kind: 'postgres', url: text, connections: 10, prepares: true };
}

/** Where a registry is kept, for a person: without a password. */
export function describeLocation(location: DatabaseLocation): string {
  if (location.kind === 'sqlite') {
    return location.directory;
  }
  const { protocol, username, host, pathname } = new URL(location.url);
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
}

/** An option that is given several times is as one with commas between its values, if it may be a list. */
export function parseOptions(args: readonly string[], names: readonly string[]): Given {
  const options = Object.fromEntries(
    names.map((name) => [name, { type: 'string' as const, multiple: name === 'rules' }]),
  );
  try {
    const { values } = parseArgs({ args: [...args], options });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    throw new SettingsError((error as Error).message);
  }
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) {
    throw new SettingsError(`--port must be a number from 0 to 65535, not ${text}.`);
  }
  return port;
}

export function parseId(option: string, text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) {
    throw new SettingsError(`${option} must be the number of one, not ${text}.`);
  }
  return Number(text);
}

function parseCount(option: string, text: string): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count < 3) {
    throw new SettingsError(`${option} must be a number from 3 to 9999, not ${text}.`);
  }
  return count;
}

export function parseWord(option: string, word: string, words: readonly string[]): string {
  if (!words.includes(word)) {
    throw new SettingsError(`${option} must be one of ${words.join(', ')}, not ${word}.`);
  }
  return word;
}

function parseSwitch(option: string, word: string): boolean {
  return parseWord(option, word, ['on', 'off']) === 'on';
}

/** Each file once, absolute, in the order given. */
function parseFiles(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== '').map((name) => resolve(name)))];
}

const RATE_LIMITS_MAX = 5;
/** So much is remembered of each key, so it has a bound. */
const LIMITED_REQUESTS_MAX = 10_000;
const WINDOW_MAX_S = 86_400;

function parseRateLimits(text: string): RateLimit[] {
  const parts = text === 'off' ? [] : text.split(',').map((part) => part.trim());
  const limits = parts.map((part) => {
    const [, requests, window_s] = /^(\d{1,5})\/(\d{1,5})$/.exec(part) ?? [];
    return { requests: Number(requests), window_ms: Number(window_s) * 1000 };
  });
  const isRight = limits.every(
    ({ requests, window_ms }) =>
      isWithin(requests, LIMITED_REQUESTS_MAX) && isWithin(window_ms, WINDOW_MAX_S * 1000),
  );
  if (!isRight || limits.length > RATE_LIMITS_MAX) {
    throw new SettingsError(
      '--rate-limits must be requests/seconds, as 100/5,1000/180, or off. It has up to ' +
        `${RATE_LIMITS_MAX} windows of up to ${LIMITED_REQUESTS_MAX} requests in up to ` +
        `${WINDOW_MAX_S} seconds, and is not ${text}.`,
    );
  }
  return limits;
}

function isWithin(number: number, max: number): boolean {
  return number >= 1 && number <= max;
}

/** Addresses, and ranges as ADDRESS/BITS; stricter than what Fastify takes, so that none fails there. */
function parseProxies(text: string): string[] {
  const proxies = text === '' ? [] : text.split(',').map((part) => part.trim());
  for (const proxy of proxies) {
    const [, address = '', bits] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(proxy) ?? [];
    const kind = isIP(address);
    const bits_max = kind === 4 ? 32 : 128;
    if (kind === 0 || (bits !== undefined && !isWithin(Number(bits), bits_max))) {
      throw new SettingsError(
        '--trusted-proxies must be addresses or ranges of them, as 10.0.0.5,192.168.0.0/16, ' +
          `not ${proxy}.`,
      );
    }
  }
  return proxies;
}
