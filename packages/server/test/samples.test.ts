/** Random samples over HTTP: what is counted, how many are drawn, and that it can be drawn again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  RulePack,
  Sample,
  SampleRequest,
  TypeSample,
  ValidationTypeName,
} from '@orgvet/contract';
import { createRulebook } from '../src/domain/rules/rulebook.ts';
import { drawSample as drawIds } from '../src/domain/samples.ts';
import { operatorContext } from '../src/operations/accounts.ts';
import { drawSample } from '../src/operations/samples.ts';
import { insertCompletion, type NewCompletion } from '../src/store/completions.ts';
import { organizationBody, startServer } from './harness.ts';
import { make } from './makers.ts';
import { ADA_ID, listEvents, RESEARCH_ID } from './people.ts';
import { appointAuditor, appointSpecialist } from './vetting.ts';

const server = await startServer();
const { key } = await appointAuditor(server);
const own = { server, key: server.administrator };
const { id: organization_id } = await make(
  own,
  '/organization',
  organizationBody({ name: 'Sampled A/S' }),
);
const { store } = server.app.environment;

/** Completions of a type, as if so many had been worked on. @returns their ids */
async function complete(
  count: number,
  type: ValidationTypeName,
  completed_at: string,
  more: Partial<NewCompletion> = {},
): Promise<number[]> {
  return await store.transaction(async (tx) => {
    const ids: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const id = await insertCompletion(tx, {
        ...{ account_id: 1, organization_id, type, completed_at, way: 'decisions' },
        ...{ completed_by_user_id: ADA_ID, rules: 'tls-br 2.2.6', facts: '{}', relied_on: '[]' },
        ...more,
      });
      ids.push(id);
    }
    return ids;
  });
}

const send = (body: object, by = key) =>
  server.send('POST', '/vetting/v1/sample', { key: by, body });

async function draw(body: SampleRequest): Promise<Sample> {
  const answer = await send(body);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<Sample>();
}

function ofType({ types }: Sample, type: ValidationTypeName): TypeSample {
  const found = types.find((one) => one.type === type);
  assert.ok(found);
  return found;
}

const idsOf = ({ completions }: TypeSample) => completions.map((one) => one.completion_id);

test('the share that the rules want is drawn of every type, and told with its ground', async () => {
  await complete(101, 'ov', '2026-02-10T12:00:00+00:00');
  await complete(40, 'smime', '2026-02-11T12:00:00+00:00');
  await complete(100, 'ev', '2026-02-12T12:00:00+00:00');
  const sample = await draw({ quarter: '2026-Q1', seed: 'dice' });
  assert.deepEqual([sample.seed, sample.quarter, sample.delegated], ['dice', '2026-Q1', false]);
  const { completions, ...ov } = ofType(sample, 'ov');
  assert.deepEqual(ov, {
    ...{ type: 'ov', population: 101, percent: 3, minimum: 1, size: 4 },
    ...{ rules: 'tls-br 2.2.6, certcentral 1', section: 'BR 8.7' },
  });
  assert.equal(completions.length, 4);
  assert.deepEqual(completions[0], {
    completion_id: completions[0]?.completion_id,
    organization: { id: organization_id, name: 'Sampled A/S' },
    completed_at: '2026-02-10T12:00:00+00:00',
    completed_by: completions[0]?.completed_by,
  });
  assert.equal(completions[0]?.completed_by?.id, ADA_ID);
  const smime = ofType(sample, 'smime');
  assert.deepEqual([smime.population, smime.minimum, smime.size], [40, 30, 30]);
  assert.deepEqual([ofType(sample, 'cs').population, ofType(sample, 'cs').size], [0, 0]);
  assert.equal(ofType(sample, 'ev').size, 3);
  const delegated = await draw({ quarter: '2026-Q1', seed: 'dice', delegated: true });
  assert.deepEqual([ofType(delegated, 'ev').percent, ofType(delegated, 'ev').size], [6, 6]);
});

test('the same seed draws the same sample again, as anybody can who has the ids', async () => {
  const population = await complete(60, 'cs', '2025-11-01T00:00:00+00:00');
  const first = await draw({ quarter: '2025-Q4', seed: 'again' });
  assert.deepEqual(await draw({ quarter: '2025-Q4', seed: 'again' }), first);
  const drawn = { seed: 'again', quarter: '2025-Q4', type: 'cs' } as const;
  assert.deepEqual(idsOf(ofType(first, 'cs')), drawIds(drawn, population, 2));
});

