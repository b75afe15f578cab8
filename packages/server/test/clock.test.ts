/** The clock of a test account, scripted outcomes, and what comes due as time passes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClockAnswer, ValidationTypeName } from '@orgvet/contract';
import { organizationBody, startServer, type TestServer } from './harness.ts';
import { createSubmitted, findShown, submit } from './working.ts';

const START = '2026-11-21T12:00:00Z';

const server = await startServer();

async function move(
  body: Readonly<Record<string, unknown>>,
  { key = server.administrator, on = server }: { key?: string; on?: TestServer } = {},
): Promise<ClockAnswer> {
  const answer = await on.send('POST', '/control/v1/clock', { key, body });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<ClockAnswer>();
}

async function setPolicy(policy: Readonly<Record<string, unknown>>, on = server): Promise<void> {
  const answer = await on.send('PUT', '/control/v1/policy', { body: policy });
  assert.equal(answer.status, 204, answer.text);
}

/** What happened about an organization, in short. */
function about({ happened }: ClockAnswer, organization_id: number): string[] {
  return happened
    .filter(({ object_id, action }) => object_id === organization_id && action !== 'mail_sent')
    .map(({ occurred_at, action, details }) => {
      const { days = '' } = details as { days?: number };
      return `${occurred_at.slice(0, 16)} ${action} ${days}`.trim();
    });
}

async function statusOf(id: number, type: ValidationTypeName = 'ov'): Promise<string | undefined> {
  return (await findShown(server, id, type))?.status;
}

test('a validation goes from submission over approval, reminders and expiry to revalidation', async () => {
  const own = await startServer();
  await setPolicy({ policy: 'approve', after: 'PT2M' }, own);
  const id = await createSubmitted(own, ['ov']);
  assert.equal((await findShown(own, id, 'ov'))?.status, 'pending');

  assert.deepEqual(about(await move({ advance: 'PT119S' }, { on: own }), id), []);
  assert.deepEqual(about(await move({ advance: 'PT1S' }, { on: own }), id), [
    '2026-11-21T12:02 validation_completed',
  ]);
  const first = await findShown(own, id, 'ov');
  assert.deepEqual(first, {
    type: 'ov',
    name: 'OV',
    description: 'Normal Organization Validation',
    date_created: '2026-11-21T12:02:00+00:00',
    validated_until: '2027-12-23T12:02:00+00:00',
    status: 'active',
  });

  assert.deepEqual(about(await move({ now: '2028-01-01T00:00:00Z' }, { on: own }), id), [
    '2027-09-24T12:02 organization_revalidation_notice 90',
    '2027-10-24T12:02 organization_revalidation_notice 60',
    '2027-11-23T12:02 organization_revalidation_notice 30',
    '2027-12-16T12:02 organization_revalidation_notice 7',
    '2027-12-23T12:02 organization_expired 0',
    '2027-12-30T12:02 organization_expired -7',
  ]);
  assert.equal((await findShown(own, id, 'ov'))?.status, 'expired');
  const inbox = await own.send('GET', `/control/v1/mail?filters[organization_id]=${id}`);
  assert.equal(inbox.json<{ page: { total: number } }>().page.total, 6);

  await submit(own, id, ['ov']);
  assert.equal((await findShown(own, id, 'ov'))?.status, 'pending');
  assert.deepEqual(about(await move({ advance: 'PT2M' }, { on: own }), id), [
    '2028-01-01T00:02 validation_completed',
  ]);
  assert.equal((await findShown(own, id, 'ov'))?.status, 'active');
});

test('the clock shows how far it is ahead and goes on from there', async () => {
  const own = await startServer();
  await move({ advance: 'P1DT30M' }, { on: own });
  own.clock.moveTo('2026-11-21T13:00:00Z');
  const reading = await own.send('GET', '/control/v1/clock');
  assert.deepEqual(reading.json(), { now: '2026-11-22T13:30:00+00:00', offset_seconds: 88_200 });
  // What is made now carries the account's time.
  const id = await createSubmitted(own, ['ov']);
  await own.send('PUT', `/control/v1/organization/${id}/validation/ov`, {
    body: { status: 'active' },
  });
  assert.equal((await findShown(own, id, 'ov'))?.date_created, '2026-11-22T13:30:00+00:00');
});

