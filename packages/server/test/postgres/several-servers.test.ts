/** Several servers on one PostgreSQL: what they must agree on however they interleave. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { OrganizationList } from '@orgvet/contract';
import { openEnvironment, openStore } from '../../src/environment.ts';
import { changeSettingsAsOperator } from '../../src/operations/account-settings.ts';
import { createFirstAccount } from '../../src/operations/accounts.ts';
import { indexNames, stopIndexingNames } from '../../src/operations/search-index.ts';
import { claimLease, releaseLease } from '../../src/store/leases.ts';
import { getSchemaVersion, MIGRATIONS, migrate } from '../../src/store/migrations.ts';
import { hasQueuedNames, queueName } from '../../src/store/search.ts';
import { makeDatabase, SUITE } from '../databases.ts';
import { type Answer, holdClock, organizationBody, startServer } from '../harness.ts';

const KIND = SUITE === 'sqlite' ? 'postgres' : SUITE;
const database = await makeDatabase(KIND);
const servers = [await startServer({ database }), await startServer({ database })] as const;
const [one, other] = servers;

/** Twelve clients, six at each server, that all send the same at once. */
function sendByTwelve(path: string, body: object): Promise<Answer[]> {
  return Promise.all(
    Array.from({ length: 12 }, (_, client) =>
      (client % 2 === 0 ? one : other).send('POST', path, { body }),
    ),
  );
}

test('of twelve creates of one organization through two servers exactly one succeeds', async () => {
  for (let round = 0; round < 10; round += 1) {
    const name = `Contested ${round}`;
    const answers = await sendByTwelve('/organization', organizationBody({ name }));
    const created = answers.filter(({ status }) => status === 201);
    assert.equal(created.length, 1, answers.map(({ text }) => text).join('\n'));
    const id = created[0]?.json<{ id: number }>().id;
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      assert.deepEqual(answer.codes(), ['duplicate_organization'], answer.text);
      assert.match(answer.text, new RegExp(`"existing_organization_id":${id}`));
    }
  }
});

test('with duplicate_policy reuse all twelve are given one id', async () => {
  await changeSettingsAsOperator(one.app.environment, 1, { duplicate_policy: 'reuse' });
  for (let round = 0; round < 10; round += 1) {
    const body = organizationBody({ name: `Shared ${round}` });
    const answers = await sendByTwelve('/organization', body);
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
    assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
  }
  await changeSettingsAsOperator(other.app.environment, 1, { duplicate_policy: 'error' });
});

test('what one server has acknowledged the other shows at once', async () => {
  const created = await one.send('POST', '/organization', {
    body: organizationBody({ name: 'Seen by both' }),
  });
  const { id } = created.json<{ id: number }>();
  const path = `/organization/${id}`;
  assert.equal((await other.send('GET', path)).text, (await one.send('GET', path)).text);
  assert.equal((await other.send('PUT', `${path}/deactivate`)).status, 204);
  assert.match((await one.send('GET', path)).text, /"status":"inactive"/);
});

/** The totals that are kept, and the same counted by hand. */
async function assertTotalsAreExact(): Promise<void> {
  const all = await one.send('GET', '/organization?limit=1000');
  const { organizations, page } = all.json<OrganizationList>();
  assert.equal(page.total, organizations.length);
  for (const status of ['active', 'inactive']) {
    const list = await other.send('GET', `/organization?filters[status]=${status}&limit=1`);
    const counted = organizations.filter((organization) => organization.status === status).length;
    assert.equal(list.json<OrganizationList>().page.total, counted, status);
  }
}

test('totals stay exact while both servers change the same organizations', async () => {
  const ids: number[] = [];
  for (let number = 0; number < 4; number += 1) {
    const body = organizationBody({ name: `Restless ${number}`, validations: [{ type: 'ov' }] });
    ids.push((await one.send('POST', '/organization', { body })).json<{ id: number }>().id);
  }
  const change = async (client: number) => {
    const server = servers[client % 2] ?? one;
    for (let step = 0; step < 12; step += 1) {
      const path = `/organization/${ids[(client + step) % ids.length]}`;
      const body = organizationBody({ name: `Restless ${client} ${step}` });
      const answers = [
        await server.send('PUT', `${path}/${step % 2 === 0 ? 'deactivate' : 'activate'}`),
        await server.send('PUT', path, { body }),
      ];
      for (const { status, text } of answers) {
        assert.equal(status, 204, text);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, client) => change(client)));
  await assertTotalsAreExact();
});