test('without a seed one is made, another each time, which draws the same again', async () => {
  const [one, other] = [await draw({ quarter: '2025-Q4' }), await draw({ quarter: '2025-Q4' })];
  assert.match(one.seed, /^[0-9a-f]{32}$/);
  assert.notEqual(one.seed, other.seed);
  assert.deepEqual(await draw({ quarter: '2025-Q4', seed: one.seed }), one);
});

test('only what decisions completed in the quarter is counted, by UTC, to the second', async () => {
  await complete(1, 'ov', '2025-06-30T23:59:59+00:00');
  const inside = [
    ...(await complete(1, 'ov', '2025-07-01T00:00:00+00:00')),
    ...(await complete(1, 'ov', '2025-09-30T23:59:59+00:00')),
  ];
  await complete(1, 'ov', '2025-10-01T00:00:00+00:00');
  await complete(5, 'ov', '2025-08-01T00:00:00+00:00', { way: 'control', relied_on: '' });
  await complete(5, 'ov', '2025-08-01T00:00:00+00:00', { way: 'policy', relied_on: '' });
  const ov = ofType(await draw({ quarter: '2025-Q3', seed: 'edge' }), 'ov');
  assert.deepEqual([ov.population, ov.size], [2, 1]);
  assert.ok(idsOf(ov).every((id) => inside.includes(id)));
});

test('a quarter that has not ended is refused, and so is what is none', async () => {
  for (const quarter of ['2026-Q4', '2027-Q1', 'Q3', '2026-Q9']) {
    const answer = await send({ quarter });
    assert.deepEqual([answer.status, answer.codes()], [400, ['invalid_quarter']], quarter);
  }
  server.clock.moveTo('2027-01-01T00:00:00Z');
  assert.equal((await send({ quarter: '2026-Q4' })).status, 200);
  server.clock.moveTo('2026-11-21T12:00:00Z');
  const answer = await send({ seed: 'x'.repeat(65), delegated: 'yes' });
  assert.deepEqual(answer.codes().sort(), [
    'invalid_delegated',
    'missing_quarter',
    'seed_too_long',
  ]);
});

test('a draw is in the log, with its seed and what was drawn', async () => {
  const sample = await draw({ quarter: '2026-Q1', seed: 'logged' });
  const event = (await listEvents(server, 'account', 1)).at(-1);
  assert.equal(event?.action, 'sample_drawn');
  assert.deepEqual(JSON.parse(event?.after ?? ''), {
    ...{ seed: 'logged', quarter: '2026-Q1', delegated: false },
    completion_ids: sample.types.flatMap(idsOf),
  });
});

test('samples are for auditors who see all of the account', async () => {
  const specialist = await appointSpecialist(server);
  const container_id_assignments = [String(RESEARCH_ID)];
  const restricted = await appointAuditor(server, { user: { container_id_assignments } });
  const queue = await server.send('GET', '/vetting/v1/queue', { key: restricted.key });
  assert.equal(queue.status, 200, queue.text);
  for (const by of [server.administrator, specialist.key, restricted.key]) {
    const answer = await send({ quarter: '2026-Q1' }, by);
    assert.deepEqual([answer.status, answer.codes()], [403, ['access_denied|missing_permission']]);
  }
});

test('nothing of another account is counted', async () => {
  const auditor = await appointAuditor(server, { by: server.other });
  const answer = await send({ quarter: '2026-Q1' }, auditor.key);
  assert.equal(answer.status, 200, answer.text);
  assert.ok(answer.json<Sample>().types.every(({ population }) => population === 0));
});

test('the rules are those in force when the quarter ended', async () => {
  const { environment } = server.app;
  const [pack] = environment.rules.packs.filter(({ id }) => id === 'tls-br');
  assert.ok(pack);
  const versionFrom = (version: string, in_force_from: string, percent: number): RulePack => ({
    ...{ ...pack, version, in_force_from },
    types: pack.types.map((rules) => ({ ...rules, sample_percent: percent })),
  });
  const rules = createRulebook([
    pack,
    versionFrom('90.0', '2027-03-31', 50),
    versionFrom('91.0', '2027-04-01', 100),
  ]);
  await complete(10, 'ov', '2027-02-01T00:00:00+00:00');
  server.clock.moveTo('2027-04-02T00:00:00Z');
  const context = { ...operatorContext(environment, 1), rules };
  const sample = await drawSample(context, { body: { quarter: '2027-Q1' } });
  server.clock.moveTo('2026-11-21T12:00:00Z');
  const { rules: told, size } = ofType(sample, 'ov');
  assert.deepEqual([told, size], ['tls-br 90.0', 5]);
});
