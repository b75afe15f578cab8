/** Work on one validation by several people at the same moment, on two servers; and what the database refuses. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Requirement, ValidationTypeName } from '@orgvet/contract';
import { saveReview } from '../src/store/decisions.ts';
import { dropDatabase, makeServerDatabase, SUITE } from './databases.ts';
import { type Answer, holdClock, startServer, type TestServer } from './harness.ts';
import { orderingOf } from './ordering.ts';
import { listEvents } from './people.ts';
import { appointReviewer, appointSpecialist, insertDecisionOn } from './vetting.ts';
import {
  createSubmitted,
  findShown,
  getRequirement,
  getRequirements,
  meet,
  record,
  sendDecision,
  sendReview,
  type Work,
} from './working.ts';

const database = await makeServerDatabase('demo');
const clock = holdClock();
const server = await startServer({ database, clock });
// The embedded database is one process's: there both are the same server.
const beside = SUITE === 'sqlite' ? server : await startServer({ database, clock });
after(() => dropDatabase(database));
const one = await appointSpecialist(server);
const other = await appointSpecialist(server);
const reviewer = await appointReviewer(server);
const { complete } = orderingOf(server);

const ROUNDS = 5;

/** The work on an organization that is submitted for a type. */
async function begin(type: ValidationTypeName): Promise<Work> {
  const organization_id = await createSubmitted(server, [type], { assumed_name: '' });
  return { server, organization_id, key: one.key };
}

/** Records what the first way of a check takes. @returns the decision that it is met by it */
async function prepare(work: Work, { next }: Requirement) {
  const evidence_ids: number[] = [];
  for (const kind of next?.accepts[0] ?? []) {
    evidence_ids.push(await record(work, kind));
  }
  return { outcome: 'met', reason: 'It is so.', evidence_ids };
}

/** Meets all checks of `ov` but some. @returns these, each with the decision that would meet it */
async function workBut(work: Work, count: number) {
  const { checks } = await getRequirements(work, 'ov');
  const open = checks.filter(({ next }) => next !== undefined);
  for (const check of open.slice(count)) {
    await meet(work, 'ov', check);
  }
  const left: { check_id: string; body: Awaited<ReturnType<typeof prepare>> }[] = [];
  for (const check of open.slice(0, count)) {
    left.push({ check_id: check.check_id, body: await prepare(work, check) });
  }
  return left;
}

/** How a validation was completed, each time that it was. */
async function listWays(organization_id: number): Promise<string[]> {
  const events = await listEvents(server, 'organization', organization_id);
  return events
    .filter(({ action }) => action === 'validation_completed')
    .map(({ after: told }) => (JSON.parse(told) as { way: string }).way);
}

const decideBy = (work: Work, on: TestServer, key: string, check_id: string, body: object) =>
  sendDecision({ ...work, server: on, key }, 'ov', check_id, { ...body });

const outcomeOf = (answer: Answer) =>
  answer.status < 300 ? `${answer.status}` : answer.codes()[0];

test('the last two checks that are decided at the same moment complete a validation once', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const work = await begin('ov');
    const [first, second] = await workBut(work, 2);
    assert.ok(first && second);
    const answers = await Promise.all([
      decideBy(work, server, one.key, first.check_id, first.body),
      decideBy(work, beside, other.key, second.check_id, second.body),
    ]);
    assert.deepEqual(answers.map(outcomeOf), ['201', '201']);
    assert.deepEqual(await listWays(work.organization_id), ['decisions']);
    assert.equal((await findShown(server, work.organization_id, 'ov'))?.status, 'active');
  }
});

test('the last check that two people decide at the same moment is decided by one of them', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const work = await begin('ov');
    const [last] = await workBut(work, 1);
    assert.ok(last);
    const answers = await Promise.all([
      decideBy(work, server, one.key, last.check_id, last.body),
      decideBy(work, beside, other.key, last.check_id, last.body),
    ]);
    assert.deepEqual(answers.map(outcomeOf).toSorted(), ['201', 'validation_not_open']);
    assert.deepEqual(await listWays(work.organization_id), ['decisions']);
  }
});

