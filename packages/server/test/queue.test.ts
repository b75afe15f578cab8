/** The queue over HTTP: what is open, for whom, in which order; who works on it; and what is rejected. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type InboxMailList,
  type QueueList,
  type RequirementList,
  ROUTES,
  type ValidationTypeName,
} from '@orgvet/contract';
import { Value } from 'typebox/value';
import { divisionsOf, ROOT } from './divisions.ts';
import { organizationBody, startServer } from './harness.ts';
import { ADA_ID, listEvents } from './people.ts';
import { appointAuditor, appointReviewer, appointSpecialist } from './vetting.ts';
import {
  createSubmitted,
  findShown,
  getRequirements,
  record,
  submit,
  workThrough,
} from './working.ts';

const server = await startServer();
const specialist = await appointSpecialist(server);
const reviewer = await appointReviewer(server);
const forOv = await appointSpecialist(server, { types: ['ov'] });
const { makeBelow, put } = divisionsOf(server);

/** Organizations that were submitted one day after the other, as `id type`, the longest waiting first. */
const QUEUED: string[] = [];
const organization_ids: number[] = [];
for (const [day, types] of [['ov', 'ds'], ['ev'], ['ov'], ['ov']].entries()) {
  server.clock.moveTo(`2026-12-0${day + 1}T12:00:00Z`);
  const id = await createSubmitted(server, types as ValidationTypeName[], { assumed_name: '' });
  organization_ids.push(id);
  QUEUED.push(...types.map((type) => `${id} ${type}`));
}
const [first = 0, second = 0, third = 0, fourth = 0] = organization_ids;
const ALL_DAYS = '2026-12-05T11:59:59Z';
server.clock.moveTo(ALL_DAYS);

async function list(query = '', key = specialist.key): Promise<QueueList> {
  const answer = await server.send('GET', `/vetting/v1/queue?${query}`, { key });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<QueueList>();
}

/** What of the queue is of this file, as `id type`, with the exact total. */
async function listOwn(query = '', key = specialist.key): Promise<string[]> {
  const { items, page } = await list(`limit=100&${query}`, key);
  assert.equal(page.total, items.length);
  return items
    .filter(({ organization }) => organization_ids.includes(organization.id))
    .map(({ organization, type }) => `${organization.id} ${type}`);
}

async function assign(id: number, type: ValidationTypeName, user_id?: number) {
  const path = `/vetting/v1/organization/${id}/validation/${type}/assignee`;
  const body = user_id === undefined ? {} : { user_id };
  return await server.send('PUT', path, { key: specialist.key, body });
}

async function reject(id: number, reasons: readonly string[], key = specialist.key) {
  const path = `/vetting/v1/organization/${id}/validation/ov/reject`;
  return await server.send('PUT', path, { key, body: { reasons } });
}

test('the queue has what is open, the longest waiting first, or last', async () => {
  assert.deepEqual(await listOwn(), QUEUED);
  assert.deepEqual(await listOwn('sort=-requested_at'), QUEUED.toReversed());
});

test('each filter restricts the queue, and together they do so more', async () => {
  const ofType = (type: string) => QUEUED.filter((one) => one.endsWith(` ${type}`));
  assert.deepEqual(await listOwn('filters[type]=ov'), ofType('ov'));
  const ofFirst = `filters[organization_id]=${first}`;
  assert.deepEqual(await listOwn(ofFirst), [`${first} ov`, `${first} ds`]);
  assert.deepEqual(await listOwn(`${ofFirst}&filters[type]=ds`), [`${first} ds`]);
  assert.deepEqual(await listOwn(`${ofFirst}&filters[type]=ev`), []);
});

test('any page has the part of the whole that it should, with the exact total', async () => {
  const whole = await list('limit=100');
  const { total } = whole.page;
  for (let offset = 0; offset <= total + 2; offset += 2) {
    const { items, page } = await list(`limit=2&offset=${offset}`);
    assert.deepEqual(items, whole.items.slice(offset, offset + 2));
    assert.deepEqual(page, { total, limit: 2, offset });
  }
});

