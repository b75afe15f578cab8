/** `orgvet user`: the users of an account, and its service users, who only hold keys. */
import type { RequestOf, UserListItem, UserListQuery } from '@orgvet/contract';
import { ACCESS_ROLES } from '@orgvet/contract/words';
import { FROM_OPTION, pickMembers, readBodyFile } from './bodies.ts';
import { type Command, defineCommand, type OptionSpecs, type OptionValues } from './command.ts';
import { CONNECTION_OPTIONS, withApi } from './connection.ts';
import { RESTRICTION_OPTION, restrictionMember } from './keys.ts';
import { PAGE_OPTIONS, pageQueryOf, readList, SEARCH_OPTIONS, searchOf } from './lists.ts';
import { textOptions } from './organization-parts.ts';
import {
  JSON_OPTION,
  LIST_OUTPUT_OPTIONS,
  type ListColumn,
  printCreated,
  printKey,
  printList,
  printNote,
  printPieces,
  printRecord,
  refuseTwoFormats,
} from './output.ts';

/** Roles as they are named on the command line, by their ids on the wire. */
const ROLES = new Map(
  ACCESS_ROLES.map(({ id, name }) => [name.toLowerCase().replaceAll(' ', '-'), id]),
);

const ROLE_WORDS = { kind: 'word', words: [...ROLES.keys()], value: 'ROLE' } as const;

const FILTER_OPTIONS = {
  status: { kind: 'word', words: ['active', 'inactive'], help: 'only this status' },
  ...SEARCH_OPTIONS,
  role: { ...ROLE_WORDS, help: `only this role: ${[...ROLES.keys()].join(', ')}` },
  container: { kind: 'id', help: 'only those who belong to this container' },
} as const satisfies OptionSpecs;

function filtersOf(options: OptionValues<typeof FILTER_OPTIONS>): UserListQuery {
  const { status, role, container } = options;
  const search = searchOf(options);
  const access_role_id = ROLES.get(role ?? '');
  return {
    ...(status !== undefined && { 'filters[status]': status as 'active' | 'inactive' }),
    ...(search !== undefined && { 'filters[search]': search }),
    ...(access_role_id !== undefined && { access_role_id }),
    ...(container !== undefined && { container_id: container }),
  };
}

const COLUMNS: readonly ListColumn<UserListItem>[] = [
  { title: 'ID', align: 'right', is_whole: true, cell: ({ id }) => id },
  { title: 'STATUS', cell: ({ status }) => status },
  { title: 'USERNAME', cell: ({ username }) => username },
  { title: 'FIRST NAME', cell: ({ first_name }) => first_name },
  { title: 'LAST NAME', cell: ({ last_name }) => last_name },
  { title: 'EMAIL', cell: ({ email }) => email },
  { title: 'ROLE', cell: (user) => user.access_roles.map(({ name }) => name).join(', ') },
  { title: 'LAST LOGIN', cell: ({ last_login_date }) => last_login_date },
];

const list = defineCommand({
  name: 'user list',
  help: 'list users, or service users',
  example: 'orgvet user list --role administrator --sort last_name',
  notes: 'CSV of users has all results unless --limit is given. A search looks at email too.',
  options: {
    service: { kind: 'flag', help: 'service users instead' },
    ...FILTER_OPTIONS,
    ...PAGE_OPTIONS,
    ...LIST_OUTPUT_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { options, io } = call;
    refuseTwoFormats(options);
    const filters = filtersOf(options);
    const operation = options.service ? 'listServiceUsers' : 'listUsers';
    await withApi(call, async (api) => {
      if (options.csv && operation === 'listUsers') {
        const query = { ...filters, ...pageQueryOf(options) };
        return await printPieces(io, await api.callCsv(operation, { query }));
      }
      const { document, items } = await readList(call, 'users', (page) =>
        api.call(operation, { query: { ...filters, ...page } }),
      );
      await printList(call, document, items, COLUMNS);
    });
  },
});

const show = defineCommand({
  name: 'user show',
  help: 'show a user, or without an id the one whom the key belongs to',
  example: 'orgvet user show 184',
  arguments: [{ name: 'ID', kind: 'id', is_optional: true, help: 'the user' }],
  options: { ...JSON_OPTION, ...CONNECTION_OPTIONS },
  async run(call) {
    const { ID } = call.arguments;
    await withApi(call, async (api) => {
      const user =
        ID === undefined
          ? await api.call('getCurrentUser', {})
          : await api.call('getUser', { params: { user_id: ID } });
      printRecord(call, user);
    });
  },
});

const MEMBERS = {
  username: 'name to sign in with',
  first_name: 'first name',
  last_name: 'last name',
  email: 'email address',
  job_title: 'job title',
  telephone: 'telephone number',
} as const;

const create = defineCommand({
  name: 'user create',
  help: 'make a user, or a service user with a key, which is printed this once',
  example:
    'orgvet user create --username jo --first-name Jo --last-name Klein --email jo@acme.example --role manager',
  notes:
    'Prints the id, or the key of a service user. A service user has an email, a key name, and ' +
    'no name to sign in with.',
  options: {
    ...FROM_OPTION,
    ...textOptions(MEMBERS),
    role: { ...ROLE_WORDS, help: [...ROLES.keys()].join(', ') },
    container: { kind: 'id', help: 'the container that the user belongs to' },
    'restrict-to': { kind: 'ids', help: 'the only containers that the user sees' },
    'sso-only': { kind: 'flag', help: 'only single sign-on' },
    service: { kind: 'flag', help: 'a service user' },
    'key-name': { kind: 'text', help: "name of a service user's key" },
    ...RESTRICTION_OPTION,
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { options, io } = call;
    const access_role_id = ROLES.get(options.role ?? '');
    const body = {
      ...(await readBodyFile(options.from, io)),
      ...pickMembers(options, Object.keys(MEMBERS)),
      ...(access_role_id !== undefined && { access_roles: [{ id: access_role_id }] }),
      ...(options.container !== undefined && { container: { id: options.container } }),
      ...(options['restrict-to'] && { container_id_assignments: options['restrict-to'] }),
      ...(options['sso-only'] && { is_saml_sso_only: true }),
      ...(options.service && { is_api_only: true }),
      ...(options['key-name'] !== undefined && { api_name: options['key-name'] }),
      ...restrictionMember(options.restriction),
    } as unknown as RequestOf<'createUser'>['body'];
    await withApi(call, async (api) => {
      const { id, api_key } = await api.call('createUser', { body });
      if (api_key === undefined) {
        printCreated(call, { id }, 'User');
      } else {
        printKey(call, { id, api_key }, 'Service user');
      }
    });
  },
});

const remove = defineCommand({
  name: 'user delete',
  help: 'delete a user with all keys',
  example: 'orgvet user delete 184',
  arguments: [{ name: 'ID', kind: 'id', help: 'the user' }],
  options: { ...CONNECTION_OPTIONS },
  async run(call) {
    const { ID } = call.arguments;
    await withApi(call, async (api) => {
      await api.call('deleteUser', { params: { user_id: ID } });
      printNote(call.io, `User ${ID} is deleted.`);
    });
  },
});

export const USER_COMMANDS: readonly Command[] = [list, show, create, remove];
