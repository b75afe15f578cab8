/** Who may do what, over HTTP: every operation by everybody, against authorization-matrix.ts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GuardedOperationName, ROUTES, type Route, type StoredFile } from '@orgvet/contract';
import { MATRIX } from './authorization-matrix.ts';
import {
  ACTORS,
  type Actor,
  newEvidence,
  newOrder,
  newOrganization,
  newSource,
  newSubmittedOrganization,
  nextName,
  type Objects,
  type Row,
} from './authorization-rows.ts';
import { SUITE } from './databases.ts';
import { type Answer, startServer } from './harness.ts';
import { type Maker, make, makeKey, makeSubaccount, makeUser } from './makers.ts';
import { signIn } from './sign-ins.ts';
import { appointAuditor, appointReviewer, appointSpecialist } from './vetting.ts';

const INVALID_KEY =
  '{"errors":[{"code":"access_denied|access_denied_invalid_key",' +
  '"message":"Access denied due to access_denied_invalid_key."}]}';
const MISSING_PERMISSION =
  '{"errors":[{"code":"access_denied|missing_permission",' +
  '"message":"Access denied due to missing_permission."}]}';

const OPERATIONS = Object.keys(MATRIX) as GuardedOperationName[];

const server = await startServer();
const parent: Maker = { server, key: server.administrator };
const own = await makeSubaccount(parent, 'own');
const sibling = await makeSubaccount(parent, 'sibling');
const subaccount = await makeSubaccount(own, 'subaccount');
const account = await server.send('GET', '/account', { key: own.key });
const { root_container_id: root } = account.json<{ root_container_id: number }>();
const division = await makeDivision();
const otherDivision = await makeDivision();

async function makeDivision(): Promise<number> {
  const body = { name: nextName(), template_id: 6 };
  return (await make(own, `/container/${root}/children`, body)).id;
}

const divisionAdministrator = await makeKeyOf(1, 0, [division]);

async function makeKeyOf(role: number, restriction = 0, containers: number[] = []) {
  const user_id = await makeUser(own, role, containers);
  return (await makeKey(own, user_id, restriction)).api_key;
}

const KEYS: Record<Actor, string> = {
  administrator: await makeKeyOf(1),
  manager: await makeKeyOf(4),
  'standard user': await makeKeyOf(5),
  'finance manager': await makeKeyOf(3),
  'limited user': await makeKeyOf(2),
  'of the division': divisionAdministrator,
  'of another division': await makeKeyOf(1, 0, [otherDivision]),
  'key for orders': await makeKeyOf(1, 100),
  'key for organizations': await makeKeyOf(1, 101),
  'view only key': await makeKeyOf(1, 102),
  'key for users': await makeKeyOf(1, 103),
  'sibling account': sibling.key,
  'parent account': parent.key,
  subaccount: subaccount.key,
  specialist: (await appointSpecialist(server, { by: own.key })).key,
  reviewer: (await appointReviewer(server, { by: own.key })).key,
  auditor: (await appointAuditor(server, { by: own.key })).key,
};

const ofDivision: Maker = { server, key: divisionAdministrator };
const validator: Maker = { server, key: KEYS.specialist };
/** Another one, whose decisions everybody else who validates may review. */
const decider: Maker = { server, key: (await appointSpecialist(server, { by: own.key })).key };

/** New objects in the division, as far as a row speaks of them, so that no request meets another's. */
async function makeObjects({ path, body }: Row): Promise<Objects> {
  const asksFor = (name: string) => path.includes(`{${name}}`) || String(body).includes(name);
  const user = asksFor('user') || asksFor('key') ? await makeUser(own, 5, [division]) : 0;
  const isSubmitted = asksFor('verified_contact') || path.includes('/validation/');
  const organization = asksFor('organization')
    ? (
        await make(
          ofDivision,
          '/organization',
          isSubmitted ? newSubmittedOrganization() : newOrganization(),
        )
      ).id
    : 0;
  return {
    organization,
    verified_contact: asksFor('verified_contact') ? await findVerifiedContact(organization) : 0,
    order: asksFor('order')
      ? (await make(ofDivision, '/order/certificate/ssl_plus', newOrder())).id
      : 0,
    container: asksFor('container')
      ? (
          await make(ofDivision, `/container/${division}/children`, {
            name: nextName(),
            template_id: 6,
          })
        ).id
      : 0,
    user,
    key: asksFor('key') ? (await makeKey(own, user)).id : 0,
    ip_rule: asksFor('ip_rule')
      ? (
          await make(own, `/container/${root}/ip/rules`, {
            ip_address: '0.0.0.0',
            ip_address_end: '255.255.255.255',
          })
        ).id
      : 0,
    decided: asksFor('decided') ? await makeDecided() : 0,
    completed: asksFor('completed') ? await makeCompleted() : 0,
    subaccount: subaccount.account_id,
    evidence: asksFor('evidence')
      ? (await make(validator, `/vetting/v1/organization/${organization}/evidence`, newEvidence()))
          .id
      : 0,
    source: asksFor('source') ? (await make(validator, '/vetting/v1/source', newSource())).id : 0,
    file: asksFor('file') ? await storeFile(organization) : '',
    root,
  };
}

