/** `orgvet container`: the containers (divisions) of an account, and what is assigned to them. */
import type { Container, RequestOf } from '@orgvet/contract';
import { FROM_OPTION, pickMembers, readBodyFile } from './bodies.ts';
import { type Command, defineCommand, UsageError } from './command.ts';
import { type Api, CONNECTION_OPTIONS, withApi } from './connection.ts';
import {
  JSON_OPTION,
  LIST_OUTPUT_OPTIONS,
  type ListColumn,
  printCreated,
  printList,
  printNote,
  printRecord,
  refuseTwoFormats,
} from './output.ts';

const COLUMNS: readonly ListColumn<Container>[] = [
  { title: 'ID', align: 'right', is_whole: true, cell: ({ id }) => id },
  { title: 'PARENT ID', align: 'right', is_whole: true, cell: ({ parent_id }) => parent_id },
  { title: 'STATUS', cell: ({ is_active }) => (is_active ? 'active' : 'inactive') },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'DESCRIPTION', cell: ({ description }) => description },
  {
    title: 'ORGANIZATIONS',
    align: 'right',
    cell: ({ organization_assignments = [] }) => organization_assignments.length,
  },
  {
    title: 'USERS',
    align: 'right',
    cell: ({ user_id_assignments = [] }) => user_id_assignments.length,
  },
];

const list = defineCommand({
  name: 'container list',
  help: 'list containers, with how many organizations and users are assigned',
  example: 'orgvet container list',
  options: {
    below: { kind: 'id', help: 'only those directly below this one' },
    ...LIST_OUTPUT_OPTIONS,
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { below } = call.options;
    refuseTwoFormats(call.options);
    await withApi(call, async (api) => {
      const answer =
        below === undefined
          ? await api.call('listContainers', {})
          : await api.call('listChildContainers', { params: { container_id: below } });
      await printList(call, answer, answer.containers, COLUMNS);
    });
  },
});

const show = defineCommand({
  name: 'container show',
  help: 'show a container with what is assigned to it',
  example: 'orgvet container show 4',
  arguments: [{ name: 'ID', kind: 'id', help: 'the container' }],
  options: { ...JSON_OPTION, ...CONNECTION_OPTIONS },
  async run(call) {
    const params = { container_id: call.arguments.ID };
    await withApi(call, async (api) => {
      printRecord(call, await api.call('getContainer', { params }));
    });
  },
});

/** The vendor's template of containers below the root, "Business Unit". */
const DIVISION_TEMPLATE_ID = 6;

const create = defineCommand({
  name: 'container create',
  help: 'make a container below another',
  example: "orgvet container create --name 'Sales' --parent 4 --domain sales.acme.example",
  notes: 'Prints the id. A file may also name the first user, as the server documents it.',
  options: {
    ...FROM_OPTION,
    name: { kind: 'text', help: 'its name' },
    description: { kind: 'text', help: 'what it is for' },
    parent: { kind: 'id', help: "the one above; without it the account's root" },
    template: { kind: 'id', help: `the template; without it ${DIVISION_TEMPLATE_ID}` },
    domain: {
      kind: 'text',
      value: 'NAME',
      is_multiple: true,
      help: 'a domain that it may order for; may be given more than once, none for all',
    },
    ...JSON_OPTION,
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { options, io } = call;
    const body = {
      template_id: DIVISION_TEMPLATE_ID,
      ...(await readBodyFile(options.from, io)),
      ...pickMembers(options, ['name', 'description']),
      ...(options.template !== undefined && { template_id: options.template }),
      ...(options.domain.length > 0 && { allowed_domain_names: options.domain }),
    } as unknown as RequestOf<'createChildContainer'>['body'];
    await withApi(call, async (api) => {
      const params = { container_id: options.parent ?? (await findRoot(api)) };
      const created = await api.call('createChildContainer', { params, body });
      printCreated(call, created, 'Container');
    });
  },
});

async function findRoot(api: Api): Promise<number> {
  const { containers } = await api.call('listContainers', {});
  const root = containers.find(({ parent_id }) => parent_id === 0);
  if (root === undefined) {
    throw new UsageError('The key does not see the root container: say --parent ID.');
  }
  return root.id;
}

const assign = defineCommand({
  name: 'container assign',
  help: 'set the organizations that a container may order for, or the users restricted to it',
  example: 'orgvet container assign 4 --organizations 112233,112234',
  notes: 'What is given takes the place of all that was assigned before.',
  arguments: [{ name: 'ID', kind: 'id', help: 'the container' }],
  options: {
    organizations: { kind: 'ids', help: 'organizations; none: it may order for all' },
    users: { kind: 'ids', help: 'users who see this container, those of others, and nothing else' },
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { organizations, users } = call.options;
    const params = { container_id: call.arguments.ID };
    if (organizations === undefined && users === undefined) {
      throw new UsageError('Say what to assign: --organizations or --users.');
    }
    await withApi(call, async (api) => {
      if (organizations !== undefined) {
        const body = { organization_id_assignments: organizations.map(String) };
        await api.call('assignOrganizations', { params, body });
        printNote(call.io, `Organizations of container ${params.container_id} are set.`);
      }
      if (users !== undefined) {
        const body = { user_id_assignments: users.map(String) };
        await api.call('assignUsers', { params, body });
        printNote(call.io, `Users of container ${params.container_id} are set.`);
      }
    });
  },
});

export const CONTAINER_COMMANDS: readonly Command[] = [list, show, create, assign];
