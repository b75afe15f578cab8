/** The typed client against the real server: every shape of request and answer that the contract has. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ApiError, createClient } from '@orgvet/client';
import { buildApp } from '../packages/server/src/app.ts';
import { makeDatabase } from '../packages/server/test/databases.ts';

const database = await makeDatabase();
const clock = { now_ms: () => Date.parse('2026-11-21T12:00:00Z') };
const app = await buildApp({ database, seed: 'demo', log_level: 'silent' }, clock);
const origin = await app.server.listen({ host: '127.0.0.1', port: 0 });
after(() => app.close());

const base_url = `${origin}/services/v2`;
const api_key = app.accounts[0]?.keys.administrator ?? '';
const client = createClient({ base_url, api_key });

const body = {
  name: 'Client & Söhne <GmbH>',
  country: 'de',
  address: 'Hauptstraße 1',
  city: 'Köln',
  state: 'Nordrhein-Westfalen',
  zip: '50667',
  telephone: '0221 1',
  organization_contact: { first_name: 'Jo', last_name: 'Klein', email: 'jo@example.com' },
};

test('an organization is created, found, changed, switched off and on, and deleted', async () => {
  const { id: organization_id } = await client.call('createOrganization', { body });
  const params = { organization_id };
  const query = { 'filters[search]': '%& söhne <', sort: '-name', limit: 5 };
  const { organizations, page } = await client.call('listOrganizations', { query });
  assert.deepEqual(
    organizations.map(({ id, country }) => [id, country]),
    [[organization_id, 'DE']],
  );
  assert.deepEqual(page, { total: 1, limit: 5, offset: 0 });
  const changed = await client.call('changeOrganizationDetails', {
    params,
    body: { ...body, city: 'Bonn' },
  });
  assert.equal(changed, undefined);
  await client.call('deactivateOrganization', { params });
  const info = await client.call('getOrganization', { params });
  assert.deepEqual([info.city, info.status], ['Bonn', 'inactive']);
  await client.call('activateOrganization', { params });
  assert.deepEqual((await client.call('listOrganizationValidations', { params })).validations, []);
  await client.call('deleteOrganization', { params });
  await assert.rejects(client.call('getOrganization', { params }), ApiError);
});

test('a refusal carries its status and every problem', async () => {
  const refused = client.call('createOrganization', { body: { ...body, name: '', country: 'xx' } });
  await assert.rejects(refused, (error) => {
    assert.ok(error instanceof ApiError);
    assert.equal(error.status, 400);
    assert.deepEqual(
      error.problems.map(({ code }) => code),
      ['missing_name', 'invalid_country'],
    );
    assert.match(error.message, /name is required/);
    return true;
  });
});

test('operations without a request, and a base URL with a slash at its end', async () => {
  const slashed = createClient({ base_url: `${base_url}/`, api_key });
  assert.equal((await slashed.call('getCurrentUser', {})).username, 'ada.adler');
  assert.equal((await slashed.call('listContainers', {})).containers.length, 3);
  assert.equal((await slashed.call('listValidationTypes', {})).validation_types.length, 6);
  const container = await slashed.call('getContainer', { params: { container_id: 4 } });
  assert.equal(container.parent_id, 0);
});

test('an answer that is not the server’s own is an error with its status all the same', async () => {
  const fetch = () => Promise.resolve(new Response('<html>Bad gateway</html>', { status: 502 }));
  const behindProxy = createClient({ base_url, api_key, fetch });
  await assert.rejects(behindProxy.call('getCurrentUser', {}), (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.status, error.problems], [502, []]);
    return true;
  });
});
