/**
 * What can be read cannot be written by sending it back: every member that an answer has, with another
 * value, in every write. Only what the documents say changes.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { organizationBody, startServer } from './harness.ts';
import { type Maker, make, makeKey, makeUser } from './makers.ts';

const server = await startServer();
const own: Maker = { server, key: server.administrator };

type Members = Record<string, unknown>;

async function read(path: string): Promise<Members> {
  const answer = await server.send('GET', path);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<Members>();
}

/** Another value of the same kind, for whatever an answer can have. */
function alter(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(alter);
  }
  switch (typeof value) {
    case 'number':
      return value + 1;
    case 'boolean':
      return !value;
    case 'object':
      return Object.fromEntries(
        Object.entries(value as Members).map(([name, member]) => [name, alter(member)]),
      );
    default:
      return value === 'active' ? 'inactive' : `${value}0`;
  }
}

/** Members that answers have somewhere, of all kinds of objects. */
const OF_OTHERS: Members = {
  account_id: 5001,
  parent_id: 1,
  parent_account_id: 1,
  mode: 'live',
  access_role_id: 1,
  secret_hash: 'x',
  fingerprint: 'x',
  is_duplicate: 1,
  is_pending: false,
  created_at: '2001-01-01T00:00:00+00:00',
  last_used_date: '2001-01-01T00:00:00+00:00',
  last_login_date: '2001-01-01T00:00:00+00:00',
  api_key: 'orgvet_test_1_1_x',
  constructor: { prototype: { is_active: false } },
};

interface Write {
  readonly method: 'PUT';
  readonly path: string;
  /** What the documents let it change, with other values. */
  readonly changes: Members;
}

const organization_id = (await make(own, '/organization', organizationBody({ name: 'Sent back' })))
  .id;
const user_id = await makeUser(own, 5);
const key = await makeKey(own, user_id);
const { id: order_id } = await make(own, '/order/certificate/ssl_plus', {
  certificate: { common_name: 'example.com' },
  organization: { id: organization_id },
});
const root = (await read('/account')).root_container_id;
const container_id = (
  await make(own, `/container/${root}/children`, { name: 'Sent back', template_id: 6 })
).id;

const WRITES: readonly (Write & { readonly shows: string })[] = [
  {
    method: 'PUT',
    path: `/organization/${organization_id}`,
    shows: `/organization/${organization_id}`,
    changes: { ...organizationBody({ name: 'Changed' }), organization_contact: undefined },
  },
  {
    method: 'PUT',
    path: `/organization/${organization_id}/contact`,
    shows: `/organization/${organization_id}`,
    changes: {
      contacts: [
        {
          id: 77,
          name: 'Somebody',
          first_name: 'Changed',
          last_name: 'Changed',
          email: 'changed@example.com',
          contact_type: 'organization_contact',
        },
      ],
      organization_contact: undefined,
    },
  },
  {
    method: 'PUT',
    path: '/vetting/v1/account/settings',
    shows: '/account',
    changes: { duplicate_policy: 'error', allow_non_user_verified_contacts: true },
  },
  {
    method: 'PUT',
    path: `/order/certificate/${order_id}/status`,
    shows: `/order/certificate/${order_id}`,
    changes: { status: 'canceled' },
  },
  {
    method: 'PUT',
    path: `/container/${container_id}`,
    shows: `/container/${container_id}`,
    changes: { name: 'Changed', description: 'Changed', ekey: 'changed' },
  },
  {
    method: 'PUT',
    path: `/user/${user_id}`,
    shows: `/user/${user_id}`,
    changes: {
      username: 'changed',
      first_name: 'Changed',
      last_name: 'Changed',
      email: 'changed@example.com',
      job_title: 'Changed',
      telephone: '1',
    },
  },
  {
    method: 'PUT',
    path: `/user/${user_id}/role`,
    shows: `/user/${user_id}`,
    changes: { access_roles: [{ id: 4, name: 'Administrator' }] },
  },
  {
    method: 'PUT',
    path: `/key/${key.id}`,
    shows: `/key/${key.id}`,
    changes: { name: 'Changed', restricted_to_role_id: 102 },
  },
  {
    method: 'PUT',
    path: `/key/${key.id}/status`,
    shows: `/key/${key.id}`,
    changes: { status: 'revoked' },
  },
];

for (const { method, path, shows, changes } of WRITES) {
  test(`${method} ${path.replaceAll(/\d+/g, '{id}')} changes what it is documented to change`, async () => {
    const before = await read(shows);
    const altered = alter(before) as Members;
    const body = { ...OF_OTHERS, ...altered, ...changes };
    const answer = await server.send(method, path, { body });
    assert.equal(answer.status, 204, answer.text);
    const after = await read(shows);
    const documented = new Set([...Object.keys(changes), 'display_name']);
    const rest = (members: Members) =>
      Object.fromEntries(Object.entries(members).filter(([name]) => !documented.has(name)));
    assert.deepEqual(rest(after), rest(before));
  });
}

const CREATES: readonly { path: string; shows: string; body: Members; fixed: Members }[] = [
  {
    path: '/organization',
    shows: '/organization/',
    body: organizationBody({ name: 'Made with more' }),
    fixed: { status: 'active', is_active: true, is_hidden: false },
  },
  {
    path: '/order/certificate/ssl_plus',
    shows: '/order/certificate/',
    body: {
      certificate: { common_name: 'example.com' },
      organization: { id: organization_id },
    },
    fixed: { status: 'pending', is_renewed: false },
  },
  {
    path: `/container/${root}/children`,
    shows: '/container/',
    body: { name: 'Made with more', template_id: 6 },
    fixed: { parent_id: root, is_active: true, has_logo: false, template_id: 6 },
  },
  {
    path: '/user',
    shows: '/user/',
    body: {
      username: 'made-with-more',
      first_name: 'Made',
      last_name: 'More',
      email: 'more@example.com',
      access_roles: [{ id: 5 }],
    },
    fixed: { status: 'active', type: 'standard', has_container_assignments: false },
  },
  {
    path: `/key/user/${user_id}`,
    shows: '/key/',
    body: { name: 'Made with more' },
    fixed: { status: 'active', is_legacy: false, restricted_to_role_id: 0 },
  },
];

for (const { path, shows, body, fixed } of CREATES) {
  test(`POST ${path.replaceAll(/\d+/g, '{id}')} takes nothing that only answers have`, async () => {
    const readable = {
      id: 77,
      status: 'inactive',
      is_active: false,
      is_hidden: true,
      has_logo: true,
      is_legacy: true,
      public_id: 'mine',
      type: 'other',
      display_name: 'Mine',
      has_container_assignments: true,
      create_date: '2001-01-01T00:00:00+00:00',
    };
    const { id } = await make(own, path, { ...OF_OTHERS, ...readable, ...body });
    assert.notEqual(id, 77);
    const made = await read(`${shows}${id}`);
    for (const [name, value] of Object.entries(fixed)) {
      assert.deepEqual(made[name], value, name);
    }
    assert.notEqual(made.public_id, 'mine');
    assert.doesNotMatch(JSON.stringify(made), /2001-01-01/);
  });
}
