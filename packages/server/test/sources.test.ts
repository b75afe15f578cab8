/** The register of sources over HTTP: registering, changing, withdrawing, and what relies on a source. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AffectedList, Evidence, Source, SourceList } from '@orgvet/contract';
import { organizationBody, startServer } from './harness.ts';
import { make, makeSubaccount } from './makers.ts';
import { listEvents, MISSING_PERMISSION, RESEARCH_ID } from './people.ts';
import { appointAuditor, appointSpecialist, insertDecisionOn, setReliedOn } from './vetting.ts';

const server = await startServer();
const { user_id, key } = await appointSpecialist(server);

const PATH = '/vetting/v1/source';
const REGISTER = {
  name: 'Handelsregister Hamburg',
  kind: 'government_register',
  jurisdiction_country: 'de',
  jurisdiction_state: 'Hamburg',
  url: 'https://www.handelsregister.de/',
  number_format: 'HRA 999999|HRB 999999',
  note: 'Kept by the court.\nFree of charge.',
};

const send = (method: string, path: string, body?: unknown, by = key) =>
  server.send(method, `${PATH}${path}`, { key: by, ...(body !== undefined && { body }) });

async function register(changes: object = {}, by = key): Promise<Source> {
  const answer = await send('POST', '', { ...REGISTER, ...changes }, by);
  assert.equal(answer.status, 201, answer.text);
  return answer.json<Source>();
}

async function show(id: number): Promise<Source> {
  const answer = await send('GET', `/${id}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<Source>();
}

async function withdraw(id: number): Promise<AffectedList['affected']> {
  const answer = await send('PUT', `/${id}/withdraw`, { reason: 'No longer kept.' });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<AffectedList>().affected;
}

const TIME = '2026-11-21T12:00:00+00:00';

test('a source is registered, and shown as it was', async () => {
  const source = await register();
  const { id, ...rest } = source;
  assert.deepEqual(rest, {
    ...REGISTER,
    jurisdiction_country: 'DE',
    revision: 1,
    date_created: TIME,
    updated_at: TIME,
  });
  assert.deepEqual(await show(id), source);
  const [event] = await listEvents(server, 'source', id);
  assert.deepEqual([event?.action, event?.actor_user_id], ['source_registered', user_id]);
  assert.deepEqual(JSON.parse(event?.after ?? ''), {
    ...REGISTER,
    jurisdiction_country: 'DE',
    jurisdiction_locality: '',
  });
});

test('members that are left out are left out of the answer', async () => {
  const answer = await send('POST', '', { name: 'Telephone book', kind: 'telephone_record' });
  assert.deepEqual(Object.keys(answer.json<Source>()), [
    'id',
    'name',
    'kind',
    'revision',
    'date_created',
    'updated_at',
  ]);
});

test('every problem of a source is told at once, and nothing is registered', async () => {
  const body = { kind: 'rumour', jurisdiction_country: 'zz', number_format: 'HRB' };
  const { status, codes } = await send('POST', '', body);
  assert.equal(status, 400);
  assert.deepEqual(codes(), [
    'missing_name',
    'invalid_kind',
    'invalid_jurisdiction_country',
    'invalid_number_format',
  ]);
});

test('a change is a new revision that says all of the source anew; the same again changes nothing', async () => {
  const local = await register({ name: 'Before' });
  const path = `/${local.id}`;
  const after = { name: 'After', kind: 'qiis' };
  assert.equal((await send('PUT', path, { ...REGISTER, name: 'Before' })).status, 204);
  assert.deepEqual(await show(local.id), local);
  assert.equal((await send('PUT', path, after)).status, 204);
  assert.deepEqual(await show(local.id), {
    id: local.id,
    ...after,
    revision: 2,
    date_created: TIME,
    updated_at: TIME,
  });
  const [, change, ...more] = await listEvents(server, 'source', local.id);
  assert.deepEqual(more, []);
  assert.equal(change?.action, 'source_changed');
  const [before, now] = [JSON.parse(change?.before ?? ''), JSON.parse(change?.after ?? '')];
  assert.deepEqual(
    [before.name, before.revision, before.number_format],
    ['Before', 1, REGISTER.number_format],
  );
  assert.deepEqual([now.name, now.revision, now.number_format], ['After', 2, '']);
});

test('of changes that come at the same moment each is a revision', async () => {
  const { id } = await register();
  const names = Array.from({ length: 6 }, (_, index) => `At once ${index}`);
  const answers = await Promise.all(
    names.map((name) => send('PUT', `/${id}`, { ...REGISTER, name })),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([204]));
  assert.equal((await show(id)).revision, 7);
  assert.equal((await listEvents(server, 'source', id)).length, 7);
});

test('a list is by name and then by id, however names are written, in pages and by filters', async () => {
  const other = await makeSubaccount({ server, key: server.administrator }, 'With sources');
  const specialist = await appointSpecialist(server, { by: other.key });
  const of = async (query: string) => {
    const answer = await send('GET', query, undefined, specialist.key);
    assert.equal(answer.status, 200, answer.text);
    const { sources, page } = answer.json<SourceList>();
    return [sources.map(({ name }) => name), page.total];
  };
  assert.deepEqual(await of(''), [[], 0]);
  for (const [name, kind, jurisdiction_country] of [
    ['beta', 'qiis', 'fr'],
    ['Álpha', 'qgis', 'de'],
    ['Beta', 'qgis', 'fr'],
    ['alpha', 'qiis', 'de'],
  ] as const) {
    await register({ name, kind, jurisdiction_country }, specialist.key);
  }
  const { sources } = (await send('GET', '', undefined, specialist.key)).json<SourceList>();
  const withdrawn = sources.find(({ name }) => name === 'Beta')?.id;
  await send('PUT', `/${withdrawn}/withdraw`, { reason: 'Closed.' }, specialist.key);
  const [names] = await of('');
  assert.deepEqual(names, ['alpha', 'beta', 'Beta', 'Álpha'].sort(byFolded));
  assert.deepEqual(await of('?limit=2&offset=1'), [(names as string[]).slice(1, 3), 4]);
  assert.deepEqual(await of('?offset=9'), [[], 4]);
  assert.deepEqual(await of('?filters[kind]=qiis&filters[jurisdiction_country]=FR'), [['beta'], 1]);
  assert.deepEqual(await of('?filters[jurisdiction_country]=fr'), [['beta', 'Beta'], 2]);
  assert.deepEqual(await of('?filters[status]=withdrawn'), [['Beta'], 1]);
  assert.deepEqual((await of('?filters[status]=active'))[1], 3);
  const refused = await send(
    'GET',
    '?filters[kind]=rumour&filters[name]=x&order=name',
    undefined,
    key,
  );
  assert.deepEqual(refused.codes(), [
    'invalid_filters_kind',
    'unknown_filter|name',
    'unknown_parameter|order',
  ]);
});

function byFolded(one: string, other: string): number {
  const [first, second] = [one, other].map((name) => name.normalize('NFKC').toLowerCase());
  return Buffer.compare(Buffer.from(first ?? ''), Buffer.from(second ?? ''));
}

test('a source that was withdrawn says why and since when, and stays so', async () => {
  const { id } = await register();
  assert.deepEqual(await withdraw(id), []);
  const shown = await show(id);
  assert.deepEqual(
    [shown.withdrawn_at, shown.withdrawal_reason, shown.revision],
    [TIME, 'No longer kept.', 1],
  );
  for (const [path, body] of [
    [`/${id}/withdraw`, { reason: 'Again.' }],
    [`/${id}`, { ...REGISTER, name: 'Another' }],
  ] as const) {
    assert.deepEqual((await send('PUT', path, body)).codes(), ['source_withdrawn']);
  }
  assert.equal((await show(id)).withdrawal_reason, 'No longer kept.');
  const actions = (await listEvents(server, 'source', id)).map(({ action }) => action);
  assert.deepEqual(actions, ['source_registered', 'source_withdrawn']);
});

test('a withdrawal says why', async () => {
  const { id } = await register();
  assert.deepEqual((await send('PUT', `/${id}/withdraw`, {})).codes(), ['missing_reason']);
  assert.equal((await show(id)).withdrawn_at, undefined);
});

async function recordFrom(source_id: number, organization: number): Promise<number> {
  const body = {
    kind: 'government_register',
    source_id,
    reference: 'HRB 12345',
    obtained_at: '2026-11-20T00:00:00Z',
  };
  const path = `/vetting/v1/organization/${organization}/evidence`;
  const answer = await server.send('POST', path, { key, body });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<Evidence>().id;
}

let names = 0;

async function makeOrganization(validations: object[] = []): Promise<{ id: number; name: string }> {
  names += 1;
  const name = `With a source ${names}`;
  const body = organizationBody({ name, validations });
  return { name, ...(await make({ server, key: server.administrator }, '/organization', body)) };
}

test('withdrawing a source tells every decision that relies on it, and ends none', async () => {
  const { id } = await register();
  const [one, two] = [await makeOrganization(), await makeOrganization()];
  const first = await recordFrom(id, one.id);
  const second = await recordFrom(id, two.id);
  const unused = await recordFrom(id, two.id);
  const gone = await recordFrom(id, two.id);
  const decide = (organization: { id: number }, evidence_id: number, changes: object = {}) =>
    insertDecisionOn(server, { organization_id: organization.id, evidence_id, ...changes });
  await decide(one, first);
  await decide(two, second, { validation_type: 'ev', check_id: 'second' });
  await decide(two, second, { validation_type: 'ev', check_id: 'first' });
  await decide(two, gone);
  await server.send('PUT', `/vetting/v1/organization/${two.id}/evidence/${gone}/withdraw`, {
    key,
    body: { reason: 'Forged.' },
  });
  const affected = await withdraw(id);
  const of = ({ id: organization_id, name: organization_name }: typeof one) => ({
    organization_id,
    organization_name,
    is_ended: false,
  });
  assert.deepEqual(affected, [
    { ...of(one), evidence_id: first, validation_type: 'ov', check_id: 'identity' },
    { ...of(two), evidence_id: second, validation_type: 'ev', check_id: 'first' },
    { ...of(two), evidence_id: second, validation_type: 'ev', check_id: 'second' },
  ]);
  assert.ok(!affected.some(({ evidence_id }) => evidence_id === unused));
});

test('a decision that was replaced, or that a second person disagreed with, relies on nothing', async () => {
  const { id } = await register();
  const { id: organization_id } = await makeOrganization();
  const [old, disagreed, later] = [
    await recordFrom(id, organization_id),
    await recordFrom(id, organization_id),
    await recordFrom(id, organization_id),
  ];
  await insertDecisionOn(server, { organization_id, evidence_id: old });
  await insertDecisionOn(server, { organization_id, evidence_id: later });
  await insertDecisionOn(server, { organization_id, evidence_id: disagreed, review: 'disagreed' });
  assert.deepEqual(
    (await withdraw(id)).map(({ evidence_id }) => evidence_id),
    [later],
  );
});

test('a decision that was replaced still counts while a validation that serves stands on it', async () => {
  const { id } = await register();
  const { id: organization_id } = await makeOrganization([{ type: 'ov' }]);
  const old = await recordFrom(id, organization_id);
  const decision_id = await insertDecisionOn(server, { organization_id, evidence_id: old });
  await insertDecisionOn(server, { organization_id });
  await setReliedOn(server, organization_id, 'ov', decision_id);
  assert.deepEqual(
    (await withdraw(id)).map(({ evidence_id }) => evidence_id),
    [old],
  );
});

test('the register is of one account, and each has its own', async () => {
  const { id } = await register();
  const other = await makeSubaccount({ server, key: server.administrator }, 'Without sources');
  const theirs = await appointSpecialist(server, { by: other.key });
  const nobodys = await send('GET', '/987654321', undefined, theirs.key);
  assert.deepEqual(nobodys.codes(), ['not_found|source']);
  for (const [method, path, body] of [
    ['GET', `/${id}`, undefined],
    ['PUT', `/${id}`, REGISTER],
    ['PUT', `/${id}`, {}],
    ['PUT', `/${id}/withdraw`, { reason: 'x' }],
  ] as const) {
    assert.equal((await send(method, path, body, theirs.key)).text, nobodys.text);
  }
});

test('auditors look at the register, and who is restricted to containers does not change it', async () => {
  const { id } = await register();
  const auditor = await appointAuditor(server);
  const restricted = await appointSpecialist(server, {
    user: { container_id_assignments: [RESEARCH_ID] },
  });
  for (const person of [auditor, restricted]) {
    assert.equal((await send('GET', `/${id}`, undefined, person.key)).status, 200);
    for (const [method, path, body] of [
      ['POST', '', REGISTER],
      ['PUT', `/${id}`, { ...REGISTER, name: 'Another' }],
      ['PUT', `/${id}/withdraw`, { reason: 'x' }],
    ] as const) {
      assert.deepEqual((await send(method, path, body, person.key)).codes(), [MISSING_PERMISSION]);
    }
  }
});