test('of two reviews at the same moment one is noted, and the other has nothing to review', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const work = await begin('ev');
    const check_id = 'separation_of_duties';
    await meet(work, 'ev', { check_id });
    const agreed = { outcome: 'agreed', reason: 'So it is.' };
    const disagreed = { outcome: 'disagreed', reason: 'So it is not.' };
    const answers = await Promise.all([
      sendReview({ ...work, key: reviewer.key }, 'ev', check_id, agreed),
      sendReview({ ...work, server: beside, key: other.key }, 'ev', check_id, disagreed),
    ]);
    assert.deepEqual(answers.map(outcomeOf).toSorted(), ['201', 'nothing_to_review']);
    const { status } = await getRequirement(work, 'ev', check_id);
    assert.equal(status, answers[0]?.status === 201 ? 'met' : 'disagreed');
    const events = await listEvents(server, 'organization', work.organization_id);
    assert.equal(events.filter(({ action }) => action === 'check_reviewed').length, 1);
  }
});

test('a validation that a test completes while its last check is decided is whole either way', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const work = await begin('ov');
    const [last] = await workBut(work, 1);
    assert.ok(last);
    const [answer] = await Promise.all([
      decideBy(work, beside, one.key, last.check_id, last.body),
      complete(work.organization_id, 'ov'),
    ]);
    const isDecided = answer.status === 201;
    assert.equal(outcomeOf(answer), isDecided ? '201' : 'validation_not_open');
    const ways = isDecided ? ['decisions', 'control'] : ['control'];
    assert.deepEqual(await listWays(work.organization_id), ways);
    const { work: state, status } = await getRequirements(work, 'ov');
    assert.deepEqual([state, status], ['closed', 'active']);
  }
});

test('evidence that is withdrawn while the last check is decided completes nothing that lasts', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const work = await begin('ov');
    const [last] = await workBut(work, 1);
    assert.ok(last);
    const { decision } = await getRequirement(work, 'ov', 'high_risk');
    const [evidence_id] = decision?.evidence_ids ?? [];
    const path = `/vetting/v1/organization/${work.organization_id}/evidence/${evidence_id}`;
    const [decided, withdrawn] = await Promise.all([
      decideBy(work, beside, other.key, last.check_id, last.body),
      server.send('PUT', `${path}/withdraw`, { key: one.key, body: { reason: 'Forged.' } }),
    ]);
    assert.deepEqual([decided.status, withdrawn.status], [201, 200]);
    assert.equal((await findShown(server, work.organization_id, 'ov'))?.status, 'pending');
    assert.equal((await getRequirement(work, 'ov', 'high_risk')).status, 'missing');
  }
});

test('the database itself refuses whoever collected or decided as the second person', async () => {
  const work = await begin('ov');
  const evidence_id = await record(work, 'qgis');
  const { store } = server.app.environment;
  const decision = { outcome: 'met', reason: 'It is so.', evidence_ids: [evidence_id] };
  const decided = await sendDecision({ ...work, key: other.key }, 'ov', 'identity', decision);
  assert.equal(decided.status, 201, decided.text);
  const { id } = decided.json<{ id: number }>();
  const reviewBy = (reviewed_by_user_id: number) =>
    store.transaction((tx) =>
      saveReview(tx, {
        ...{ account_id: 1, id, review_outcome: 'agreed', review_reason: 'Past all rules.' },
        ...{ reviewed_by_user_id, reviewed_at: '2026-11-21T12:00:00+00:00' },
      }),
    );
  const findReview = async () =>
    (await getRequirement(work, 'ov', 'identity')).decision?.review?.reviewed_by.id;
  // The one collected, the other decided.
  await assert.rejects(reviewBy(one.user_id), /check|constraint/i);
  await assert.rejects(reviewBy(other.user_id), /check|constraint/i);
  assert.equal(await findReview(), undefined);
  await reviewBy(reviewer.user_id);
  assert.equal(await findReview(), reviewer.user_id);
});

test('a decision relies only on evidence that there is, by whoever collected it', async () => {
  const work = await begin('ov');
  const { organization_id } = work;
  const evidence_id = await record(work, 'qgis');
  assert.ok((await insertDecisionOn(server, { organization_id, evidence_id })) > 0);
  await assert.rejects(insertDecisionOn(server, { organization_id, evidence_id: 999_999 }));
});
