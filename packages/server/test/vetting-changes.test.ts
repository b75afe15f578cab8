/** What becomes of validations when details, a profile or evidence are others than those they stood on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AffectedList, ValidationTypeName } from '@orgvet/contract';
import { startServer } from './harness.ts';
import { EV, OV, orderingOf } from './ordering.ts';
import { confirm, getLink } from './verified-people.ts';
import { appointSpecialist } from './vetting.ts';
import {
  createSubmitted,
  findShown,
  getRequirement,
  getRequirements,
  meet,
  submit,
  type Work,
  workThrough,
} from './working.ts';

const server = await startServer();
const first = await appointSpecialist(server);
const second = await appointSpecialist(server);
const { place, show, showValidation, changeStatus, listActions } = orderingOf(server);

const PROFILE = {
  entity_class: 'private_organization',
  formed_on: '1990-01-31',
  jurisdiction_country: 'US',
  jurisdiction_state: 'Minnesota',
  registration_number: 'MN-1',
  relies_on_affiliate: false,
  has_preauthorized_approvers: false,
};

/** Makes an organization that is validated for some types, each as it needs. */
async function makeValidated(...types: ValidationTypeName[]): Promise<Work> {
  server.clock.moveTo('2026-11-21T12:00:00Z');
  const organization_id = await createSubmitted(server, types, { assumed_name: '' });
  const work = { server, organization_id, key: first.key };
  await changeProfile(work, PROFILE);
  for (const type of types) {
    await workThrough(work, type, second.key);
    assert.equal(await statusOf(work, type), 'active');
  }
  // An order is from before a change only where it is not of the same second.
  server.clock.moveTo('2026-11-22T12:00:00Z');
  return work;
}

async function changeProfile({ organization_id, key }: Work, body: object): Promise<void> {
  const path = `/vetting/v1/organization/${organization_id}/profile`;
  const answer = await server.send('PUT', path, { key, body });
  assert.equal(answer.status, 204, answer.text);
}

async function changeDetails(
  { organization_id }: Work,
  changes: Readonly<Record<string, string>>,
): Promise<void> {
  const {
    validations: _v,
    organization_contact: _o,
    contacts: _c,
    verified_contacts: _w,
    ...details
  } = await show<Record<string, unknown>>(`/organization/${organization_id}`);
  const body = { ...details, ...changes };
  const answer = await server.send('PUT', `/organization/${organization_id}`, { body });
  assert.equal(answer.status, 204, answer.text);
}

async function statusOf({ organization_id }: Work, type: ValidationTypeName) {
  return (await findShown(server, organization_id, type))?.status;
}

/** The checks of a type that are not met, each with how it stands. */
async function listOpen(work: Work, type: ValidationTypeName): Promise<Record<string, string>> {
  const { checks } = await getRequirements(work, type);
  const open = checks.filter(({ next }) => next !== undefined);
  return Object.fromEntries(open.map(({ check_id, status }) => [check_id, status]));
}

const missingOf = async (order_id: number) => (await showValidation(order_id)).missing;

/** Withdraws what the decision about a check stands on. */
async function withdraw(work: Work, type: ValidationTypeName, check_id: string) {
  const { decision } = await getRequirement(work, type, check_id);
  const [evidence_id] = decision?.evidence_ids ?? [];
  const path = `/vetting/v1/organization/${work.organization_id}/evidence/${evidence_id}/withdraw`;
  const body = { reason: 'It was forged.' };
  const answer = await server.send('PUT', path, { key: work.key, body });
  assert.equal(answer.status, 200, answer.text);
  return { evidence_id, ...answer.json<AffectedList>() };
}

const REOPENED_BY_NAME = {
  ...{ identity: 'reopened', address: 'reopened', authority: 'reopened', high_risk: 'reopened' },
};

test('a change of name serves the orders from before it, and opens only the checks about names', async () => {
  const work = await makeValidated('ov');
  const older = await place(OV, work.organization_id);
  server.clock.moveTo('2026-11-23T12:00:00Z');
  await changeDetails(work, { name: 'Renamed Works' });

  const shown = await findShown(server, work.organization_id, 'ov');
  assert.equal(shown?.status, 'pending');
  assert.ok(!('date_created' in shown || 'validated_until' in shown));
  assert.deepEqual(await missingOf(older.id), []);
  const newer = await place(OV, work.organization_id);
  assert.deepEqual(await missingOf(newer.id), ['organization_validation']);
  assert.deepEqual(await listOpen(work, 'ov'), REOPENED_BY_NAME);
  const { work: state, opened_because, requested_at } = await getRequirements(work, 'ov');
  assert.deepEqual(
    [state, opened_because, requested_at],
    ['open', 'details_changed', '2026-11-23T12:00:00+00:00'],
  );

  await workThrough(work, 'ov', second.key);
  const after = await findShown(server, work.organization_id, 'ov');
  assert.deepEqual([after?.status, after?.date_created], ['active', '2026-11-23T12:00:00+00:00']);
  // What was not touched is as old as it was.
  assert.equal(after?.validated_until, '2027-12-23T12:00:00+00:00');
  assert.deepEqual([await missingOf(older.id), await missingOf(newer.id)], [[], []]);
  assert.ok((await listActions(newer.id)).includes('order_ready'));
});

