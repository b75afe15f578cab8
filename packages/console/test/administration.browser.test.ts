/** Users, their API keys, and divisions, as administrators see to them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  ApiKeyList,
  AppointmentList,
  Container,
  ContainerList,
  CurrentSession,
  IpRuleList,
  User,
  UserIdentityList,
} from '@orgvet/contract';
import { insertIdentity } from '../../server/src/store/user-identities.ts';
import {
  ADA_ID,
  createHolder,
  createKey,
  createUser,
  listEvents,
  PUBLIC_SECTOR_ID,
  RESEARCH_ID,
  ROOT_ID,
  showUser,
} from '../../server/test/people.ts';
import { signIn } from '../../server/test/sign-ins.ts';
import { assertAccessible, startConsole } from './console.ts';

const MANAGER = { access_roles: [{ id: 4 }] };

const { server, open } = await startConsole();
const user_id = await createUser(server, {
  first_name: 'Rebecca',
  last_name: 'Chambers',
  job_title: 'Engineer',
  telephone: '801-555-0100',
});
const LINKED = {
  ...{ account_id: 1, user_id, linked_at: '2026-11-01T00:00:00+00:00' },
  ...{ issuer: 'https://login.example.com/', subject: 'rebecca-at-login' },
};
await server.app.environment.store.transaction((tx) => insertIdentity(tx, LINKED));
const page = await open('/users/new');
const { keyboard } = page;
const DIALOG = page.getByRole('dialog');

/** Goes on by a link of the page: the first part of its name is enough. */
async function follow(...links: string[]): Promise<void> {
  for (const name of links) {
    await page
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .first()
      .click();
  }
}

async function read<Body>(path: string): Promise<Body> {
  const answer = await server.send('GET', path);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<Body>();
}

/** What is focused at the moment, by its name. */
async function focusedName(): Promise<string | null> {
  return await page.locator(':focus').getAttribute('name');
}

async function press(button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
}

async function save(): Promise<void> {
  await DIALOG.getByRole('button', { name: 'Save' }).click();
  await DIALOG.waitFor({ state: 'detached' });
}

/** Waits until a name that begins so is all that is offered for what was typed. */
async function offered(name: string): Promise<void> {
  await page.locator(`datalist option[value^="${name}"]:only-child`).waitFor({ state: 'attached' });
}

/** The id that the address ends with, once it has one. */
async function arrive(folder: string): Promise<number> {
  await page.waitForURL(new RegExp(`/${folder}/\\d+(\\?|$)`));
  return Number(new URL(page.url()).pathname.split('/').at(-1));
}

test('somebody adds a user by keyboard alone, and is led to what was refused', async () => {
  await page.getByRole('radio', { name: 'User', exact: true }).focus();
  for (const text of ['Rosa', 'Ito', 'rosa.ito@example.com', 'ada.adler']) {
    await keyboard.press('Tab');
    await keyboard.type(text);
  }
  await keyboard.press('Enter');
  await page.getByText('The user name is taken: ada.adler').waitFor();
  assert.equal(await focusedName(), 'username');
  await assertAccessible(page);
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type('rosa.ito');
  for (const text of ['Engineer', '801-555-0101', 'Manager', 'Research']) {
    await keyboard.press('Tab');
    await keyboard.type(text);
  }
  await keyboard.press('Enter');
  await page.getByRole('button', { name: /^Remove Research/ }).waitFor();
  await keyboard.press('Enter');
  const made = await showUser(server, await arrive('users'));
  await page.getByRole('heading', { level: 1, name: 'Rosa Ito' }).waitFor();
  assert.deepEqual(
    [
      made.username,
      made.job_title,
      made.access_roles[0]?.name,
      made.container_assignments?.[0]?.id,
    ],
    ['rosa.ito', 'Engineer', 'Manager', RESEARCH_ID],
  );
});

test('who was added is invited at once, by a link that is shown once and opens the way in', async () => {
  const rosa_id = await arrive('users');
  await DIALOG.getByText('an earlier password, authenticator app and passkeys are gone').waitFor();
  await DIALOG.getByRole('button', { name: 'Make the link' }).focus();
  await keyboard.press('Enter');
  const shown = DIALOG.getByLabel('Link', { exact: true });
  await shown.waitFor();
  const link = await shown.inputValue();
  await DIALOG.getByText('It ends: Nov 24, 2026').waitFor();
  await assertAccessible(page);
  await keyboard.press('Escape');
  await press('Copy link');
  assert.equal(await page.evaluate('navigator.clipboard.readText()'), link);
  await press('I have handed it over');
  await DIALOG.waitFor({ state: 'detached' });
  assert.equal((await page.content()).includes(link), false);
  const { pathname, hash } = new URL(link);
  const elsewhere = await open(`${pathname}${hash}`, { user_id: 0 });
  await elsewhere.getByRole('heading', { name: 'Choose how you sign in' }).waitFor();
  await elsewhere.getByText('Welcome, Rosa.').waitFor();
  const invited = (await listEvents(server, 'user', rosa_id)).map(({ action }) => action);
  assert.ok(invited.includes('user_invited'));
});

