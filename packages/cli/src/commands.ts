/**
 * The commands. A person's talk to a server through the client; an operator's (serve, accounts) call the
 * server's public entry on this machine.
 */

import { createClient } from '@orgvet/client';
import type { OrganizationListQuery } from '@orgvet/contract';
import {
  describeLocation,
  listRegistryAccounts,
  parseServeSettings,
  SERVE_OPTIONS,
  SettingsError,
  serve,
  setDuplicatePolicy,
  VERSION,
} from '@orgvet/server';
import { copy } from './copy.ts';
import { importOrganizations } from './import.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Print = (line: string) => void;

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly help: string;
  run(args: readonly string[], environment: Environment, print: Print): Promise<void>;
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'serve',
    usage: 'serve [options]',
    help: 'run the server',
    run: async (args, environment, print) =>
      await serve(parseServeSettings(args, environment), print),
  },
  {
    name: 'accounts',
    usage: 'accounts [--data DIR | --database URL]',
    help: 'list the accounts of a registry with their settings',
    run: async (args, environment, print) => {
      const { database } = parseServeSettings(args, environment);
      for (const account of await listRegistryAccounts(database)) {
        const { id, mode, duplicate_policy, name } = account;
        print(`${id}\t${mode}\tduplicate_policy=${duplicate_policy}\t${name}`);
      }
    },
  },
  {
    name: 'duplicate-policy',
    usage: 'duplicate-policy ACCOUNT error|reuse [--data DIR | --database URL]',
    help: 'what a create does that matches an existing organization',
    run: changePolicy,
  },
  {
    name: 'copy',
    usage: 'copy --from DIR|URL --to DIR|URL',
    help: 'copy a registry into another database that is empty, or go on with such a copy',
    run: copy,
  },
  {
    name: 'import',
    usage: 'import FILE --account ID [options]',
    help: 'create organizations from a CSV or JSON lines file; --dry-run only looks',
    run: importOrganizations,
  },
  {
    name: 'organizations',
    usage: 'organizations [SEARCH]',
    help: 'list organizations of the server at ORGVET_URL with the key in ORGVET_API_KEY',
    run: listOrganizations,
  },
  {
    name: 'version',
    usage: 'version',
    help: 'print the version',
    run: async (_args, _environment, print) => print(VERSION),
  },
];

export function renderHelp(): string {
  const commands = COMMANDS.map(({ usage, help }) => `  orgvet ${usage}\n      ${help}`);
  const options = SERVE_OPTIONS.map(
    ({ option, variable, default: fallback, help }) =>
      `  --${option.padEnd(20)} ${variable.padEnd(27)} ${help}${fallback && ` (${fallback})`}`,
  );
  return [
    'Usage:',
    ...commands,
    '',
    'Options of serve, or environment variables:',
    ...options,
  ].join('\n');
}

async function changePolicy(
  args: readonly string[],
  environment: Environment,
  print: Print,
): Promise<void> {
  const [account = '', policy = '', ...rest] = args;
  if (!/^\d{1,15}$/.test(account) || (policy !== 'error' && policy !== 'reuse')) {
    throw new SettingsError(
      'Usage: orgvet duplicate-policy ACCOUNT error|reuse [--data DIR | --database URL]',
    );
  }
  const { database } = parseServeSettings(rest, environment);
  if (!(await setDuplicatePolicy(database, Number(account), policy))) {
    throw new Error(`There is no account ${account} in ${describeLocation(database)}.`);
  }
  print(`Account ${account}: duplicate_policy is ${policy}.`);
}

async function listOrganizations(
  [search]: readonly string[],
  environment: Environment,
  print: Print,
): Promise<void> {
  const { ORGVET_URL: base_url, ORGVET_API_KEY: api_key } = environment;
  if (!base_url || !api_key) {
    throw new SettingsError(
      'Set ORGVET_URL to the base URL that the server prints, and ORGVET_API_KEY to a key.',
    );
  }
  const client = createClient({ base_url, api_key });
  const query: OrganizationListQuery = {
    sort: 'name',
    ...(search !== undefined && { 'filters[search]': `%${search}` }),
  };
  const { organizations, page } = await client.call('listOrganizations', { query });
  for (const { id, status, country, display_name } of organizations) {
    print(`${id}\t${status}\t${country}\t${display_name}`);
  }
  print(`${organizations.length} of ${page.total}`);
}
