/** The history of an organization over HTTP: what it tells, page by page, and to whom. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type HistoryEvent, type OrganizationHistory, ROUTES } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { storeFile } from './bundles.ts';
import { divisionsOf } from './divisions.ts';
import { organizationBody, startServer } from './harness.ts';
import { OV, orderingOf } from './ordering.ts';
import { ADA_ID, createHolder, ROOT_ID } from './people.ts';
import { makePdf } from './sample-files.ts';
import { appointSpecialist } from './vetting.ts';
import { createSubmitted, getRequirement, meet, record, type Work } from './working.ts';

const server = await startServer();
const { makeBelow, makePerson } = divisionsOf(server);
const { confirm, listLinks, makeOrganization, place } = orderingOf(server);
const specialist = await appointSpecialist(server);

const MANAGER = { access_roles: [{ id: 4 }] };
const manager = await createHolder(server, MANAGER);

const pathOf = (id: number, query = '') => `/vetting/v1/organization/${id}/history${query}`;

async function read(
  id: number,
  { query = '', key = server.administrator }: { query?: string; key?: string } = {},
): Promise<OrganizationHistory> {
  const answer = await server.send('GET', pathOf(id, query), { key });
  assert.equal(answer.status, 200, answer.text);
  const history = answer.json<OrganizationHistory>();
  assert.ok(Value.Check(ROUTES.getOrganizationHistory.success.schema, history), answer.text);
  return history;
}

const actionsOf = ({ events }: OrganizationHistory) => events.map(({ action }) => action);

const find = ({ events }: OrganizationHistory, action: string): HistoryEvent =>
  events.find((event) => event.action === action) ?? assert.fail(`there is no ${action}`);

async function change(id: number, path: string, body?: object): Promise<void> {
  const answer = await server.send('PUT', `/organization/${id}${path}`, { body });
  assert.equal(answer.status, 204, answer.text);
}

const { organization_contact: CONTACT, ...DETAILS } = organizationBody({ name: 'Told Ltd' });

test('it tells what was done, newest first, by whom, and which fields changed', async () => {
  const id = await makeOrganization({ name: 'Told Ltd' });
  await change(id, '', { ...DETAILS, city: 'Duluth', address2: undefined });
  await change(id, '/deactivate');
  const history = await read(id);
  assert.deepEqual(actionsOf(history), [
    'organization_deactivated',
    'organization_details_changed',
    'organization_created',
  ]);
  const [deactivated, changed, created] = history.events;
  assert.deepEqual(deactivated?.changes, [{ field: 'is_active', before: true, after: false }]);
  assert.deepEqual(changed?.changes, [
    { field: 'address2', before: 'Floor 08' },
    { field: 'city', before: 'Minneapolis', after: 'Duluth' },
  ]);
  assert.deepEqual(
    created?.changes.filter(({ field }) => field.startsWith('organization_contact.')).length,
    Object.keys(CONTACT as object).length,
  );
  assert.deepEqual(
    [created?.object_type, created?.object_id, created?.occurred_at],
    ['organization', id, '2026-11-21T12:00:00+00:00'],
  );
  assert.equal(created?.actor?.id, ADA_ID);
});

test('a change of a contact tells which contact it is, also where its kind stays', async () => {
  const id = await makeOrganization();
  const contact = { ...(CONTACT as object), contact_type: 'organization_contact' };
  await change(id, '/contact', { contacts: [{ ...contact, job_title: 'Head of Laboratory' }] });
  const { contact_type, changes } = find(await read(id), 'organization_contact_changed');
  assert.equal(contact_type, 'organization_contact');
  assert.deepEqual(
    changes.filter(({ field }) => field === 'contact_type'),
    [],
  );
  assert.deepEqual(changes, [
    {
      field: 'job_title',
      before: 'Clinical Laboratory Technician',
      after: 'Head of Laboratory',
    },
  ]);
});

test('it goes on page by page to the first event, and no event is told twice', async () => {
  const id = await makeOrganization();
  for (const action of ['/deactivate', '/activate', '/deactivate', '/activate', '/deactivate']) {
    await change(id, action);
  }
  const whole = await read(id);
  assert.equal(whole.events.length, 6);
  assert.equal(whole.next_before_id, undefined);
  for (const limit of [1, 2, 3, 6]) {
    const pages: OrganizationHistory[] = [await read(id, { query: `?limit=${limit}` })];
    for (let next = pages[0]?.next_before_id; next !== undefined; ) {
      const page = await read(id, { query: `?limit=${limit}&before_id=${next}` });
      pages.push(page);
      next = page.next_before_id;
    }
    assert.equal(pages.length, Math.ceil(6 / limit));
    assert.deepEqual(
      pages.flatMap(({ events }) => events),
      whole.events,
    );
  }
});

test('who validates reads of decisions, evidence and files, and who asked for it does not', async () => {
  const organization_id = await createSubmitted(server, ['ov', 'ev']);
  const work: Work = { server, organization_id, key: specialist.key };
  await storeFile(work, makePdf('seen'));
  await record(work, 'site_visit');
  await meet(work, 'ov', await getRequirement(work, 'ov', 'identity'));
  // Mail goes out by itself, and is told too: between two readings it would be a difference.
  while (!actionsOf(await read(organization_id)).includes('mail_sent')) {
    await wait(5);
  }
  const seen = await read(organization_id, { key: specialist.key });
  const decided = find(seen, 'check_decided');
  assert.deepEqual([decided.validation_type, decided.actor?.id], ['ov', specialist.user_id]);
  assert.equal(find(seen, 'evidence_recorded').object_type, 'evidence');
  assert.ok(actionsOf(seen).includes('file_stored'));
  for (const key of [server.administrator, manager.key]) {
    const applicant = await read(organization_id, { key });
    assert.deepEqual(
      applicant.events,
      seen.events.filter(
        ({ action }) => !['check_decided', 'evidence_recorded', 'file_stored'].includes(action),
      ),
    );
    assert.equal(find(applicant, 'verified_contact_requested').object_type, 'verified_contact');
  }
});

test('an assignment tells for which type, and who had the work before', async () => {
  const id = await createSubmitted(server, ['ov']);
  const path = `/vetting/v1/organization/${id}/validation/ov/assignee`;
  const body = { user_id: specialist.user_id };
  const answer = await server.send('PUT', path, { key: specialist.key, body });
  assert.equal(answer.status, 204, answer.text);
  const { validation_type, changes } = find(await read(id), 'validation_assigned');
  assert.equal(validation_type, 'ov');
  assert.deepEqual(changes, [{ field: 'user_id', before: 0, after: specialist.user_id }]);
});

test('orders are told to whoever sees them', async () => {
  const id = await makeOrganization();
  const first = await place(OV, id);
  const second = await place(OV, id);
  const ordersFor = async (key: string) =>
    (await read(id, { key })).events
      .filter(({ action }) => action === 'order_created')
      .map(({ object_id }) => object_id);
  assert.deepEqual(await ordersFor(server.administrator), [second.id, first.id]);
  assert.deepEqual(await ordersFor(manager.key), [second.id, first.id]);
  assert.deepEqual(await ordersFor(specialist.key), [second.id, first.id]);
  const limited = await appointSpecialist(server, { user: { access_roles: [{ id: 2 }] } });
  const own = await place(OV, id, {}, limited.key);
  assert.deepEqual(await ordersFor(limited.key), [own.id]);
});

test('who is restricted to a division reads of its organizations and its orders alone', async () => {
  const division = await makeBelow(ROOT_ID);
  const restricted = await makePerson(1, [division]);
  const own = await makeOrganization({}, restricted.key);
  const foreign = await makeOrganization();
  const inside = await place(OV, own, { container: { id: division } });
  await place(OV, own);
  const { events } = await read(own, { key: restricted.key });
  assert.deepEqual(
    events.filter(({ object_type }) => object_type === 'order').map(({ object_id }) => object_id),
    [inside.id],
  );
  assert.equal((await server.send('GET', pathOf(foreign), restricted)).status, 404);
});

test('an answer by a link has no actor: whoever gave it is no user', async () => {
  const id = await createSubmitted(server, ['ev']);
  const [link = assert.fail('nobody was asked')] = await listLinks(id);
  await confirm(link);
  const { object_type, actor, changes } = find(await read(id), 'verified_contact_confirmed');
  assert.deepEqual([object_type, actor], ['verified_contact', undefined]);
  assert.ok(changes.some(({ field }) => field === 'validation_types'));
});

test('an organization of another account, and one that is not there, have no history', async () => {
  const id = await makeOrganization();
  const missing = await server.send('GET', pathOf(999_999_999));
  const foreign = await server.send('GET', pathOf(id), { key: server.other });
  assert.deepEqual([missing.status, foreign.status], [404, 404]);
  assert.equal(missing.text, foreign.text);
});

test('a page of an impossible size, and what is no parameter, are refused', async () => {
  const id = await makeOrganization();
  for (const [query, code] of [
    ['?limit=101', 'invalid_limit'],
    ['?limit=0', 'invalid_limit'],
    ['?before_id=x', 'invalid_before_id'],
    ['?offset=1', 'unknown_parameter|offset'],
  ] as const) {
    const answer = await server.send('GET', pathOf(id, query));
    assert.deepEqual([answer.status, answer.codes()], [400, [code]], query);
  }
});
