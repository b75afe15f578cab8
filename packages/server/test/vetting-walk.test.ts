/** A real company on its way through `ov` and `ev`, worked by two specialists. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from './harness.ts';
import { appointSpecialist } from './vetting.ts';
import {
  createSubmitted,
  findShown,
  getRequirement,
  getRequirements,
  sendReview,
  submit,
  type Work,
  workThrough,
} from './working.ts';

/** As the Danish business register has it. */
const NOVO_NORDISK = {
  name: 'Novo Nordisk A/S',
  address: 'Novo Allé 1',
  city: 'Bagsværd',
  state: 'Hovedstaden',
  zip: '2880',
  country: 'DK',
  telephone: '+45 44 44 88 88',
};

const server = await startServer();
const first = await appointSpecialist(server);
const second = await appointSpecialist(server);

async function registerCvr(key: string): Promise<number> {
  const answer = await server.send('POST', '/vetting/v1/source', {
    key,
    body: {
      name: 'Det Centrale Virksomhedsregister',
      kind: 'qgis',
      jurisdiction_country: 'DK',
      number_format: '99999999',
      note: 'Kept by the Danish Business Authority, updated daily, open to everybody.',
    },
  });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<{ id: number }>().id;
}

test('a company is validated for ov and ev, each by its own rules, and evidence serves both', async () => {
  server.clock.moveTo('2026-11-21T12:00:00Z');
  const organization_id = await createSubmitted(server, ['ov', 'ev'], NOVO_NORDISK);
  const work: Work = { server, organization_id, key: first.key };
  const registration_source_id = await registerCvr(first.key);
  const profile = await server.send('PUT', `/vetting/v1/organization/${organization_id}/profile`, {
    key: first.key,
    body: {
      entity_class: 'private_organization',
      formed_on: '1931-11-28',
      jurisdiction_country: 'DK',
      registration_number: '24256790',
      registration_source_id,
      lei: '549300DAQ1CVT6CXN342',
      relies_on_affiliate: false,
      has_preauthorized_approvers: false,
    },
  });
  assert.equal(profile.status, 204, profile.text);
  assert.equal((await findShown(server, organization_id, 'ov'))?.status, 'pending');

  await workThrough(work, 'ov', second.key);
  const ov = await findShown(server, organization_id, 'ov');
  assert.deepEqual(
    [ov?.status, ov?.date_created, ov?.validated_until],
    ['active', '2026-11-21T12:00:00+00:00', '2027-12-23T12:00:00+00:00'],
  );
  assert.equal((await findShown(server, organization_id, 'ev'))?.status, 'pending');

  // What was decided for ov and stands by the rules of ev as well need not be done again.
  const ev = await getRequirements(work, 'ev');
  assert.ok(ev.met > 0 && ev.met < ev.total, `${ev.met} of ${ev.total}`);
  await workThrough(work, 'ev', second.key);
  assert.equal((await findShown(server, organization_id, 'ev'))?.status, 'active');
  const done = await getRequirements(work, 'ev');
  assert.deepEqual([done.work, done.met, done.next_actor], ['closed', done.total, undefined]);
});

test('whoever collected or decided is refused as the second person', async () => {
  const organization_id = await createSubmitted(server, ['ev'], { name: 'Second Person A/S' });
  const work: Work = { server, organization_id, key: first.key };
  await assert.rejects(workThrough(work, 'ev', first.key), /reviewer_not_independent/);
  assert.equal((await findShown(server, organization_id, 'ev'))?.status, 'pending');
});

test('what a second person disagrees with is open again', async () => {
  const organization_id = await createSubmitted(server, ['ev'], { name: 'Disagreed A/S' });
  const work: Work = { server, organization_id, key: first.key };
  await assert.rejects(workThrough(work, 'ev', 'none'), /403|invalid/);
  const disagreed = { outcome: 'disagreed', reason: 'The signature is another one.' };
  const { checks } = await getRequirements(work, 'ev');
  const waiting = checks.find(({ status }) => status === 'in_review');
  assert.ok(waiting);
  const review = await sendReview({ ...work, key: second.key }, 'ev', waiting.check_id, disagreed);
  assert.equal(review.status, 201, review.text);
  const after = await getRequirement(work, 'ev', waiting.check_id);
  assert.equal(after.status, 'disagreed');
  assert.equal(after.decision?.review?.reason, disagreed.reason);
});

test('an organization that is submitted for a type whose checks are all met is validated at once', async () => {
  const organization_id = await createSubmitted(server, ['ov'], { name: 'At Once A/S' });
  const work: Work = { server, organization_id, key: first.key };
  await workThrough(work, 'ov', second.key);
  server.clock.moveTo('2027-03-01T12:00:00Z');
  await submit(server, organization_id, ['ov']);
  // A revalidation begins: what was found before does not last longer than what it led to.
  const again = await getRequirements(work, 'ov');
  assert.deepEqual([again.work, again.status], ['open', 'active']);
  assert.ok(again.checks.some(({ status }) => status === 'too_old'));
  const before = await findShown(server, organization_id, 'ov');
  await workThrough(work, 'ov', second.key);
  const after = await findShown(server, organization_id, 'ov');
  assert.ok((before?.validated_until ?? '') < (after?.validated_until ?? ''));
  server.clock.moveTo('2026-11-21T12:00:00Z');
});