test('details that are set back serve again as they did, without work, and orders that waited are ready', async () => {
  const work = await makeValidated('ov');
  const { name } = await show<{ name: string }>(`/organization/${work.organization_id}`);
  const before = await findShown(server, work.organization_id, 'ov');
  await changeDetails(work, { name: 'Not For Long' });
  const { id } = await place(OV, work.organization_id);
  assert.deepEqual((await changeStatus(id, { status: 'issued' })).codes(), ['order_not_ready']);
  await changeDetails(work, { name: 'Nor This One' });
  server.clock.moveTo('2026-11-24T12:00:00Z');
  await changeDetails(work, { name });
  assert.deepEqual(await findShown(server, work.organization_id, 'ov'), before);
  assert.equal((await getRequirements(work, 'ov')).work, 'closed');
  assert.deepEqual(await listOpen(work, 'ov'), {});
  assert.deepEqual(await missingOf(id), []);
  assert.equal((await changeStatus(id, { status: 'issued' })).status, 204);
});

test('a validation that was done anew when details are set back is done anew still', async () => {
  const work = await makeValidated('ov');
  const { name } = await show<{ name: string }>(`/organization/${work.organization_id}`);
  await submit(server, work.organization_id, ['ov']);
  await changeDetails(work, { name: 'In Between' });
  assert.equal(await statusOf(work, 'ov'), 'pending');
  await changeDetails(work, { name });
  const { work: state, status, opened_because } = await getRequirements(work, 'ov');
  assert.deepEqual([state, status, opened_because], ['open', 'active', 'request']);
});

test('new details that are rejected leave the old ones serving the orders from before', async () => {
  const work = await makeValidated('ov');
  const older = await place(OV, work.organization_id);
  server.clock.moveTo('2026-11-23T12:00:00Z');
  await changeDetails(work, { name: 'Never Heard Of' });
  const path = `/vetting/v1/organization/${work.organization_id}/validation/ov/reject`;
  const body = { reasons: ['Nobody has this name.'] };
  assert.equal((await server.send('PUT', path, { key: first.key, body })).status, 204);
  const shown = await findShown(server, work.organization_id, 'ov');
  assert.deepEqual(
    [shown?.status, shown?.validated_until],
    ['expired', '2026-11-23T12:00:00+00:00'],
  );
  assert.deepEqual(await missingOf(older.id), []);
  await submit(server, work.organization_id, ['ov']);
  assert.equal(await statusOf(work, 'ov'), 'pending');
  assert.deepEqual(await missingOf(older.id), []);
});

test('a change of telephone opens what is about the telephone, once for all types', async () => {
  const work = await makeValidated('ov', 'ds');
  await changeDetails(work, { telephone: '+1 612 555 0199' });
  for (const type of ['ov', 'ds'] as const) {
    assert.deepEqual(await listOpen(work, type), { authority: 'reopened' });
  }
  const { next } = await getRequirement(work, 'ov', 'authority');
  await meet(work, 'ov', { check_id: 'authority', ...(next && { next }) });
  // What was decided for one of them completes both.
  assert.deepEqual([await statusOf(work, 'ov'), await statusOf(work, 'ds')], ['active', 'active']);
});

test('a change of profile opens the types that are about it; what was found out opens none', async () => {
  const work = await makeValidated('ov', 'ev');
  await changeProfile(work, { ...PROFILE, lei: '529900T8BM49AURSDO55', latin_name: 'Works' });
  assert.deepEqual([await statusOf(work, 'ov'), await statusOf(work, 'ev')], ['active', 'active']);

  const older = await place(EV, work.organization_id);
  server.clock.moveTo('2026-11-23T12:00:00Z');
  await changeProfile(work, { ...PROFILE, registration_number: 'MN-2' });
  assert.deepEqual([await statusOf(work, 'ov'), await statusOf(work, 'ev')], ['active', 'pending']);
  assert.ok(!(await missingOf(older.id)).includes('organization_validation'));
  const { registration_number, cross_correlation, entity_class } = await listOpen(work, 'ev');
  assert.deepEqual(
    [registration_number, cross_correlation, entity_class],
    ['reopened', 'reopened', undefined],
  );
  await changeProfile(work, PROFILE);
  assert.equal(await statusOf(work, 'ev'), 'active');
});