async function makeDecided(): Promise<number> {
  const { id } = await make(ofDivision, '/organization', newSubmittedOrganization());
  const check = `validation/ev/check/separation_of_duties`;
  const body = { outcome: 'met', reason: 'They are different people.' };
  await make(decider, `/vetting/v1/organization/${id}/${check}/decision`, body);
  return id;
}

async function makeCompleted(): Promise<number> {
  const { id } = await make(ofDivision, '/organization', newSubmittedOrganization());
  const path = `/control/v1/organization/${id}/validation/ov`;
  await server.send('PUT', path, { key: own.key, body: { status: 'active' } });
  return id;
}

async function storeFile(organization: number): Promise<string> {
  const path = `/vetting/v1/organization/${organization}/file`;
  const { key } = validator;
  const answer = await server.send('POST', path, { key, raw: `Spoke to ${nextName()}.` });
  return answer.json<StoredFile>().digest;
}

async function findVerifiedContact(organization: number): Promise<number> {
  const answer = await server.send('GET', `/organization/${organization}`, { key: own.key });
  const { verified_contacts } = answer.json<{ verified_contacts: { id: number }[] }>();
  return verified_contacts[0]?.id ?? 0;
}

async function ask(
  name: GuardedOperationName,
  key: string | null,
  objects: Objects,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { path, body } = MATRIX[name];
  const real = path.replaceAll(/\{(\w+)\}/g, (_, object) => String(objects[object as never]));
  return await server.send(ROUTES[name].method, real, {
    key,
    headers,
    ...(body && { body: body(objects) }),
  });
}

const NOTHING: Objects = {
  organization: 987654321,
  container: 987654321,
  user: 987654321,
  key: 987654321,
  ip_rule: 987654321,
  subaccount: 987654321,
  order: 987654321,
  verified_contact: 987654321,
  decided: 987654321,
  completed: 987654321,
  evidence: 987654321,
  source: 987654321,
  file: '0'.repeat(64),
  root: 987654321,
};

test('the table has a status for every operation and everybody', () => {
  const open = (Object.entries(ROUTES) as [string, Route][])
    .filter(([, { access }]) => access === 'open')
    .map(([name]) => name);
  assert.deepEqual([...OPERATIONS, ...open].sort(), Object.keys(ROUTES).sort());
  for (const name of OPERATIONS) {
    assert.equal(MATRIX[name].statuses.length, ACTORS.length, name);
    const success: number = ROUTES[name].success.status;
    for (const status of MATRIX[name].statuses) {
      assert.ok([success, 403, 404].includes(status), `${name}: ${status}`);
    }
  }
});

/** Those whose answers depend on rows: what a role may do at all does not depend on the database. */
const ASKED_EVERYWHERE: readonly Actor[] = [
  'administrator',
  'of the division',
  'of another division',
  'sibling account',
  'parent account',
  'subaccount',
  'specialist',
];

for (const [column, actor] of ACTORS.entries()) {
  if (SUITE !== 'sqlite' && !ASKED_EVERYWHERE.includes(actor)) {
    continue;
  }
  test(`${actor}: every operation is answered as the table says`, async () => {
    for (const name of OPERATIONS) {
      const expected = MATRIX[name].statuses[column];
      const answer = await ask(name, KEYS[actor], await makeObjects(MATRIX[name]));
      assert.equal(answer.status, expected, `${name}: ${answer.text}`);
      if (expected === 403) {
        assert.equal(answer.text, MISSING_PERMISSION, name);
      }
      if (expected === 404) {
        // Not yours, and not there: the same bytes.
        const nobodys = await ask(name, KEYS[actor], NOTHING);
        assert.deepEqual([answer.status, answer.text], [nobodys.status, nobodys.text], name);
      }
    }
  });
}

