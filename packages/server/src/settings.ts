/** What the server is told at its start: options of the command line, then environment, then defaults. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface ServeSettings {
  readonly host: string;
  readonly port: number;
  /** The data directory, absolute. */
  readonly data: string;
  readonly seed: 'none' | 'demo';
  /** Where to write what the server is reachable by, once it is. */
  readonly ready_file?: string;
  readonly log_level: string;
}

/** The start was asked for in a way that cannot be; the message says what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
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
    help: 'directory of the database',
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
  const given = parseOptions(args);
  const values = Object.fromEntries(
    SERVE_OPTIONS.map(({ option, variable, default: fallback }) => [
      option,
      given[option] ?? (environment[variable] || fallback),
    ]),
  ) as Record<(typeof SERVE_OPTIONS)[number]['option'], string>;
  const ready_file = values['ready-file'];
  return {
    host: values.host,
    port: parsePort(values.port),
    data: resolve(values.data),
    seed: parseWord('--seed', values.seed, ['none', 'demo']) as ServeSettings['seed'],
    log_level: parseWord('--log-level', values['log-level'], LOG_LEVELS),
    ...(ready_file !== '' && { ready_file: resolve(ready_file) }),
  };
}

function parseOptions(args: readonly string[]): Readonly<Record<string, string | undefined>> {
  const options = Object.fromEntries(
    SERVE_OPTIONS.map(({ option }) => [option, { type: 'string' as const }]),
  );
  try {
    return parseArgs({ args: [...args], options }).values;
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

function parseWord(option: string, word: string, words: readonly string[]): string {
  if (!words.includes(word)) {
    throw new SettingsError(`${option} must be one of ${words.join(', ')}, not ${word}.`);
  }
  return word;
}
