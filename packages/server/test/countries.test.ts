/** Countries and states over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CountryList, ROUTES, type StateList } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { organizationBody, startServer } from './harness.ts';

const server = await startServer();

async function read<Body>(path: string): Promise<Body> {
  const answer = await server.send('GET', `/vetting/v1${path}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<Body>();
}

test('every country has a code and a name, and most have states', async () => {
  const list = await read<CountryList>('/country');
  assert.ok(Value.Check(ROUTES.listCountries.success.schema, list));
  assert.ok(list.countries.length > 240);
  assert.deepEqual(
    list.countries.find(({ code }) => code === 'DE'),
    { code: 'DE', name: 'Germany' },
  );
  const { states } = await read<StateList>('/country/DE/state');
  assert.ok(Value.Check(ROUTES.listStates.success.schema, { states }));
  assert.deepEqual([states.length, states[0]], [16, { code: 'DE-BW', name: 'Baden-Württemberg' }]);
});

test('the code is taken in any case, and what is no country is not found', async () => {
  assert.deepEqual(await read('/country/us/state'), await read('/country/US/state'));
  for (const code of ['zz', 'USA', '1', '%E0%A5%B0%E0%A5%B0']) {
    const answer = await server.send('GET', `/vetting/v1/country/${code}/state`);
    assert.deepEqual([answer.status, answer.codes()], [404, ['not_found|country']], code);
  }
});

test('the code and the name of a state both make the same organization', async () => {
  const { states } = await read<StateList>('/country/us/state');
  const [state] = states;
  assert.ok(state);
  const first = await server.send('POST', '/organization', {
    body: organizationBody({ state: state.code }),
  });
  const second = await server.send('POST', '/organization', {
    body: organizationBody({ state: state.name }),
  });
  assert.deepEqual([first.status, second.codes()], [201, ['duplicate_organization']]);
});