test('who has no password of their own is not invited, and the page says why', async () => {
  const person = { last_name: 'Olsen', email: 'olsen@example.com', is_saml_sso_only: true };
  const provided_id = await createUser(server, person);
  await page.goto(`${server.origin}/users/${provided_id}?dialog=invite`);
  await page.getByText('Signs in through the identity provider only').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Invite to sign in' }).count(), 0);
  assert.equal(await DIALOG.count(), 0);
});

test('a service user comes with a key, which is shown once and copied', async () => {
  await follow('Users', 'Add user');
  await page.getByRole('radio', { name: 'Service user' }).check();
  await page.getByLabel('Name of the API key').fill('Build server');
  await page.getByLabel('Email').fill('builds@example.com');
  await press('Add user');
  const shown = DIALOG.getByLabel('API key', { exact: true });
  await shown.waitFor();
  const key = await shown.inputValue();
  await keyboard.press('Escape');
  await DIALOG.getByRole('button', { name: 'Copy key' }).click();
  assert.equal(await page.evaluate('navigator.clipboard.readText()'), key);
  const answer = await server.send('GET', '/user/me', { key });
  await DIALOG.getByRole('button', { name: 'I have stored it' }).click();
  const id = await arrive('users');
  assert.equal(answer.json<User>().id, id);
  await page.getByText('it holds API keys, and cannot sign in').waitFor();
  await page.getByText('Not invited: programs use API keys.').waitFor();
  assert.equal((await page.content()).includes(key), false);
});

test('users are found by a part of a name and by their role, and the address says so', async () => {
  await follow('Users');
  await page.getByRole('searchbox', { name: 'Search users' }).fill('rosa');
  await page.waitForURL(/search=rosa/);
  await page.getByText('1–1 of 1').waitFor();
  await page.getByLabel('Role').selectOption('Administrator');
  await page.getByRole('heading', { name: 'No user matches' }).waitFor();
  await page.getByRole('link', { name: 'Clear search and filters' }).click();
  await page.getByRole('link', { name: 'Ada Adler' }).waitFor();
  await page.getByRole('link', { name: 'Service users' }).click();
  await page.getByRole('link', { name: 'Build server Service User' }).waitFor();
});

test('details are edited, and what is refused stays in the form with the focus on it', async () => {
  await page.goto(`${server.origin}/users/${user_id}?dialog=edit`);
  await DIALOG.getByLabel('Email').fill('nobody');
  await DIALOG.getByRole('button', { name: 'Save' }).click();
  await DIALOG.getByText('Must be an email address.').waitFor();
  assert.equal(await focusedName(), 'email');
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type('rebecca@example.com');
  await save();
  const { email, job_title, telephone } = await showUser(server, user_id);
  assert.deepEqual(
    { email, job_title, telephone },
    { email: 'rebecca@example.com', job_title: 'Engineer', telephone: '801-555-0100' },
  );
});

test('a user gets another role and divisions to be limited to', async () => {
  await press('Change role');
  await DIALOG.getByLabel('Role').selectOption('Standard User');
  await save();
  await press('Change divisions');
  await DIALOG.getByLabel('Find a division').fill('no such division');
  await DIALOG.getByRole('button', { name: 'Add' }).click();
  await DIALOG.getByText('Choose one of the list.').waitFor();
  await DIALOG.getByLabel('Find a division').fill('public');
  await DIALOG.getByRole('button', { name: 'Add' }).click();
  await save();
  const { access_roles, container_assignments } = await showUser(server, user_id);
  assert.deepEqual(
    [access_roles[0]?.name, container_assignments],
    ['Standard User', [{ id: PUBLIC_SECTOR_ID, name: 'Public sector' }]],
  );
});

test('a user of a test account is appointed to validate', async () => {
  await press('Change appointments');
  const specialist = DIALOG.getByRole('group', { name: 'Specialist' });
  await specialist.getByRole('checkbox', { name: 'OV', exact: true }).check();
  await DIALOG.getByRole('checkbox', { name: 'Auditor' }).check();
  await DIALOG.getByLabel('Qualified until').fill('2027-06-30');
  await save();
  await page.getByRole('row', { name: /^Specialist OV Jun 30, 2027 Qualified/ }).waitFor();
  const { people } = await read<AppointmentList>('/vetting/v1/appointment');
  const person = people.find((one) => one.user_id === user_id);
  const appointed = person?.appointments.map(
    ({ role, validation_type = '' }) => `${role} ${validation_type}`,
  );
  assert.deepEqual(appointed?.sort(), ['auditor ', 'specialist ov']);
});

