/** `orgvet key`: the API keys of users. A key itself is only ever shown by its create. */
import type { ApiKey } from '@orgvet/contract';
import { type Command, defineCommand } from './command.ts';
import { CONNECTION_OPTIONS, withApi } from './connection.ts';
import {
  JSON_OPTION,
  LIST_OUTPUT_OPTIONS,
  type ListColumn,
  printKey,
  printList,
  printNote,
  refuseTwoFormats,
} from './output.ts';

/** What a key can be restricted to, of what its user may do, by the ids on the wire. */
const RESTRICTIONS: Readonly<Record<string, number>> = {
  none: 0,
  orders: 100,
  'orders-domains-organizations': 101,
  'view-only': 102,
  'user-management': 103,
};

export const RESTRICTION_OPTION = {
  restriction: {
    kind: 'word',
    words: Object.keys(RESTRICTIONS),
    value: 'WORD',
    help: `of what the user may do, the key may only: ${Object.keys(RESTRICTIONS).join(', ')}`,
  },
} as const;

/** The member of a request that a restriction is, where one was chosen. */
export function restrictionMember(word: string | undefined): { restricted_to_role_id?: number } {
  const id = word === undefined ? undefined : RESTRICTIONS[word];
  return id === undefined ? {} : { restricted_to_role_id: id };
}

function restrictionName(id: number): string {
  const known = Object.entries(RESTRICTIONS).find(([, other]) => other === id);
  return known?.[0] ?? String(id);
}

const COLUMNS: readonly ListColumn<ApiKey>[] = [
  { title: 'ID', align: 'right', is_whole: true, cell: ({ id }) => id },
  { title: 'STATUS', cell: ({ status }) => status },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'USER ID', align: 'right', is_whole: true, cell: ({ user }) => user.id },
  { title: 'USER', cell: ({ user }) => `${user.first_name} ${user.last_name}` },
  { title: 'RESTRICTION', cell: (key) => restrictionName(key.restricted_to_role_id) },
  { title: 'CREATED', cell: ({ create_date }) => create_date },
  { title: 'LAST USED', cell: ({ last_used_date }) => last_used_date },
];

const create = defineCommand({
  name: 'key create',
  help: 'make a key for a user and print it, this once',
  example: 'orgvet key create --user 184 --name deploy --restriction view-only > key.txt',
  options: {
    user: { kind: 'id', is_required: true, help: 'the user' },
    name: { kind: 'text', is_required: true, help: 'a name for the key' },
    ...RESTRICTION_OPTION,
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { user, name, restriction } = call.options;
    const request = {
      params: { user_id: user },
      body: { name, ...restrictionMember(restriction) },
    };
    await withApi(call, async (api) => {
      printKey(call, await api.call('createApiKey', request), 'Key');
    });
  },
});

const list = defineCommand({
  name: 'key list',
  help: 'list keys, never the keys themselves',
  example: 'orgvet key list --user 184',
  options: {
    user: { kind: 'id', help: 'only keys of this user' },
    ...LIST_OUTPUT_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { options } = call;
    refuseTwoFormats(options);
    const query = options.user === undefined ? {} : { user_id: options.user };
    await withApi(call, async (api) => {
      const answer = await api.call('listApiKeys', { query });
      await printList(call, answer, answer.api_keys, COLUMNS);
    });
  },
});

const revoke = defineCommand({
  name: 'key revoke',
  help: 'revoke a key: nothing can be done with it from then on',
  example: 'orgvet key revoke 27',
  arguments: [{ name: 'ID', kind: 'id', help: 'the key' }],
  options: { ...CONNECTION_OPTIONS },
  async run(call) {
    const { ID } = call.arguments;
    await withApi(call, async (api) => {
      await api.call('changeApiKeyStatus', {
        params: { key_id: ID },
        body: { status: 'revoked' },
      });
      printNote(call.io, `Key ${ID} is revoked.`);
    });
  },
});

export const KEY_COMMANDS: readonly Command[] = [create, list, revoke];
