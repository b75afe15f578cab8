/**
 * `orgvet key`, `user`, `container` and `subaccount` against a real server, by a key and as its operator,
 * and `orgvet account-settings` and `sign-in-link` beside it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  AccountSettings,
  ApiKeyList,
  ContainerList,
  SubaccountList,
  UserList,
} from '@orgvet/contract';
import { optionsOf } from '../packages/server/test/databases.ts';
import { done, orgvet, startRegistry } from './cli-harness.ts';

const { environment: REMOTE, remotely, beside, server, database } = await startRegistry();
const WAYS = [remotely, beside];

/** What a list command answers as JSON. */
async function list<Answer>(...args: readonly string[]): Promise<Answer> {
  return JSON.parse(done(await remotely([...args, '--json'])));
}

test('a key is made, printed alone, used, and revoked', async () => {
  for (const way of WAYS) {
    const args = [
      'key',
      'create',
      '--user',
      '12',
      '--name',
      'deploy',
      '--restriction',
      'view-only',
    ];
    const { code, stdout, stderr } = await way(args);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^orgvet_test_1_\d+_\S+\n$/);
    const id = stdout.split('_')[3] ?? '';
    assert.ok(!stderr.includes(stdout.trim()));
    assert.equal(stderr, `Key ${id}. The key is shown this once: keep it where nobody sees it.\n`);
    const environment = { ...REMOTE, ORGVET_KEY: stdout.trim() };
    done(await orgvet(['org', 'show', '1'], { environment }));
    const csv = done(await way(['key', 'list', '--user', '12', '--csv']));
    assert.match(csv, /^id,status,name,user_id,user,restriction,created,last_used\r\n/);
    assert.match(csv, new RegExp(`^${id},active,deploy,12,Ada Adler,view-only,20\\S+\r\n`, 'm'));
    assert.equal((await way(['key', 'revoke', id])).stderr, `Key ${id} is revoked.\n`);
    assert.equal((await orgvet(['org', 'show', '1'], { environment })).code, 1);
    const { api_keys } = await list<ApiKeyList>('key', 'list');
    assert.equal(api_keys.find((key) => key.id === Number(id))?.status, 'revoked');
  }
});

test('users are made, listed, shown and deleted; a service user’s key is printed alone', async () => {
  for (const [index, way] of WAYS.entries()) {
    const username = `jo.klein.${index}`;
    const names = ['--username', username, '--first-name', 'Jo', '--last-name', 'Klein'];
    const more = ['--email', `${username}@example.com`, '--role', 'manager'];
    const id = done(await way(['user', 'create', ...names, ...more])).trim();
    const filters = ['--name', username, '--role', 'manager'];
    const { users } = await list<UserList>('user', 'list', ...filters);
    assert.deepEqual(
      users.map((user) => user.id),
      [Number(id)],
    );
    assert.match(done(await way(['user', 'show', id])), /^access_roles\[0\]\.name +Manager$/m);
    assert.match(done(await way(['user', 'list', '--search', username])), /Manager/);
    assert.equal((await way(['user', 'delete', id])).stderr, `User ${id} is deleted.\n`);
    assert.equal((await way(['user', 'show', id])).code, 1);

    const service = ['--service', '--email', 'bot@example.com', '--key-name', `bot ${index}`];
    const made = await way(['user', 'create', ...service, '--role', 'administrator']);
    assert.match(done(made), /^orgvet_test_1_\S+\n$/);
    assert.ok(!made.stderr.includes(made.stdout.trim()));
    const environment = { ...REMOTE, ORGVET_KEY: made.stdout.trim() };
    const itself = JSON.parse(done(await orgvet(['user', 'show', '--json'], { environment })));
    const bots = done(await way(['user', 'list', '--service', '--csv']));
    assert.match(bots, new RegExp(`^${itself.id},active,`, 'm'));
  }
});

test('containers are made below the root, and organizations and users assigned to them', async () => {
  for (const [index, way] of WAYS.entries()) {
    const name = `Sales ${index}`;
    const args = ['--name', name, '--domain', 'a.example', '--domain', 'b.example'];
    const id = done(await way(['container', 'create', ...args])).trim();
    const { containers } = await list<ContainerList>('container', 'list', '--below', '4');
    const listed = containers.find((container) => container.id === Number(id));
    assert.deepEqual([listed?.name, listed?.parent_id], [name, 4]);
    done(await way(['container', 'assign', id, '--organizations', '1,112233', '--users', '184']));
    const show = async () => JSON.parse(done(await way(['container', 'show', id, '--json'])));
    const assigned = await show();
    assert.deepEqual(
      assigned.organization_assignments.map((one: { id: number }) => one.id),
      [1, 112233],
    );
    assert.deepEqual(assigned.user_id_assignments, ['184']);
    assert.deepEqual(assigned.allowed_domain_names, ['a.example', 'b.example']);
    done(await way(['container', 'assign', id, '--organizations', 'none', '--users', 'none']));
    const { organization_assignments = [], user_id_assignments = [] } = await show();
    assert.deepEqual([organization_assignments, user_id_assignments], [[], []]);
  }
  const nothing = await remotely(['container', 'assign', '4']);
  assert.equal(nothing.code, 2);
  assert.match(nothing.stderr, /Say what to assign/);
});

