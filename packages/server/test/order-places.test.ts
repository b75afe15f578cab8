/** Where orders belong and who sees them: containers, restricted and limited users, other accounts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderList, OrganizationList } from '@orgvet/contract';
import { divisionsOf } from './divisions.ts';
import { organizationBody, startServer } from './harness.ts';
import { nextOrganizationName, OV, orderingOf } from './ordering.ts';
import { createHolder, ROOT_ID } from './people.ts';

const server = await startServer();
const { send } = server;
const { order, place, show, showOrder, makeOrganization, changeStatus } = orderingOf(server);
const { makeBelow, makePerson, put } = divisionsOf(server);

const ADMINISTRATOR = 1;
const LIMITED_USER = 2;

const CONTACT = {
  contact_type: 'organization_contact',
  first_name: 'Jill',
  last_name: 'Valentine',
  email: 'jill.valentine@example.com',
};

/** The container that an order belongs to. */
const placeOf = async (id: number) => (await showOrder(id)).container.id;

const assign = (division: number, organizations: readonly number[]) =>
  put(`/container/${division}/organization-assignments`, {
    organization_id_assignments: organizations,
  });

test('an order belongs to the container that it names, or else to the own one', async () => {
  const organization = await makeOrganization();
  const division = await makeBelow(ROOT_ID);
  const named = await place(OV, organization, { container: { id: division } });
  assert.equal(await placeOf(named.id), division);
  assert.equal(await placeOf((await place(OV, organization)).id), ROOT_ID);
  const holder = await createHolder(server, { container: { id: division } });
  const own = await place(OV, organization, {}, holder.key);
  assert.equal(await placeOf(own.id), division);
});

test('a container that is not there and one of another account are the same', async () => {
  const organization = await makeOrganization();
  const foreign = await order(OV, organization, { container: { id: 5001 } });
  const absent = await order(OV, organization, { container: { id: 9001 } });
  assert.deepEqual(foreign.codes(), ['invalid_container_id']);
  assert.equal(foreign.text.replaceAll('5001', '9001'), absent.text);
});

test('nothing is ordered for an inactive container, also where it is the own one', async () => {
  const organization = await makeOrganization();
  const division = await makeBelow(ROOT_ID);
  const holder = await createHolder(server, { container: { id: division } });
  await put(`/container/${division}/deactivate`);
  const named = await order(OV, organization, { container: { id: division } });
  const own = await order(OV, organization, {}, holder.key);
  for (const answer of [named, own]) {
    assert.deepEqual(answer.codes(), ['invalid_container_id']);
    assert.match(answer.text, /is an inactive container/);
  }
});

test('a container with organizations assigned orders for these alone, and for no new one', async () => {
  const [assigned, beside] = [await makeOrganization(), await makeOrganization()];
  const division = await makeBelow(ROOT_ID);
  const container = { id: division };
  assert.equal((await order(OV, beside, { container })).status, 201);
  await assign(division, [assigned]);
  assert.equal((await order(OV, assigned, { container })).status, 201);
  assert.equal((await order(OV, beside)).status, 201);
  const { organization_contact: _, ...details } = organizationBody({
    name: nextOrganizationName(),
  });
  for (const other of [beside, { ...details, contacts: [CONTACT] }]) {
    const answer = await order(OV, other, { container });
    assert.deepEqual(answer.codes(), ['invalid_container_id']);
    assert.match(answer.text, /may order only for the organizations assigned to it/);
  }
});

