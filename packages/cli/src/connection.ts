/**
 * Which registry a command works on: a server's, by its URL and a key, or one beside it, as its operator.
 * The commands see the same operations either way.
 */
import { readFileSync } from 'node:fs';
import type { Client } from '@orgvet/client';
import { BASE_PATH } from '@orgvet/contract/words';
import { type Call, type OptionSpecs, type OptionValues, UsageError } from './command.ts';
import { DATABASE_OPTIONS, RULES_OPTION, readLocation, ruleFilesOf } from './serve-options.ts';

export const CONNECTION_OPTIONS = {
  url: { kind: 'text', value: 'URL', help: 'the server, or ORGVET_URL' },
  'key-file': { kind: 'file', help: 'file that holds the key, or the key itself in ORGVET_KEY' },
  account: { kind: 'id', help: 'for a registry on this machine, without a server: the account' },
  ...DATABASE_OPTIONS,
  ...RULES_OPTION,
} as const satisfies OptionSpecs;

/** What commands call; files are sent by none. */
export type Api = Omit<Client, 'sendFile'>;

type ConnectionOptions = OptionValues<typeof CONNECTION_OPTIONS>;
type Environment = Call['io']['environment'];

/** Works with the registry that a command line or the environment names. */
export async function withApi<Result>(
  { options, io }: Pick<Call<ConnectionOptions>, 'options' | 'io'>,
  work: (api: Api) => Promise<Result>,
): Promise<Result> {
  const { account } = options;
  const isRemote = options.url !== undefined || options['key-file'] !== undefined;
  if (isBeside(options) && isRemote) {
    throw new UsageError(
      'Give --url and a key for a server, or --account with --data or --database for a registry ' +
        'on this machine, not both.',
    );
  }
  if (!isBeside(options)) {
    const server = readServer(options, io.environment);
    const { createClient } = await import('@orgvet/client');
    return await work(createClient(server));
  }
  if (account === undefined) {
    throw new UsageError(
      'Say which account with --account ID; orgvet accounts lists those of a registry.',
    );
  }
  const location = readLocation(options, io);
  const rule_files = ruleFilesOf(options, io);
  const { withOperatorApi } = await import('@orgvet/server');
  return await withOperatorApi(location, account, work, rule_files);
}

/** Whether a command line names a registry on this machine, and no server. */
export function isBeside({ account, data, database }: ConnectionOptions): boolean {
  return account !== undefined || data !== undefined || database !== undefined;
}

function readServer(options: ConnectionOptions, environment: Environment) {
  const url = options.url ?? environment.ORGVET_URL;
  if (!url) {
    throw new UsageError(
      'Say which registry: --url URL (or ORGVET_URL) of a server, with a key in --key-file FILE or ' +
        'ORGVET_KEY, or --account ID with --data DIR or --database URL.',
    );
  }
  return { base_url: readUrl(url), api_key: readKey(options['key-file'], environment) };
}

/** The base URL that the server prints, or only what stands before its path. */
function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username || url.search) {
    throw new UsageError(`--url must be http://HOST:PORT or https://HOST, not ${text}.`);
  }
  return url.pathname === '/' ? `${url.origin}${BASE_PATH}` : `${url.origin}${url.pathname}`;
}

function readKey(file: string | undefined, environment: Environment): string {
  const text = file === undefined ? environment.ORGVET_KEY : readFileSync(file, 'utf8');
  const key = text?.trim();
  if (!key) {
    throw new UsageError(
      file === undefined
        ? 'Give a key: in a file named by --key-file FILE, or in ORGVET_KEY.'
        : `${file} is empty; it must hold a key.`,
    );
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    // Not repeated: it may be a key with something behind it.
    throw new UsageError(`${file ?? 'ORGVET_KEY'} must hold a key on one line, and nothing else.`);
  }
  return key;
}