test('all sessions of a user are ended at once', async () => {
  const browser = await signIn(server, user_id);
  await page.reload();
  await page.getByRole('region', { name: 'Signed in' }).getByText('By a link').waitFor();
  await assertAccessible(page);
  await press('End all sessions');
  await DIALOG.getByText('Rebecca Chambers is signed out everywhere').waitFor();
  await DIALOG.getByRole('button', { name: 'End all sessions' }).click();
  await page.getByText('Not signed in anywhere.').waitFor();
  const answer = await browser.send('GET', '/access/v1/session');
  assert.equal(answer.json<CurrentSession>().stage, 'signed_out');
});

test('whom a provider knows a user as is shown, and forgotten', async () => {
  await page.getByRole('table', { name: 'Whom providers know Rebecca Chambers as' }).waitFor();
  await press('Remove link');
  await DIALOG.getByText('rebecca-at-login is not taken for Rebecca Chambers any more').waitFor();
  await DIALOG.getByRole('button', { name: 'Remove link' }).click();
  await page.getByText('The link was removed.').waitFor();
  await page.getByRole('table', { name: /^Whom providers/ }).waitFor({ state: 'detached' });
  const path = `/access/v1/user/${user_id}/identity`;
  assert.deepEqual((await read<UserIdentityList>(path)).identities, []);
});

test('a key is made for a user, renamed, revoked and activated again', async () => {
  await follow('API keys');
  await press('Add API key');
  await DIALOG.getByRole('combobox', { name: 'User', exact: true }).fill('chambers');
  await offered('Rebecca Chambers');
  await DIALOG.getByLabel('API key restrictions').selectOption('View Only');
  await DIALOG.getByRole('button', { name: 'Add API key' }).click();
  await DIALOG.getByText('Is required.').waitFor();
  assert.equal(await focusedName(), 'name');
  await keyboard.type('Monitoring');
  await keyboard.press('Enter');
  const shown = DIALOG.getByLabel('API key', { exact: true });
  await shown.waitFor();
  await assertAccessible(page);
  const key = await shown.inputValue();
  const isAccepted = async () => (await server.send('GET', '/user/me', { key })).status === 200;
  assert.equal(await isAccepted(), true);
  await DIALOG.getByRole('button', { name: 'I have stored it' }).click();

  await press('Edit key Monitoring');
  await DIALOG.getByLabel('Name').fill('Alerting');
  await save();
  await press('Revoke key Alerting');
  await DIALOG.getByText('“Alerting” of Rebecca Chambers').waitFor();
  await DIALOG.getByRole('button', { name: 'Revoke key' }).click();
  await page.getByRole('row', { name: /^Alerting Rebecca Chambers Revoked View Only/ }).waitFor();
  assert.equal(await isAccepted(), false);
  await press('Activate key Alerting');
  await DIALOG.getByRole('button', { name: 'Activate key' }).click();
  await page.getByRole('row', { name: /^Alerting Rebecca Chambers Active/ }).waitFor();
  assert.equal(await isAccepted(), true);
});

test('the keys of one user are shown by themselves', async () => {
  const { api_keys } = await read<ApiKeyList>(`/key?user_id=${ADA_ID}`);
  await follow('Ada Adler', 'Manage API keys');
  await page.getByText('Only keys of Ada Adler').waitFor();
  await page.getByText(`1–${api_keys.length} of ${api_keys.length}`).waitFor();
});

test('a user is deleted by name, and with all keys', async () => {
  const { api_key } = await createKey(server, user_id);
  await follow('Users', 'Rebecca Chambers');
  await press('Delete user');
  await DIALOG.getByText('is deleted with all API keys').waitFor();
  await DIALOG.getByRole('button', { name: 'Delete user' }).click();
  await page.getByText('Rebecca Chambers was deleted.').waitFor();
  await page.waitForURL(/\/users$/);
  assert.equal((await server.send('GET', `/user/${user_id}`)).status, 404);
  assert.equal((await server.send('GET', '/user/me', { key: api_key })).status, 403);
});

test('a division is made below another, and its details are kept', async () => {
  await follow('Divisions');
  await press('New division');
  await DIALOG.getByRole('button', { name: 'Make division' }).click();
  await DIALOG.getByText('Is required.').waitFor();
  assert.equal(await focusedName(), 'name');
  await keyboard.type('Institutes');
  await DIALOG.getByLabel('Allowed domain names').fill('example.org\nexample.com');
  await DIALOG.getByRole('button', { name: 'Make division' }).click();
  const made = await read<Container>(`/container/${await arrive('divisions')}`);
  assert.deepEqual(
    [made.name, made.parent_id, made.allowed_domain_names],
    ['Institutes', ROOT_ID, ['example.org', 'example.com']],
  );
});