test('a restricted user orders in the own containers, for the organizations that they see', async () => {
  const [division, other] = [await makeBelow(ROOT_ID), await makeBelow(ROOT_ID)];
  const person = await makePerson(ADMINISTRATOR, [division]);
  const hidden = await makeOrganization();
  const own = await makeOrganization({}, person.key);
  const assigned = await makeOrganization();
  const unseen = await order(OV, hidden, {}, person.key);
  const absent = await order(OV, 987_654, {}, person.key);
  assert.equal(unseen.text.replaceAll(String(hidden), '987654'), absent.text);
  assert.equal(await placeOf((await place(OV, own, {}, person.key)).id), division);
  const elsewhere = await order(OV, own, { container: { id: other } }, person.key);
  assert.deepEqual(elsewhere.codes(), ['invalid_container_id']);
  await assign(division, [assigned, own]);
  await place(OV, assigned, {}, person.key);
});

test('details that match what a restricted user does not see are refused without telling its id', async () => {
  const details = organizationBody({ name: nextOrganizationName() });
  const hidden = await makeOrganization(details);
  const person = await makePerson(ADMINISTRATOR, [await makeBelow(ROOT_ID)]);
  const { organization_contact: _, ...rest } = details;
  const organization = { ...rest, contacts: [CONTACT] };
  const answer = await order(OV, organization, {}, person.key);
  assert.deepEqual(answer.codes(), ['invalid_organization']);
  assert.doesNotMatch(answer.text, new RegExp(`\\b${hidden}\\b`));
  const skipping = { skip_duplicate_org_check: true };
  const made = await place(OV, organization, skipping, person.key);
  const { organizations } = await show<OrganizationList>('/organization', person.key);
  assert.deepEqual(
    organizations.map(({ id }) => id),
    [made.organization.id],
  );
});

/** Every way to reach one order. */
async function reach(id: number, key: string): Promise<string[]> {
  const path = `/order/certificate/${id}`;
  const answers = [
    await send('GET', path, { key }),
    await send('GET', `${path}/validation`, { key }),
    await changeStatus(id, { status: 'canceled' }, key),
  ];
  return answers.map(({ status, text }) => `${status} ${text}`);
}

test('an order that somebody does not see is answered like one that is not there', async () => {
  const organization = await makeOrganization();
  const { id } = await place(OV, organization);
  const restricted = await makePerson(ADMINISTRATOR, [await makeBelow(ROOT_ID)]);
  for (const key of [server.other, restricted.key]) {
    assert.deepEqual(await reach(id, key), await reach(987_654, key));
    assert.match((await reach(id, key))[0] ?? '', /^404 .*not_found\|order/);
  }
  assert.equal((await showOrder(id)).status, 'pending');
});

test('a limited user sees the own orders alone, and manages none', async () => {
  const organization = await makeOrganization();
  const [one, other] = [await makePerson(LIMITED_USER), await makePerson(LIMITED_USER)];
  const own = await place(OV, organization, {}, one.key);
  const foreign = await place(OV, organization, {}, other.key);
  assert.equal((await showOrder(own.id, one.key)).user?.id, one.id);
  const { status } = await send('GET', `/order/certificate/${foreign.id}`, { key: one.key });
  assert.equal(status, 404);
  assert.equal((await changeStatus(own.id, { status: 'canceled' }, one.key)).status, 403);
  const { orders, page } = await show<OrderList>('/order/certificate', one.key);
  assert.deepEqual(
    orders.map(({ id }) => id),
    [own.id],
  );
  assert.equal(page.total, 1);
});

test('a restricted user sees the orders of the own containers, whoever made them', async () => {
  const [division, other] = [await makeBelow(ROOT_ID), await makeBelow(ROOT_ID)];
  const below = await makeBelow(division);
  const person = await makePerson(ADMINISTRATOR, [division]);
  const organization = await makeOrganization();
  const ids: number[] = [];
  for (const id of [division, below, other]) {
    ids.push((await place(OV, organization, { container: { id } })).id);
  }
  const { orders, page } = await show<OrderList>('/order/certificate', person.key);
  assert.deepEqual(
    orders.map(({ id }) => id),
    ids.slice(0, 2),
  );
  assert.equal(page.total, 2);
  assert.equal((await showOrder(ids[1] ?? 0, person.key)).container.id, below);
});