test('an entry tells how far the work is, whose turn it is, and its age in whole days', async () => {
  const { items } = await list(`filters[organization_id]=${first}&filters[type]=ov`);
  const { met, total } = await getRequirements(
    { server, organization_id: first, key: specialist.key },
    'ov',
  );
  const expected = {
    organization: { id: first, name: items[0]?.organization.name, country: 'US' },
    ...{ type: 'ov', opened_because: 'request', next_actor: 'specialist', met, total },
    requested_at: '2026-12-01T12:00:00+00:00',
  };
  assert.deepEqual(items, [{ ...expected, age_days: 3 }]);
  server.clock.moveTo('2026-12-05T12:00:00Z');
  const later = await list(`filters[organization_id]=${first}&filters[type]=ov`);
  assert.deepEqual(later.items, [{ ...expected, age_days: 4 }]);
  server.clock.moveTo(ALL_DAYS);
});

test("age goes by the account's own clock", async () => {
  const own = await startServer();
  const { key } = await appointSpecialist(own);
  const id = await createSubmitted(own, ['ov']);
  await own.send('POST', '/control/v1/clock', { body: { advance: 'P10D' } });
  const answer = await own.send('GET', `/vetting/v1/queue?filters[organization_id]=${id}`, { key });
  assert.deepEqual(
    answer.json<QueueList>().items.map(({ age_days }) => age_days),
    [10],
  );
});

test('a validation is assigned only to somebody who is qualified for it', async () => {
  for (const user_id of [ADA_ID, reviewer.user_id, 999_999]) {
    const answer = await assign(second, 'ev', user_id);
    assert.deepEqual([answer.status, ...answer.codes()], [400, 'invalid_user_id']);
  }
  assert.deepEqual((await assign(second, 'ev', forOv.user_id)).codes(), ['invalid_user_id']);
  assert.equal((await assign(third, 'ov', forOv.user_id)).status, 204);
  assert.equal((await assign(second, 'ev', specialist.user_id)).status, 204);

  assert.deepEqual(await listOwn(`filters[assigned_to]=${forOv.user_id}`), [`${third} ov`]);
  const [entry] = (await list(`filters[organization_id]=${second}`)).items;
  assert.equal(entry?.assigned_to?.id, specialist.user_id);
  const unassigned = QUEUED.filter((one) => ![`${third} ov`, `${second} ev`].includes(one));
  assert.deepEqual(await listOwn('filters[assigned_to]=none'), unassigned);

  assert.equal((await assign(third, 'ov')).status, 204);
  assert.equal((await assign(second, 'ev')).status, 204);
  assert.deepEqual(await listOwn('filters[assigned_to]=none'), QUEUED);
  const events = await listEvents(server, 'organization', third);
  assert.deepEqual(
    events
      .filter(({ action }) => action === 'validation_assigned')
      .map(({ before, after }) => [JSON.parse(before), JSON.parse(after)]),
    [
      [
        { type: 'ov', user_id: 0 },
        { type: 'ov', user_id: forOv.user_id },
      ],
      [
        { type: 'ov', user_id: forOv.user_id },
        { type: 'ov', user_id: 0 },
      ],
    ],
  );
});

test('a specialist who is restricted to containers sees only what belongs or is assigned to them', async () => {
  const container = await makeBelow(ROOT);
  await put(`/container/${container}/organization-assignments`, {
    organization_id_assignments: [second],
  });
  const user = { container_id_assignments: [container] };
  const restricted = await appointSpecialist(server, { user });
  const { items, page } = await list('', restricted.key);
  assert.deepEqual([items.map(({ organization }) => organization.id), page.total], [[second], 1]);
  const elsewhere = `filters[organization_id]=${first}`;
  assert.deepEqual((await list(elsewhere, restricted.key)).page.total, 0);
  const path = `/vetting/v1/organization/${first}/requirements`;
  const answer = await server.send('GET', path, { key: restricted.key });
  assert.deepEqual([answer.status, ...answer.codes()], [404, 'not_found|organization']);
});