test('the tree of divisions tells what is below what', async () => {
  await follow('Divisions', 'Research');
  await press('New division');
  await DIALOG.getByRole('textbox', { name: 'Name', exact: true }).fill('Archives');
  await keyboard.press('Enter');
  await arrive('divisions');
  await follow('Divisions');
  await page.getByRole('row', { name: /^└? ?Archives below Research/ }).waitFor();
  const { containers } = await read<ContainerList>('/container');
  await page.getByText(`1–${containers.length} of ${containers.length}`).waitFor();
});

test('organizations and users are assigned to a division', async () => {
  const { id } = await createHolder(server, { first_name: 'Mona', last_name: 'Berg' });
  await follow('Public sector');
  await press('Assign organizations');
  const [first] = await DIALOG.getByRole('button', { name: /^Remove / }).all();
  await first?.click();
  await DIALOG.getByLabel('Find an organization').fill('200009');
  await offered('Cementos Sierra Quemada');
  await DIALOG.getByRole('button', { name: 'Add' }).click();
  await save();
  await press('Assign users');
  await DIALOG.getByLabel('Find a user').fill('Mona Berg');
  await offered('Mona Berg');
  await DIALOG.getByRole('button', { name: 'Add' }).click();
  await DIALOG.getByRole('button', { name: /^Remove Mona Berg/ }).waitFor();
  await save();
  const division = await read<Container>(`/container/${PUBLIC_SECTOR_ID}`);
  assert.ok(division.organization_assignments?.some((one) => one.id === 200009));
  assert.deepEqual(division.user_id_assignments, [String(id)]);
});

test('a division is deactivated after it was named, and activated again', async () => {
  await follow('Divisions', 'Research');
  const isActive = async () => (await read<Container>(`/container/${RESEARCH_ID}`)).is_active;
  await press('Deactivate');
  await DIALOG.getByText('Research and 1 below it become inactive').waitFor();
  await DIALOG.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByText('Research is inactive now.').waitFor();
  assert.equal(await isActive(), false);
  await press('Activate');
  await DIALOG.getByRole('button', { name: 'Activate' }).click();
  await page.getByText('Research is active now.').waitFor();
  assert.equal(await isActive(), true);
});

test('IP rules are added and deleted, but none that would shut out whoever adds it', async () => {
  const list = async () => (await read<IpRuleList>(`/container/${ROOT_ID}/ip/rules`)).ip_rules;
  await follow('Divisions', 'DigiCert Inc.');
  await press('Add IP rule');
  await DIALOG.getByLabel('First address').fill('203.0.113.7');
  await DIALOG.getByRole('button', { name: 'Add IP rule' }).click();
  await DIALOG.getByRole('alert').getByText('would shut out').waitFor();
  await DIALOG.getByLabel('First address').fill('127.0.0.1');
  await DIALOG.getByLabel('Description').fill('This machine');
  await DIALOG.getByRole('button', { name: 'Add IP rule' }).click();
  await page.getByRole('row', { name: /^127.0.0.1 The whole account This machine/ }).waitFor();
  assert.deepEqual(
    (await list()).map(({ ip_address, ip_address_end }) => [ip_address, ip_address_end]),
    [['127.0.0.1', '127.0.0.1']],
  );
  await assertAccessible(page);
  await press('Delete the rule 127.0.0.1');
  await DIALOG.getByRole('button', { name: 'Delete rule' }).click();
  await page.getByText('No rule: requests may come from everywhere.').waitFor();
  assert.deepEqual(await list(), []);
});

test('a manager is not offered what is for administrators alone', async () => {
  const manager = await open(`/users/${ADA_ID}`, { user_id: await createUser(server, MANAGER) });
  await manager.getByRole('heading', { name: 'Signed in' }).waitFor();
  for (const name of [
    'Edit',
    'Change role',
    'Change divisions',
    'End all sessions',
    'Invite to sign in',
    'Delete user',
  ]) {
    assert.equal(await manager.getByRole('button', { name }).count(), 0, name);
  }
  await manager.getByRole('link', { name: 'Divisions', exact: true }).waitFor();
  assert.equal(await manager.getByRole('link', { name: 'API keys' }).count(), 0);
  await manager.goto(`${server.origin}/users/new`);
  await manager.getByLabel('Role').waitFor();
  const roles = await manager.getByLabel('Role').getByRole('option').allInnerTexts();
  assert.deepEqual(roles, ['Limited User', 'Finance Manager', 'Manager', 'Standard User']);
});