test('the clock of one account says nothing about another', async () => {
  const own = await startServer();
  await move({ advance: 'P10D' }, { on: own });
  const other = await own.send('GET', '/control/v1/clock', { key: own.other });
  assert.deepEqual(other.json(), { now: '2026-11-21T12:00:00+00:00', offset_seconds: 0 });
});

const WRONG: readonly (readonly [string, object, string])[] = [
  ['backwards', { now: '2026-11-21T11:59:59Z' }, 'clock_goes_forward'],
  ['nowhere', {}, 'invalid_now'],
  ['two ways at once', { now: '2027-01-01T00:00:00Z', advance: 'P1D' }, 'invalid_now'],
  ['by months, whose length differs', { advance: 'P1M' }, 'invalid_advance'],
  ['by nothing that is a duration', { advance: 'two days' }, 'invalid_advance'],
  ['beyond the year 9999', { advance: 'P999999W' }, 'invalid_advance'],
];

for (const [how, body, code] of WRONG) {
  test(`the clock is not moved ${how}`, async () => {
    server.clock.moveTo(START);
    const answer = await server.send('POST', '/control/v1/clock', { body });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.codes(), [code]);
    const reading = await server.send('GET', '/control/v1/clock');
    assert.equal(reading.json<{ offset_seconds: number }>().offset_seconds, 0);
  });
}

test('a policy that rejects ends the work with its reason, which the applicant sees', async () => {
  await setPolicy({ policy: 'reject', after: 'PT1M', reason: 'No such company.' });
  const id = await createSubmitted(server, ['ov', 'smime']);
  const answer = await move({ advance: 'PT1M' });
  assert.deepEqual(
    about(answer, id).map((line) => line.slice(17)),
    ['validation_rejected', 'validation_rejected'],
  );
  // It never served, so the wire has nothing to show of it.
  assert.equal(await statusOf(id), undefined);
  const requirements = await server.send('GET', `/vetting/v1/organization/${id}/requirements`);
  const [ov] = requirements.json<{ types: { work: string; rejection: { reasons: string[] } }[] }>()
    .types;
  assert.deepEqual([ov?.work, ov?.rejection.reasons], ['rejected', ['No such company.']]);
  const inbox = await server.send('GET', `/control/v1/mail?filters[organization_id]=${id}`);
  assert.match(inbox.text, /No such company\./);
  await setPolicy({ policy: 'manual' });
});

test('a policy without a time decides before the request is answered', async () => {
  await setPolicy({ policy: 'approve' });
  const created = await createSubmitted(server, ['ov']);
  assert.equal(await statusOf(created), 'active');
  const plain = await server.send('POST', '/organization', { body: organizationBody() });
  const { id } = plain.json<{ id: number }>();
  await submit(server, id, ['ov']);
  assert.equal(await statusOf(id), 'active');
  await setPolicy({ policy: 'manual' });
});

test('a policy needs a reason to reject by', async () => {
  const answer = await server.send('PUT', '/control/v1/policy', { body: { policy: 'reject' } });
  assert.deepEqual([answer.status, ...answer.codes()], [400, 'missing_reason']);
  const policy = await server.send('GET', '/control/v1/policy');
  assert.deepEqual(policy.json(), { policy: 'manual' });
});

test('what comes due by itself is done by the server, and each reminder is sent once', async () => {
  const own = await startServer();
  await setPolicy({ policy: 'approve', after: 'PT2M' }, own);
  const id = await createSubmitted(own, ['ov']);
  own.clock.moveTo('2026-11-21T12:02:00Z');
  await waitFor(async () => (await findShown(own, id, 'ov'))?.status === 'active');
  // A server that was away for long tells of the end once, by the reminder that is due now.
  own.clock.moveTo('2027-12-10T00:00:00Z');
  const mails = async () =>
    (await own.send('GET', `/control/v1/mail?filters[organization_id]=${id}`)).json<{
      page: { total: number };
    }>().page.total;
  await waitFor(async () => (await mails()) > 0);
  const { happened } = await move({ advance: 'PT1S' }, { on: own });
  assert.deepEqual(happened, []);
  assert.equal(await mails(), 1);
});

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries += 1) {
    assert.ok(tries < 400, 'never came true');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