test('the requirements tell the details to everybody who validates them, without what was not given', async () => {
  const details = { address2: '', telephone: '+1 612 555 0100', validations: [{ type: 'ov' }] };
  const body = organizationBody({ name: 'Told Ltd', assumed_name: '', ...details });
  const { id } = (await server.send('POST', '/organization', { body })).json<{ id: number }>();
  const auditor = await appointAuditor(server);
  for (const { key } of [specialist, reviewer, auditor]) {
    assert.equal((await server.send('GET', `/organization/${id}`, { key })).status, 403);
    const path = `/vetting/v1/organization/${id}/requirements`;
    const told = (await server.send('GET', path, { key })).json<RequirementList>();
    assert.deepEqual(told.details, {
      name: 'Told Ltd',
      country: 'US',
      address: '932 Prospect Street',
      city: 'Minneapolis',
      state: 'mn',
      zip: '40849',
      telephone: '+1 612 555 0100',
    });
    assert.ok(Value.Check(ROUTES.listRequirements.success.schema, told));
  }
});

test('another account sees nothing of the queue, by no filter', async () => {
  const stranger = await appointSpecialist(server, { by: server.other });
  const { items } = await list('limit=100', stranger.key);
  assert.ok(items.every(({ organization }) => !organization_ids.includes(organization.id)));
  const own = await list(`filters[organization_id]=${first}`, stranger.key);
  assert.deepEqual([own.items, own.page.total], [[], 0]);
});

test('a revalidation is in the queue with when what serves ends', async () => {
  const work = { server, organization_id: fourth, key: specialist.key };
  await workThrough(work, 'ov', reviewer.key);
  assert.deepEqual(await listOwn(`filters[organization_id]=${fourth}`), []);
  await submit(server, fourth, ['ov']);
  const [entry] = (await list(`filters[organization_id]=${fourth}`)).items;
  const shown = await findShown(server, fourth, 'ov');
  assert.deepEqual([entry?.serves_until, shown?.status], [shown?.validated_until, 'active']);
});

test('reasons of a rejection are told, what served goes on, and submitting again opens', async () => {
  const work = { server, organization_id: fourth, key: specialist.key };
  const before = await findShown(server, fourth, 'ov');
  const reasons = ['The register has no such number.', 'Nobody answers the telephone.'];
  assert.equal((await reject(fourth, reasons)).status, 204);

  assert.deepEqual(await findShown(server, fourth, 'ov'), before);
  const rejected = await getRequirements(work, 'ov');
  const rejected_at = '2026-12-05T11:59:59+00:00';
  assert.deepEqual([rejected.work, rejected.rejection], ['rejected', { rejected_at, reasons }]);
  assert.deepEqual(await listOwn(`filters[organization_id]=${fourth}`), []);
  const inbox = await server.send('GET', `/control/v1/mail?filters[organization_id]=${fourth}`);
  const [mail] = inbox.json<InboxMailList>().mails;
  assert.ok(reasons.every((reason) => mail?.text.includes(reason)));
  assert.deepEqual((await reject(fourth, reasons)).codes(), ['validation_not_open']);

  await submit(server, fourth, ['ov']);
  const { work: state, rejection, status } = await getRequirements(work, 'ov');
  assert.deepEqual([state, rejection, status], ['open', undefined, 'active']);
});

test('only a specialist for the type rejects, with a reason at least', async () => {
  assert.deepEqual((await reject(first, [])).codes(), ['invalid_reasons']);
  const forEv = await appointSpecialist(server, { types: ['ev'] });
  assert.deepEqual((await reject(first, ['No.'], forEv.key)).codes(), ['not_qualified']);
  assert.equal((await reject(first, ['No.'], reviewer.key)).status, 403);
  assert.equal((await reject(first, ['No.'], server.administrator)).status, 403);
  assert.ok((await listOwn()).includes(`${first} ov`));
});

test('evidence that is recorded for one type is told as usable for the others', async () => {
  const work = { server, organization_id: first, key: specialist.key };
  const evidence_id = await record(work, 'qgis');
  for (const type of ['ov', 'ds'] as const) {
    const { checks } = await getRequirements(work, type);
    const usable = checks.flatMap(({ next }) => next?.usable_evidence_ids ?? []);
    assert.ok(usable.includes(evidence_id));
  }
});
