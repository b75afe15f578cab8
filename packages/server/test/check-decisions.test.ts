/** Decisions about checks: for which types they count by who made them, and what a contract may set. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestRefused } from '../src/domain/problems.ts';
import { createRulebook } from '../src/domain/rules/rulebook.ts';
import { SHIPPED_PACKS } from '../src/domain/rules/shipped.ts';
import { operatorContext } from '../src/operations/accounts.ts';
import { decideCheck } from '../src/operations/check-decisions.ts';
import type { Context } from '../src/operations/context.ts';
import { startServer } from './harness.ts';
import { listEvents } from './people.ts';
import { appointmentsOf, appointReviewer, appointSpecialist } from './vetting.ts';
import {
  createSubmitted,
  findShown,
  getRequirement,
  getRequirements,
  meet,
  record,
  sendDecision,
  sendReview,
  submit,
  type Work,
  workThrough,
} from './working.ts';

const server = await startServer();
const specialist = await appointSpecialist(server);
const reviewer = await appointReviewer(server);
const forOv = await appointSpecialist(server, { types: ['ov'] });

async function begin(types: Parameters<typeof createSubmitted>[1]): Promise<Work> {
  const organization_id = await createSubmitted(server, types, { assumed_name: '' });
  return { server, organization_id, key: specialist.key };
}

test('a decision counts for the other types that its maker is qualified for, and for no others', async () => {
  for (const { key, status } of [
    { key: forOv.key, status: 'missing' },
    { key: specialist.key, status: 'met' },
  ]) {
    const work = await begin(['ov', 'ds']);
    await meet({ ...work, key }, 'ov', await getRequirement(work, 'ov', 'identity'));
    assert.equal((await getRequirement(work, 'ov', 'identity')).status, 'met');
    assert.equal((await getRequirement(work, 'ds', 'identity')).status, status);
  }
});

test('nobody decides or reviews for a type that they are not qualified for', async () => {
  const work = await begin(['ds']);
  const body = { outcome: 'failed', reason: 'No.' };
  for (const key of [forOv.key, reviewer.key, server.administrator]) {
    const answer = await sendDecision({ ...work, key }, 'ds', 'identity', body);
    assert.equal(answer.status, 403, answer.text);
  }
  const review = await sendReview({ ...work, key: forOv.key }, 'ds', 'identity');
  assert.deepEqual([review.status, ...review.codes()], [403, 'not_qualified']);
  assert.equal((await getRequirement(work, 'ds', 'identity')).status, 'missing');
});

test('what failed waits for the applicant, until another decision about it', async () => {
  const work = await begin(['ov']);
  const failed = { outcome: 'failed', reason: 'The register does not know it.' };
  const answer = await sendDecision(work, 'ov', 'identity', failed);
  assert.equal(answer.status, 201, answer.text);
  const identity = await getRequirement(work, 'ov', 'identity');
  assert.deepEqual(
    [identity.status, identity.next?.actor, identity.decision?.reason],
    ['failed', 'applicant', failed.reason],
  );
  await workThrough(work, 'ov', reviewer.key);
  assert.equal((await findShown(server, work.organization_id, 'ov'))?.status, 'active');
});

test('all that is wrong with a decision is told at once, and nothing is kept of it', async () => {
  const work = await begin(['ov']);
  const stranger = await record(await begin(['ov']), 'qgis');
  const old = await record(work, 'qgis', { obtained_at: '2020-01-01T00:00:00Z' });
  const refused = await record(work, 'applicant_statement');
  const answer = await sendDecision(work, 'ov', 'identity', {
    ...{ outcome: 'met', reason: 'So.', evidence_ids: [old, refused, stranger] },
    contract_until: '2027-01-01T00:00:00Z',
  });
  assert.equal(answer.status, 400);
  const codes = ['evidence_too_old', 'invalid_evidence_ids', 'contract_term_not_allowed'];
  assert.ok(
    codes.every((code) => answer.codes().includes(code)),
    answer.text,
  );
  assert.equal((await getRequirement(work, 'ov', 'identity')).decision, undefined);
  const events = await listEvents(server, 'organization', work.organization_id);
  assert.ok(events.every(({ action }) => action !== 'check_decided'));
});

test('the due diligence of one type is not that of another that is worked on beside it', async () => {
  const work = await begin(['ev', 'ev_cs']);
  const only = ['authority', 'requester_restriction', 'suspect_code', 'document_inspection'];
  for (const check_id of only) {
    await meet(work, 'ev_cs', await getRequirement(work, 'ev_cs', check_id));
  }
  await workThrough(work, 'ev', reviewer.key);
  assert.equal((await findShown(server, work.organization_id, 'ev'))?.status, 'active');
  const { checks } = await getRequirements(work, 'ev_cs');
  const open = checks.filter(({ next }) => next !== undefined);
  assert.deepEqual(
    open.map(({ check_id, status }) => `${check_id} ${status}`),
    ['cross_correlation missing'],
  );
  assert.equal((await findShown(server, work.organization_id, 'ev_cs'))?.status, 'pending');
  await workThrough(work, 'ev_cs', reviewer.key);
  assert.equal((await findShown(server, work.organization_id, 'ev_cs'))?.status, 'active');
});

test('a third validation is not completed by what only the first one judged', async () => {
  const work = await begin(['ov']);
  const statuses: string[] = [];
  for (const year of [2026, 2028, 2030]) {
    server.clock.moveTo(`${year}-12-30T12:00:00Z`);
    await submit(server, work.organization_id, ['ov']);
    statuses.push((await getRequirement(work, 'ov', 'requester_restriction')).status);
    await workThrough(work, 'ov', reviewer.key);
  }
  assert.deepEqual(statuses, ['missing', 'too_old', 'too_old']);
  server.clock.moveTo('2026-11-21T12:00:00Z');
});

test('by the packs alone a contract serves for its own term, however old it is', async () => {
  const work = await begin(['ev']);
  const { environment } = server.app;
  const appointments = appointmentsOf('specialist').map((one) => ({
    validation_type: '' as const,
    ...one,
  }));
  const plain = operatorContext({ ...environment, rules: createRulebook(SHIPPED_PACKS) }, 1);
  const context: Context = { ...plain, principal: { ...plain.principal, appointments } };
  const obtained_at = '2024-01-01T00:00:00Z';
  const evidence_ids = [
    await record(work, 'contract', { obtained_at }),
    await record(work, 'own_database', { obtained_at }),
  ];
  const { organization_id } = work;
  const params = { organization_id, validation_type: 'ev', check_id: 'signing_authority' } as const;
  const decide = (more: object) =>
    decideCheck(context, {
      params,
      body: { outcome: 'met', reason: 'As agreed.', evidence_ids, ...more },
    });
  await assert.rejects(decide({}), (error) => {
    assert.ok(error instanceof RequestRefused);
    assert.deepEqual(
      error.problems.map(({ code }) => code),
      ['evidence_too_old', 'evidence_too_old'],
    );
    return true;
  });
  const contract_until = '2029-01-01T00:00:00+00:00';
  assert.equal((await decide({ contract_until })).contract_until, contract_until);
});
