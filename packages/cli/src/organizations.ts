/** `orgvet org`: the organizations of an account. */
import type { OrganizationListItem, OrganizationListQuery, RequestOf } from '@orgvet/contract';
import { VALIDATION_TYPE_NAMES } from '@orgvet/contract/words';
import { FROM_OPTION, mergeMember, pickMembers, readBodyFile } from './bodies.ts';
import { type Command, defineCommand, type OptionSpecs, type OptionValues } from './command.ts';
import { CONNECTION_OPTIONS, isBeside, withApi } from './connection.ts';
import { exportCsvTo, exportJsonLinesTo, openExport } from './export.ts';
import { importBeside } from './import.ts';
import { PAGE_OPTIONS, pageQueryOf, readList } from './lists.ts';
import { IMPORT_FILE, IMPORT_OPTIONS } from './operator.ts';
import {
  CONTACT,
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
  printPieces,
  printRecord,
  refuseTwoFormats,
} from './output.ts';
import { importThroughServer } from './remote-import.ts';

const FILTER_OPTIONS = {
  ...ORGANIZATION_FILTER_OPTIONS,
  container: { kind: 'id', help: 'only those that belong to this container' },
  'for-container': { kind: 'id', help: 'only those that this container may order for' },
  validations: { kind: 'flag', help: 'with their validations' },
} as const satisfies OptionSpecs;

function filtersOf(options: OptionValues<typeof FILTER_OPTIONS>): OrganizationListQuery {
  const { container, validations } = options;
  const assigned = options['for-container'];
  return {
    ...organizationFiltersOf(options),
    ...(container !== undefined && { container_id: container }),
    ...(assigned !== undefined && { 'filters[container_id_for_organization]': assigned }),
    ...(validations && { include_validation: true }),
  };
}

const COLUMNS: readonly ListColumn<OrganizationListItem>[] = [
  ...NAME_COLUMNS,
  { title: 'CITY', cell: ({ city }) => city },
  { title: 'COUNTRY', cell: ({ country }) => country },
  { title: 'CONTAINER', cell: ({ container }) => container.name },
];

const list = defineCommand({
  name: 'org list',
  help: 'list organizations',
  example: 'orgvet org list --search acme --status active --sort name',
  notes: 'CSV has all results unless --limit is given.',
  options: {
    ...FILTER_OPTIONS,
    ...PAGE_OPTIONS,
    ...LIST_OUTPUT_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { options, io } = call;
    refuseTwoFormats(options);
    const filters = filtersOf(options);
    await withApi(call, async (api) => {
      if (options.csv) {
        const query = { ...filters, ...pageQueryOf(options) };
        return await printPieces(io, await api.callCsv('listOrganizations', { query }));
      }
      const { document, items } = await readList(call, 'organizations', (page) =>
        api.call('listOrganizations', { query: { ...filters, ...page } }),
      );
      const columns = options.validations ? [...COLUMNS, VALIDATIONS_COLUMN] : COLUMNS;
      await printList(call, document, items, columns);
    });
  },
});

const show = defineCommand({
  name: 'org show',
  help: 'show an organization with its contacts and validations',
  example: 'orgvet org show 112233 --json',
  arguments: [{ name: 'ID', kind: 'id', help: 'the organization' }],
  options: { ...JSON_OPTION, ...CONNECTION_OPTIONS },
  async run(call) {
    const params = { organization_id: call.arguments.ID };
    await withApi(call, async (api) => {
      printRecord(call, await api.call('getOrganization', { params }));
    });
  },
});

const create = defineCommand({
  name: 'org create',
  help: 'create an organization',
  example:
    "orgvet org create --from acme.json --name 'Acme GmbH' --contact-email jo@acme.example --validation-type ov",
  notes: 'Prints the id. A file has the members of a create request, as the server documents them.',
  options: {
    ...FROM_OPTION,
    ...textOptions(DETAILS),
    ...textOptions(CONTACT, 'contact-'),
    'validation-type': {
      kind: 'word',
      words: VALIDATION_TYPE_NAMES,
      is_multiple: true,
      help: 'submit it for this type; may be given more than once',
    },
    'verified-user': {
      kind: 'id',
      is_multiple: true,
      help: 'a user who is a verified contact for the types; may be given more than once',
    },
    'skip-duplicate-check': { kind: 'flag', help: 'create it beside one with the same details' },
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { options, io } = call;
    const types = options['validation-type'];
    const verified_users = options['verified-user'].map((id) => ({ id }));
    const file = await readBodyFile(options.from, io);
    const body = {
      ...file,
      ...pickMembers(options, Object.keys(DETAILS)),
      ...mergeMember(
        file,
        'organization_contact',
        pickMembers(options, Object.keys(CONTACT), 'contact-'),
      ),
      ...(types.length > 0 && {
        validations: types.map((type) => ({
          type,
          ...(verified_users.length > 0 && { verified_users }),
        })),
      }),
      ...(options['skip-duplicate-check'] && { skip_duplicate_org_check: true }),
    } as RequestOf<'createOrganization'>['body'];
    await withApi(call, async (api) => {
      printCreated(call, await api.call('createOrganization', { body }), 'Organization');
    });
  },
});

const exportAll = defineCommand({
  name: 'org export',
  help: 'write all organizations to a file or stdout, as CSV or JSON lines',
  example: 'orgvet org export organizations.csv --status active',
  notes: 'A file is there only when it is complete. An export is no backup.',
  arguments: [
    { name: 'FILE', kind: 'file', is_optional: true, help: 'stdout without it, or for -' },
  ],
  options: {
    format: {
      kind: 'word',
      words: ['csv', 'jsonl'],
      help: "by the file's ending without it: .csv is CSV, all else JSON lines",
    },
    ...FILTER_OPTIONS,
    sort: { ...PAGE_OPTIONS.sort, help: `${PAGE_OPTIONS.sort.help}; by id without it` },
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { options, io } = call;
    const file = call.arguments.FILE === '-' ? undefined : call.arguments.FILE;
    const isCsv = (options.format ?? (file?.toLowerCase().endsWith('.csv') ? 'csv' : '')) === 'csv';
    const query = { ...filtersOf(options), sort: options.sort ?? 'id' };
    await withApi(call, async (api) => {
      const target = await openExport(file, io, 'organizations');
      try {
        await (isCsv ? exportCsvTo : exportJsonLinesTo)(target, api, query);
        await target.finish();
      } finally {
        await target.close();
      }
    });
  },
});

const importFile = defineCommand({
  name: 'org import',
  help: 'create organizations from a CSV or JSON lines file',
  example: 'orgvet org import organizations.csv --report refused.csv',
  notes:
    'Through a server each line is a create, and what is there already is a duplicate: run it again ' +
    'after an interruption. Beside a registry (--account) it is orgvet import.',
  arguments: [IMPORT_FILE],
  options: { ...IMPORT_OPTIONS, ...CONNECTION_OPTIONS },
  run: async (call) => {
    const { options, arguments: args, io } = call;
    await (isBeside(options)
      ? importBeside(call)
      : withApi(call, (api) => importThroughServer(api, args.FILE, options, io)));
  },
});

export const ORGANIZATION_COMMANDS: readonly Command[] = [
  list,
  show,
  create,
  importFile,
  exportAll,
];
