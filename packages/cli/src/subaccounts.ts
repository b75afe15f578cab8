/** `orgvet subaccount`: the accounts below an account. */
import type {
  AccountType,
  RequestOf,
  SubaccountList,
  SubaccountListQuery,
  SubaccountOrganizationList,
} from '@orgvet/contract';
import { ACCOUNT_TYPES } from '@orgvet/contract/words';
import { FROM_OPTION, mergeMember, pickMembers, readBodyFile } from './bodies.ts';
import { type Command, defineCommand } from './command.ts';
import { CONNECTION_OPTIONS, withApi } from './connection.ts';
import { PAGE_OPTIONS, readList, SEARCH_OPTIONS, searchOf } from './lists.ts';
import {
  DETAILS,
  NAME_COLUMNS,
  ORGANIZATION_FILTER_OPTIONS,
  organizationFiltersOf,
  textOptions,
  VALIDATIONS_COLUMN,
} from './organization-parts.ts';
import {
  JSON_OPTION,
  LIST_OUTPUT_OPTIONS,
  type ListColumn,
  printCreated,
  printList,
  printRecord,
  refuseTwoFormats,
} from './output.ts';

const COLUMNS: readonly ListColumn<SubaccountList['subaccounts'][number]>[] = [
  { title: 'ID', align: 'right', is_whole: true, cell: ({ account_id }) => account_id },
  { title: 'TYPE', cell: ({ account_type }) => account_type },
  { title: 'ORGANIZATION', cell: ({ organization_name }) => organization_name },
  { title: 'NAME', cell: ({ child_name }) => child_name },
  { title: 'MANAGER', cell: ({ account_manager }) => account_manager },
  { title: 'CREATED', cell: ({ date_created }) => date_created },
];

const list = defineCommand({
  name: 'subaccount list',
  help: 'list the accounts below this one, and those below them',
  example: 'orgvet subaccount list --type retail --sort organization_name',
  options: {
    type: { kind: 'word', words: ACCOUNT_TYPES, help: 'only this type' },
    ...SEARCH_OPTIONS,
    ...PAGE_OPTIONS,
    ...LIST_OUTPUT_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { options } = call;
    refuseTwoFormats(options);
    const search = searchOf(options);
    const filters: SubaccountListQuery = {
      ...(options.type !== undefined && { 'filters[account_type]': options.type as AccountType }),
      ...(search !== undefined && { 'filters[search]': search }),
    };
    await withApi(call, async (api) => {
      const { document, items } = await readList(call, 'subaccounts', (page) =>
        api.call('listSubaccounts', { query: { ...filters, ...page } }),
      );
      await printList(call, document, items, COLUMNS);
    });
  },
});

const SUBACCOUNT = { name: 'ID', kind: 'id', help: 'the subaccount' } as const;

const show = defineCommand({
  name: 'subaccount show',
  help: 'show an account below this one',
  example: 'orgvet subaccount show 2',
  arguments: [SUBACCOUNT],
  options: { ...JSON_OPTION, ...CONNECTION_OPTIONS },
  async run(call) {
    const params = { subaccount_id: call.arguments.ID };
    await withApi(call, async (api) => {
      printRecord(call, await api.call('getSubaccount', { params }));
    });
  },
});

const ADMINISTRATOR = {
  username: 'name to sign in with; the email address without it',
  first_name: 'first name of the first administrator',
  last_name: 'last name',
  email: 'email address',
  job_title: 'job title',
  telephone: 'telephone number',
} as const;

const create = defineCommand({
  name: 'subaccount create',
  help: 'make an account below this one, with its first administrator and organization',
  example: 'orgvet subaccount create --from partner.json --type reseller --child-name Partner',
  notes: 'Prints the id. A file has the members of a create request, as the server documents them.',
  options: {
    ...FROM_OPTION,
    type: { kind: 'word', words: ACCOUNT_TYPES, help: 'its type' },
    'allow-below': {
      kind: 'word',
      words: ACCOUNT_TYPES,
      is_multiple: true,
      help: 'a type of account that it may have below it; may be given more than once',
    },
    'child-name': { kind: 'text', help: 'a name for it that only this account sees' },
    manager: { kind: 'id', help: 'a user of this account who looks after it' },
    ...textOptions(ADMINISTRATOR, 'admin-'),
    ...textOptions(DETAILS, 'organization-'),
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { options, io } = call;
    const file = await readBodyFile(options.from, io);
    const below = options['allow-below'];
    const administrator = pickMembers(options, Object.keys(ADMINISTRATOR), 'admin-');
    const organization = pickMembers(options, Object.keys(DETAILS), 'organization-');
    const body = {
      allowed_grandchildren: [],
      ...file,
      ...pickMembers(options, ['child_name']),
      ...(options.type !== undefined && { account_type: options.type }),
      ...(below.length > 0 && { allowed_grandchildren: below }),
      ...(options.manager !== undefined && { account_manager_user_id: options.manager }),
      ...mergeMember(file, 'user', administrator),
      ...mergeMember(file, 'organization', organization),
    } as unknown as RequestOf<'createSubaccount'>['body'];
    await withApi(call, async (api) => {
      printCreated(call, await api.call('createSubaccount', { body }), 'Subaccount');
    });
  },
});

const ORGANIZATION_COLUMNS: readonly ListColumn<
  SubaccountOrganizationList['organizations'][number]
>[] = [...NAME_COLUMNS, VALIDATIONS_COLUMN];

const organizations = defineCommand({
  name: 'subaccount organizations',
  help: 'list the organizations of an account below this one',
  example: 'orgvet subaccount organizations 2 --status active',
  arguments: [SUBACCOUNT],
  options: {
    ...ORGANIZATION_FILTER_OPTIONS,
    ...PAGE_OPTIONS,
    ...LIST_OUTPUT_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { options } = call;
    refuseTwoFormats(options);
    const filters = organizationFiltersOf(options);
    const params = { subaccount_id: call.arguments.ID };
    await withApi(call, async (api) => {
      const { document, items } = await readList(call, 'organizations', (page) =>
        api.call('listSubaccountOrganizations', { params, query: { ...filters, ...page } }),
      );
      await printList(call, document, items, ORGANIZATION_COLUMNS);
    });
  },
});

export const SUBACCOUNT_COMMANDS: readonly Command[] = [list, show, create, organizations];
