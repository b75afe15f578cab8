/** Duplicates over HTTP: what counts as one, who may make one, and that two at once make only one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeSettingsAsOperator } from '../src/operations/account-settings.ts';
import { type Answer, organizationBody, startServer } from './harness.ts';

const server = await startServer();
const { send } = server;

const create = (changes: Record<string, unknown>): Promise<Answer> =>
  send('POST', '/organization', { body: organizationBody(changes) });

async function createNew(changes: Record<string, unknown>): Promise<number> {
  const answer = await create(changes);
  assert.equal(answer.status, 201, answer.text);
  return answer.json<{ id: number }>().id;
}

test('a create that matches an organization is an error that names it', async () => {
  const id = await createNew({ name: 'Acme, Inc.' });
  const answer = await create({
    name: '  ACME INC ',
    state: 'Minnesota',
    country: 'US',
    telephone: '1',
  });
  assert.equal(answer.status, 400);
  const [error] = answer.json<{ errors: Record<string, unknown>[] }>().errors;
  assert.deepEqual(Object.keys(error ?? {}), ['code', 'message', 'existing_organization_id']);
  assert.equal(error?.code, 'duplicate_organization');
  assert.equal(error?.existing_organization_id, id);
  assert.match(String(error?.message), new RegExp(String(id)));
});

test('the name alone never makes a duplicate', async () => {
  await createNew({ name: 'Memorial Hospital' });
  await createNew({ name: 'Memorial Hospital', address: '1 Other Street' });
  await createNew({ name: 'Memorial Hospital', city: 'Duluth' });
  await createNew({ name: 'Memorial Hospital', assumed_name: 'Memorial' });
});

test('an inactive organization counts', async () => {
  const id = await createNew({ name: 'Asleep' });
  await send('PUT', `/organization/${id}/deactivate`);
  assert.deepEqual((await create({ name: 'Asleep' })).codes(), ['duplicate_organization']);
});

test('skip_duplicate_org_check creates another one, in either place', async () => {
  const first = await createNew({ name: 'Again' });
  const second = await createNew({ name: 'Again', skip_duplicate_org_check: true });
  const third = await createNew({
    name: 'Again',
    organization: { skip_duplicate_org_check: true },
  });
  assert.equal(new Set([first, second, third]).size, 3);
  assert.deepEqual((await create({ name: 'Again' })).codes(), ['duplicate_organization']);
});

test('an organization made past the check still counts when the first one is gone', async () => {
  const first = await createNew({ name: 'Heir' });
  const second = await createNew({ name: 'Heir', skip_duplicate_org_check: true });
  await send('DELETE', `/organization/${first}`);
  const answer = await create({ name: 'Heir' });
  assert.match(answer.text, new RegExp(`"existing_organization_id":${second}`));
  await send('PUT', `/organization/${second}`, { body: organizationBody({ name: 'Moved on' }) });
  await createNew({ name: 'Heir' });
});

test('a change to the details of another organization is a duplicate too', async () => {
  const taken = await createNew({ name: 'Taken' });
  const id = await createNew({ name: 'Free' });
  const body = organizationBody({ name: 'Taken' });
  const answer = await send('PUT', `/organization/${id}`, { body });
  assert.equal(answer.status, 400);
  assert.match(answer.text, new RegExp(`"existing_organization_id":${taken}`));
  assert.match((await send('GET', `/organization/${id}`)).text, /"name":"Free"/);
  const forced = { ...body, skip_duplicate_org_check: true };
  assert.equal((await send('PUT', `/organization/${id}`, { body: forced })).status, 204);
  const again = { ...forced, skip_duplicate_org_check: false, telephone: '999' };
  assert.equal((await send('PUT', `/organization/${id}`, { body: again })).status, 204);
});

test('of many simultaneous creates of one organization exactly one succeeds', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => create({ name: 'Stampede GmbH' })),
  );
  const created = answers.filter(({ status }) => status === 201);
  assert.equal(created.length, 1);
  const id = created[0]?.json<{ id: number }>().id;
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    assert.deepEqual(answer.codes(), ['duplicate_organization']);
    assert.match(answer.text, new RegExp(`"existing_organization_id":${id}`));
  }
  const list = await send('GET', '/organization?filters[search]=stampede%20gmbh');
  assert.equal(list.json<{ page: { total: number } }>().page.total, 1);
});

test('organizations of other accounts are no duplicates', async () => {
  await createNew({ name: 'Both have it' });
  const answer = await send('POST', '/organization', {
    key: server.other,
    body: organizationBody({ name: 'Both have it' }),
  });
  assert.equal(answer.status, 201);
});

test('with duplicate_policy reuse a create answers with the organization that is there', async () => {
  const id = await createNew({ name: 'Reused' });
  await changeSettingsAsOperator(server.app.environment, 1, { duplicate_policy: 'reuse' });
  const answers = await Promise.all(Array.from({ length: 10 }, () => create({ name: 'reused' })));
  for (const answer of answers) {
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.json(), { id });
  }
  const fresh = await Promise.all(Array.from({ length: 10 }, () => create({ name: 'Brand new' })));
  assert.equal(new Set(fresh.map(({ text }) => text)).size, 1);
  assert.notEqual(await createNew({ name: 'Reused', skip_duplicate_org_check: true }), id);
  await changeSettingsAsOperator(server.app.environment, 1, { duplicate_policy: 'error' });
});