test('duplicates that are created while the first is deleted are still duplicates of one', async () => {
  for (let round = 0; round < 10; round += 1) {
    const body = organizationBody({ name: `Inherited ${round}` });
    const first = await one.send('POST', '/organization', { body });
    const forced = { ...body, skip_duplicate_org_check: true };
    const path = `/organization/${first.json<{ id: number }>().id}`;
    const answers = await Promise.all([
      one.send('DELETE', path),
      other.send('POST', '/organization', { body: forced }),
      one.send('POST', '/organization', { body: forced }),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [204, 201, 201],
    );
    const again = await other.send('POST', '/organization', { body });
    assert.deepEqual(again.codes(), ['duplicate_organization']);
  }
  await assertTotalsAreExact();
});

test('a name is found exactly once while it is renamed by one server and indexed by the other', async () => {
  const created = await one.send('POST', '/organization', {
    body: organizationBody({ name: 'Chameleon 0.' }),
  });
  const path = `/organization/${created.json<{ id: number }>().id}`;
  const totalOf = async (term: string) => {
    const list = await other.send('GET', `/organization?filters[search]=%25${term}`);
    return list.json<OrganizationList>().page.total;
  };
  for (let step = 1; step <= 25; step += 1) {
    const body = organizationBody({ name: `Chameleon ${step}.` });
    await Promise.all([
      one.send('PUT', path, { body }),
      indexNames(other.app.environment, 'tester'),
    ]);
    assert.equal(await totalOf('chameleon'), 1);
    assert.equal(await totalOf(`chameleon%20${step - 1}.`), 0);
    assert.equal(await totalOf(`chameleon%20${step}.`), 1);
  }
});

test('migrations that two servers start at once run once', async () => {
  const empty = await makeDatabase(KIND);
  const stores = [openStore(empty), openStore(empty), openStore(empty)];
  const versions = await Promise.all(stores.map((store) => migrate(store, 'now')));
  assert.deepEqual(new Set(versions), new Set([MIGRATIONS.length]));
  for (const store of stores) {
    assert.equal(await getSchemaVersion(store.reader), MIGRATIONS.length);
    await store.close();
  }
});

test('two servers that start at once on nothing make one first account', async () => {
  const empty = await makeDatabase(KIND);
  const environments = await Promise.all([
    openEnvironment(empty, holdClock()),
    openEnvironment(empty, holdClock()),
  ]);
  const accounts = await Promise.all(
    environments.map((environment) =>
      createFirstAccount(environment, (size) => Buffer.alloc(size)),
    ),
  );
  assert.equal(accounts.filter((account) => account !== undefined).length, 1);
  await Promise.all(environments.map(({ store }) => store.close()));
});

test('a lease has one holder until it runs out or is given back', async () => {
  const { store } = await openEnvironment(await makeDatabase(KIND), holdClock());
  after(() => store.close());
  const claim = (holder: string, now_ms: number) =>
    store.transaction((tx) => claimLease(tx, { name: 'work', holder }, now_ms, 1000));
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, number) => claim(`server ${number}`, 5000)),
  );
  assert.equal(claims.filter(Boolean).length, 1);
  const holder = `server ${claims.indexOf(true)}`;
  assert.equal(await claim('late', 5999), false);
  assert.equal(await claim(holder, 5999), true);
  assert.equal(await claim('late', 6998), false);
  assert.equal(await claim('late', 6999), true);
  await store.transaction((tx) => releaseLease(tx, { name: 'work', holder }));
  assert.equal(await claim(holder, 7000), false);
  await store.transaction((tx) => releaseLease(tx, { name: 'work', holder: 'late' }));
  assert.equal(await claim(holder, 7000), true);
});

test('the search index is kept by one server, and by another once that stops or dies', async () => {
  const clock = holdClock();
  const environment = await openEnvironment(await makeDatabase(KIND), clock);
  after(() => environment.store.close());
  const { store } = environment;
  // More than are indexed at once, thrice: each call tells whether it did the work.
  await store.transaction(async (tx) => {
    for (let id = 1; id <= 601; id += 1) {
      await queueName(tx, 1, id);
    }
  });
  assert.equal(await indexNames(environment, 'first'), true);
  assert.equal(await indexNames(environment, 'second'), false);
  clock.moveTo('2026-11-21T12:00:10Z');
  assert.equal(await indexNames(environment, 'second'), true);
  await stopIndexingNames(environment, 'second');
  assert.equal(await indexNames(environment, 'first'), true);
  assert.equal(await indexNames(environment, 'first'), true);
  assert.equal(await hasQueuedNames(store.reader), false);
  assert.equal(await indexNames(environment, 'first'), false);
});