test('subaccounts are made, listed and shown, with their organizations', async () => {
  for (const [index, way] of WAYS.entries()) {
    const id = done(
      await way([
        ...['subaccount', 'create', '--type', 'retail', '--child-name', `Partner ${index}`],
        ...['--admin-first-name', 'Jo', '--admin-last-name', 'Klein'],
        ...['--admin-email', `jo.partner.${index}@example.com`],
        ...['--organization-name', `Partner ${index} GmbH`, '--organization-country', 'de'],
        ...['--organization-address', 'Weg 1', '--organization-city', 'Köln'],
        ...['--organization-state', 'NW', '--organization-zip', '50667'],
        ...['--organization-telephone', '1'],
      ]),
    ).trim();
    const search = ['--search', `partner ${index}`];
    const { subaccounts } = await list<SubaccountList>('subaccount', 'list', ...search);
    assert.deepEqual(
      subaccounts.map((one) => [one.account_id, one.account_type, one.organization_name]),
      [[Number(id), 'retail', `Partner ${index} GmbH`]],
    );
    const shown = done(await way(['subaccount', 'show', id]));
    assert.match(shown, new RegExp(`^child_name +Partner ${index}$`, 'm'));
    const organizations = done(await way(['subaccount', 'organizations', id]));
    assert.match(organizations, new RegExp(`active +Partner ${index} GmbH`));
  }
  const table = done(await remotely(['subaccount', 'list', '--all', '--sort', '-account_id']));
  assert.match(table, /^ *ID {2}TYPE {2,}ORGANIZATION/);
});

test('the operator sets the days of reminders, beside a server, and takes them all away', async () => {
  const set = (days: string) =>
    orgvet(['account-settings', '1', '--reminder-days', days, ...optionsOf(database)]);
  for (const [days, shown, kept] of [
    ['-7,0,45', '45,0,-7', [45, 0, -7]],
    ['none', 'none', []],
    ['-1', '-1', [-1]],
  ] as const) {
    const printed = done(await set(days));
    assert.match(printed, new RegExp(`^1\\ttest\\t.*\\treminder_days=${shown}\\t`));
    const answer = await server.send('GET', '/vetting/v1/account/settings');
    assert.deepEqual(answer.json<AccountSettings>().reminder_days, kept);
  }
  const refused = await set('7,7,400');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /reminder_days\[1\] must be given only once/);
  assert.match(refused.stderr, /reminder_days\[2\] must be a whole number from -365 to 365/);
  assert.equal((await set('7;0')).code, 2);
});

test('a link lets a user in once, printed alone, beside the server', async () => {
  const link = (...more: readonly string[]) =>
    orgvet(['sign-in-link', '--account', '1', '--user', '12', ...more, ...optionsOf(database)]);
  const useLink = async (url: string) => {
    const body = { token: new URL(url).hash.slice(1) };
    const headers = { 'sec-fetch-site': 'same-origin' };
    const path = '/access/v1/sign-in/link';
    return await server.send('POST', path, { key: null, headers, body });
  };
  for (const [args, stage, note, origin] of [
    [[], 'full', 'It signs in once, within 15 minutes.', 'http://127.0.0.1:8080'],
    [
      ['--enrol', '--public-url', 'https://orgvet.example.com'],
      'enrolment',
      'It sets a password and works once, within 72 hours.',
      'https://orgvet.example.com',
    ],
  ] as const) {
    const { code, stdout, stderr } = await link(...args);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^http\S+\/sign-in#orgvet_link_1_\d+_\S+\n$/);
    assert.equal(new URL(stdout).origin, origin);
    assert.equal(stderr, `${note} It is shown this once.\n`);
    assert.equal((await useLink(stdout)).json<{ stage: string }>().stage, stage);
    assert.equal((await useLink(stdout)).status, 403);
  }
});

test('no link is made for who cannot sign in, and none without an account and a user', async () => {
  const { api_key: _key, id } = (
    await server.send('POST', '/user', {
      body: { is_api_only: true, email: 'service@example.com', api_name: 'Export' },
    })
  ).json<{ api_key: string; id: number }>();
  for (const [account, user] of [
    ['1', String(id)],
    ['1', '999999'],
    ['999999', '12'],
  ] as const) {
    const args = ['sign-in-link', '--account', account, '--user', user, ...optionsOf(database)];
    const { code, stdout, stderr } = await orgvet(args);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, new RegExp(`Account ${account} has no user ${user} who could sign in so`));
  }
  const { code, stderr } = await orgvet(['sign-in-link', '--user', '12', ...optionsOf(database)]);
  assert.equal(code, 2);
  assert.match(stderr, /--account/);
});
