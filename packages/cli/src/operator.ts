/** The operator's commands: they run the server, or work on its database without one. */
import type { listRegistryAccounts } from '@orgvet/server';
import { describeLocation, parseServeSettings, VERSION } from '@orgvet/server/light';
import { appoint } from './appoint.ts';
import { backup } from './backup.ts';
import {
  type ArgumentSpec,
  type Call,
  type Command,
  defineCommand,
  type OptionSpecs,
} from './command.ts';
import { copy } from './copy.ts';
import { importBeside } from './import.ts';
import { printLine } from './output.ts';
import {
  ALL_SERVE_OPTIONS,
  DATABASE_OPTIONS,
  POOL_OPTIONS,
  readLocation,
} from './serve-options.ts';
import { signInLink } from './sign-in-link.ts';
import { makeSafe } from './width.ts';

const printTo =
  ({ io }: Pick<Call, 'io'>) =>
  (line: string) =>
    printLine(io, line);

const serveCommand = defineCommand({
  name: 'serve',
  help: 'run the server',
  example: 'orgvet serve --data /var/lib/orgvet --port 8080',
  reads_itself: true,
  options: ALL_SERVE_OPTIONS,
  run: async (call) => {
    const settings = parseServeSettings(call.raw, call.io.environment);
    const { serve } = await import('@orgvet/server');
    await serve(settings, printTo(call));
  },
});

const accounts = defineCommand({
  name: 'accounts',
  help: 'list the accounts of a registry with their settings',
  example: 'orgvet accounts --data /var/lib/orgvet',
  options: DATABASE_OPTIONS,
  async run({ options, io }) {
    const database = readLocation(options, io);
    const { listRegistryAccounts } = await import('@orgvet/server');
    for (const account of await listRegistryAccounts(database)) {
      printLine(io, describeAccount(account));
    }
  },
});

const accountSettings = defineCommand({
  name: 'account-settings',
  help: 'change settings of an account',
  example: 'orgvet account-settings 1 --duplicate-policy reuse --data /var/lib/orgvet',
  notes: 'What is not given stays. `orgvet accounts` shows the settings.',
  arguments: [{ name: 'ACCOUNT', kind: 'id', help: 'the account' }],
  options: {
    'duplicate-policy': {
      kind: 'word',
      words: ['error', 'reuse'],
      help: 'what a create does that matches an existing organization',
    },
    'non-user-verified-contacts': {
      kind: 'word',
      words: ['on', 'off'],
      help: 'whether people who are no users may be named as verified contacts',
    },
    'reminder-days': {
      kind: 'numbers',
      help: 'so many days before a validation ends its organization is reminded; -7: after it',
    },
    ...DATABASE_OPTIONS,
  },
  async run({ options, io, arguments: { ACCOUNT } }) {
    const database = readLocation(options, io);
    const policy = options['duplicate-policy'];
    const nonUsers = options['non-user-verified-contacts'];
    const reminder_days = options['reminder-days'];
    const { changeAccountSettings, listRegistryAccounts } = await import('@orgvet/server');
    const isChanged = await changeAccountSettings(database, ACCOUNT, {
      ...(policy !== undefined && { duplicate_policy: policy === 'reuse' ? 'reuse' : 'error' }),
      ...(nonUsers !== undefined && { allow_non_user_verified_contacts: nonUsers === 'on' }),
      ...(reminder_days !== undefined && { reminder_days }),
    });
    if (!isChanged) {
      throw new Error(`There is no account ${ACCOUNT} in ${describeLocation(database)}.`);
    }
    const account = (await listRegistryAccounts(database)).find(({ id }) => id === ACCOUNT);
    if (account !== undefined) {
      printLine(io, describeAccount(account));
    }
  },
});

type RegistryAccount = Awaited<ReturnType<typeof listRegistryAccounts>>[number];

/** One line: the account with its settings. */
function describeAccount(account: RegistryAccount): string {
  const { id, mode, duplicate_policy, allow_non_user_verified_contacts, name } = account;
  const nonUsers = allow_non_user_verified_contacts === 1 ? 'on' : 'off';
  const reminderDays = (JSON.parse(account.reminder_days) as number[]).join(',');
  return [
    id,
    mode,
    `duplicate_policy=${duplicate_policy}`,
    `non_user_verified_contacts=${nonUsers}`,
    `reminder_days=${reminderDays || 'none'}`,
    makeSafe(name),
  ].join('\t');
}

const copyCommand = defineCommand({
  name: 'copy',
  help: 'copy a registry into another database that is empty, or go on with such a copy',
  example: 'orgvet copy --from /var/lib/orgvet --to postgres://orgvet@db.example.com/orgvet',
  reads_itself: true,
  options: {
    from: { kind: 'directory', value: 'DIR|URL', help: 'the registry' },
    to: { kind: 'directory', value: 'DIR|URL', help: 'the database that is empty' },
    ...POOL_OPTIONS,
  },
  run: async (call) => await copy(call.raw, call.io.environment, printTo(call), call.io.stderr),
});

export const IMPORT_OPTIONS = {
  container: {
    kind: 'id',
    help: "the container that they belong to; without it the account's root",
  },
  format: {
    kind: 'word',
    words: ['csv', 'jsonl'],
    help: "by the file's ending without it: .csv is CSV, all else JSON lines",
  },
  'dry-run': { kind: 'flag', help: 'only look, change nothing' },
  report: { kind: 'file', help: 'CSV file of every line that created nothing' },
} as const satisfies OptionSpecs;

export const IMPORT_FILE = {
  name: 'FILE',
  kind: 'file',
  help: 'CSV or JSON lines',
} as const satisfies ArgumentSpec;

const importCommand = defineCommand({
  name: 'import',
  help: 'create organizations from a CSV or JSON lines file',
  example: 'orgvet import organizations.csv --account 1 --dry-run --data /var/lib/orgvet',
  notes:
    'Works on the database; a server may run meanwhile. Run again after an interruption it goes on ' +
    'where it was. To import through a server see orgvet org import.',
  reads_itself: true,
  arguments: [IMPORT_FILE],
  options: {
    account: { kind: 'id', help: 'whose organizations they become' },
    ...IMPORT_OPTIONS,
    'lot-lines': {
      kind: 'count',
      help: 'the most lines to write together; fewer where others write meanwhile',
    },
    ...DATABASE_OPTIONS,
  },
  run: importBeside,
});

const version = defineCommand({
  name: 'version',
  help: 'print the version',
  example: 'orgvet version',
  options: {},
  run: async ({ io }) => printLine(io, VERSION),
});

export const OPERATOR_COMMANDS: readonly Command[] = [
  serveCommand,
  accounts,
  accountSettings,
  appoint,
  signInLink,
  backup,
  copyCommand,
  importCommand,
  version,
];