test('withdrawn evidence ends the types that stand on it, and opens only what stood on it', async () => {
  const work = await makeValidated('ov', 'ds');
  const { id } = await place(OV, work.organization_id);
  const signer = await withdraw(work, 'ds', 'signer_identity');
  const affected = {
    organization_id: work.organization_id,
    organization_name: (await show<{ name: string }>(`/organization/${work.organization_id}`)).name,
    is_ended: true,
  };
  assert.deepEqual(signer.affected, [
    {
      ...{ ...affected, evidence_id: signer.evidence_id },
      ...{ validation_type: 'ds', check_id: 'signer_identity' },
    },
  ]);
  assert.deepEqual([await statusOf(work, 'ov'), await statusOf(work, 'ds')], ['active', 'pending']);
  assert.deepEqual(await listOpen(work, 'ds'), { signer_identity: 'missing' });
  assert.equal((await getRequirements(work, 'ds')).opened_because, 'evidence_withdrawn');

  await workThrough(work, 'ds', second.key);
  const identity = await withdraw(work, 'ov', 'identity');
  assert.deepEqual(
    identity.affected.map(({ validation_type, check_id, is_ended }) => [
      ...[validation_type, check_id, is_ended],
    ]),
    [['ov', 'identity', true]],
  );
  for (const type of ['ov', 'ds'] as const) {
    assert.equal(await statusOf(work, type), 'pending');
    assert.deepEqual(await listOpen(work, type), { identity: 'missing' });
  }
  assert.deepEqual(await missingOf(id), ['organization_validation']);
});

test('where older evidence is enough without what was withdrawn, it serves at once, for its own time', async () => {
  const work = await makeValidated('ov');
  const older = await findShown(server, work.organization_id, 'ov');
  server.clock.moveTo('2027-03-01T12:00:00Z');
  await submit(server, work.organization_id, ['ov']);
  await workThrough(work, 'ov', second.key);
  const newer = await findShown(server, work.organization_id, 'ov');
  assert.ok((older?.validated_until ?? '') < (newer?.validated_until ?? ''));
  await withdraw(work, 'ov', 'identity');
  const shown = await findShown(server, work.organization_id, 'ov');
  assert.deepEqual([shown?.status, shown?.validated_until], ['active', older?.validated_until]);
  assert.equal((await getRequirements(work, 'ov')).work, 'closed');
});

test('withdrawn evidence ends also what serves only the orders from before a change', async () => {
  const work = await makeValidated('ov');
  const { name } = await show<{ name: string }>(`/organization/${work.organization_id}`);
  const older = await place(OV, work.organization_id);
  server.clock.moveTo('2026-11-23T12:00:00Z');
  await changeDetails(work, { name: 'Under Another Name' });
  const { affected } = await withdraw(work, 'ov', 'country');
  assert.deepEqual(
    affected.map(({ is_ended }) => is_ended),
    [true],
  );
  assert.deepEqual(await missingOf(older.id), ['organization_validation']);
  await changeDetails(work, { name });
  assert.equal(await statusOf(work, 'ov'), 'pending');
  assert.deepEqual(await listOpen(work, 'ov'), { country: 'missing' });
});

test('evidence that is withdrawn before a type is complete ends nothing', async () => {
  server.clock.moveTo('2026-11-21T12:00:00Z');
  const organization_id = await createSubmitted(server, ['ov'], { assumed_name: '' });
  const work = { server, organization_id, key: first.key };
  await meet(work, 'ov', await getRequirement(work, 'ov', 'identity'));
  const { affected } = await withdraw(work, 'ov', 'identity');
  assert.deepEqual(
    affected.map(({ check_id, is_ended }) => [check_id, is_ended]),
    [['identity', false]],
  );
  assert.equal((await getRequirement(work, 'ov', 'identity')).status, 'missing');
});

test('an order from before a change becomes ready when its contact confirms, though the new details wait', async () => {
  const work = await makeValidated('ev');
  const { organization_id } = work;
  const { id } = await place(EV, organization_id);
  server.clock.moveTo('2026-11-23T12:00:00Z');
  await changeDetails(work, { name: 'Renamed While It Waited' });
  assert.deepEqual((await showValidation(id)).missing, ['verified_contact']);
  await confirm(await getLink(server, organization_id));
  assert.deepEqual((await showValidation(id)).missing, []);
  assert.ok((await listActions(id)).includes('order_ready'));
  const later = await place(EV, organization_id);
  assert.deepEqual((await showValidation(later.id)).missing, ['organization_validation']);
});

test('where a policy approves, changed details are approved by it too', async () => {
  const work = await makeValidated('ov');
  const setPolicy = (policy: string) =>
    server.send('PUT', '/control/v1/policy', { body: { policy } });
  await setPolicy('approve');
  await changeDetails(work, { name: 'Renamed By An Integrator' });
  assert.equal(await statusOf(work, 'ov'), 'active');
  await setPolicy('manual');
});