test('a manager who is signed in is answered as with a key, by every operation', async () => {
  const column = ACTORS.indexOf('manager');
  const browser = await signIn(server, await makeUser(own, 4), own.account_id);
  const guarded = OPERATIONS.filter((name) => (ROUTES[name] as Route).access === undefined);
  // What a request becomes once it is known who asks is the same on every database.
  for (const name of SUITE === 'sqlite' ? guarded : guarded.slice(0, 10)) {
    const objects = await makeObjects(MATRIX[name]);
    const answer = await ask(name, null, objects, browser.headers);
    assert.equal(answer.status, MATRIX[name].statuses[column], `${name}: ${answer.text}`);
  }
});

test('no list shows anything of another account, or of another division', async () => {
  const name = nextName();
  const [submitted, ordered] = [newSubmittedOrganization(), newOrder()];
  const { id } = await make(ofDivision, '/organization', { ...submitted, name });
  Object.assign(ordered.organization, { id });
  await make(ofDivision, '/order/certificate/ssl_plus', ordered);
  const lists = [
    '/organization?include_validation=true',
    `/organization?filters[search]=%25${name.toLowerCase().replace(' ', '%20')}`,
    `/organization?filters[search]=${id}`,
    '/container',
    '/authorization/view_organizations/container',
    '/user',
    '/key',
    '/order/certificate',
    '/control/v1/mail',
    '/organization/potential-approvers',
  ];
  const marks = [
    `"id":${id}`,
    `"organization_id":${id}`,
    '"jane.doe@example.com"',
    `"name":"${name}"`,
    `"id":${division},`,
  ];
  for (const actor of ['of another division', 'sibling account', 'parent account', 'subaccount']) {
    for (const path of lists) {
      const { status, text } = await server.send('GET', path, { key: KEYS[actor as Actor] });
      assert.equal(status, 200);
      for (const mark of marks) {
        assert.ok(!text.includes(mark), `${actor}, ${path}: ${mark}`);
      }
    }
  }
});

/** Every byte of a key matters, and so does that it is one. */
const WRONG_KEYS = (): Record<string, string | null> => {
  const key = server.administrator;
  const [, , , , secret = ''] = key.split('_');
  return {
    'no key': null,
    'an empty key': '',
    'a text that is no key': 'password',
    'a key of the vendor': 'Aqdgb0p5U153195f22s6pw5cj0mfvp06xg89xw0xhh3zhc2',
    'a mistyped key': `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`,
    'another secret': key.replace(secret, 'A'.repeat(43)),
    'a very long key': 'orgvet_test_1_1_'.padEnd(7000, 'x'),
  };
};

test('no wrong key gets anywhere, and every one gets the same bytes', async () => {
  for (const [kind, key] of Object.entries(WRONG_KEYS())) {
    for (const name of OPERATIONS) {
      const answer = await ask(name, key, NOTHING);
      assert.equal(answer.status, 403, `${kind}: ${name}`);
      assert.equal(answer.text, INVALID_KEY, `${kind}: ${name}`);
    }
  }
});

test('a revoked key is no key, for any operation', async () => {
  const { id, api_key } = await makeKey(own, await makeUser(own, 1));
  assert.equal((await ask('getCurrentUser', api_key, NOTHING)).status, 200);
  await server.send('PUT', `/key/${id}/status`, { key: own.key, body: { status: 'revoked' } });
  for (const name of OPERATIONS) {
    const answer = await ask(name, api_key, NOTHING);
    assert.deepEqual([answer.status, answer.text], [403, INVALID_KEY], name);
  }
});

test('the key of a user who was deleted is no key', async () => {
  const user_id = await makeUser(own, 1);
  const { api_key } = await makeKey(own, user_id);
  assert.equal((await ask('getCurrentUser', api_key, NOTHING)).status, 200);
  await server.send('DELETE', `/user/${user_id}`, { key: own.key });
  assert.equal((await ask('getCurrentUser', api_key, NOTHING)).text, INVALID_KEY);
});

test('a wrong key is refused before any body is read', async () => {
  for (const name of OPERATIONS.filter((one) => ROUTES[one].method !== 'GET')) {
    const { method }: Route = ROUTES[name];
    const path = MATRIX[name].path.replaceAll(/\{\w+\}/g, '1');
    const answer = await server.send(method, path, { key: 'wrong', raw: 'x'.repeat(300_000) });
    assert.equal(answer.text, INVALID_KEY, name);
  }
});
