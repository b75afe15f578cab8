/** Evidence over HTTP: recording, listing with what relies on it, and withdrawing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AffectedList, Evidence, EvidenceList, Source, StoredFile } from '@orgvet/contract';
import { insertCompletion, insertRejection } from '../src/store/completions.ts';
import { statement } from '../src/store/statement.ts';
import { type Answer, organizationBody, startServer } from './harness.ts';
import { make, makeSubaccount } from './makers.ts';
import { listEvents, RESEARCH_ID, runSql } from './people.ts';
import { makePdf } from './sample-files.ts';
import { appointAuditor, appointReviewer, appointSpecialist, insertDecisionOn } from './vetting.ts';

const server = await startServer();
const { send } = server;
const specialist = await appointSpecialist(server, {
  user: { first_name: 'Vera', last_name: 'Roth' },
});
const { key } = specialist;
const own = { server, key: server.administrator };

const NOW = '2026-11-21T12:00:00+00:00';
const RECORD = {
  kind: 'government_register',
  reference: 'HRB 12345',
  obtained_at: '2026-11-20T12:00:00Z',
};

let names = 0;

async function makeOrganization(): Promise<{ id: number; name: string }> {
  names += 1;
  const name = `With evidence ${names}`;
  return { name, ...(await make(own, '/organization', organizationBody({ name }))) };
}

const pathOf = (organization: number, below = '') =>
  `/vetting/v1/organization/${organization}/evidence${below}`;

const record = (organization: number, changes: object = {}, by = key) =>
  send('POST', pathOf(organization), { key: by, body: { ...RECORD, ...changes } });

async function recorded(organization: number, changes: object = {}): Promise<Evidence> {
  const answer = await record(organization, changes);
  assert.equal(answer.status, 201, answer.text);
  return answer.json<Evidence>();
}

async function list(organization: number, by = key): Promise<Evidence[]> {
  const answer = await send('GET', pathOf(organization), { key: by });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<EvidenceList>().evidence;
}

const withdraw = (organization: number, evidence: number, body: object = { reason: 'Forged.' }) =>
  send('PUT', pathOf(organization, `/${evidence}/withdraw`), { key, body });

async function makeSource(changes: object = {}): Promise<Source> {
  const body = { name: 'Handelsregister', kind: 'government_register', ...changes };
  const answer = await send('POST', '/vetting/v1/source', { key, body });
  return answer.json<Source>();
}

async function storeFile(organization: number, raw: Uint8Array): Promise<StoredFile> {
  const path = `/vetting/v1/organization/${organization}/file`;
  return (await send('POST', path, { key, raw })).json<StoredFile>();
}

test('evidence is recorded with source and file, and listed as it was answered', async () => {
  const { id: organization_id } = await makeOrganization();
  const source = await makeSource();
  const file = await storeFile(organization_id, makePdf('extract'));
  const evidence = await recorded(organization_id, {
    source_id: source.id,
    note: 'Active.\nSince 1999.',
    file_digest: file.digest,
    file_name: 'extract.pdf',
  });
  const { id, ...rest } = evidence;
  assert.deepEqual(rest, {
    organization_id,
    kind: 'government_register',
    source: { id: source.id, name: 'Handelsregister' },
    reference: 'HRB 12345',
    obtained_at: '2026-11-20T12:00:00+00:00',
    note: 'Active.\nSince 1999.',
    file: { ...file, name: 'extract.pdf' },
    collected_by: { id: specialist.user_id, name: 'Vera Roth' },
    recorded_at: NOW,
    relied_on_by: [],
  });
  assert.deepEqual(await list(organization_id), [evidence]);
  const [event] = await listEvents(server, 'evidence', id);
  assert.deepEqual(
    [event?.action, event?.actor_user_id],
    ['evidence_recorded', specialist.user_id],
  );
  const { organization_id: of, file_digest } = JSON.parse(event?.after ?? '');
  assert.deepEqual([of, file_digest], [organization_id, file.digest]);
});

test('what is not given is left out, and a file without a name is called by its digest', async () => {
  const { id } = await makeOrganization();
  const { digest } = await storeFile(id, makePdf('unnamed'));
  const [plain, withFile] = [await recorded(id), await recorded(id, { file_digest: digest })];
  assert.deepEqual(Object.keys(plain), [
    'id',
    'organization_id',
    'kind',
    'reference',
    'obtained_at',
    'recorded_at',
    'collected_by',
    'relied_on_by',
  ]);
  assert.equal(withFile.file?.name, `${digest}.pdf`);
});

test('a list is newest first', async () => {
  const { id } = await makeOrganization();
  const ids = [(await recorded(id)).id, (await recorded(id)).id, (await recorded(id)).id];
  assert.deepEqual(
    (await list(id)).map((one) => one.id),
    ids.toReversed(),
  );
});

test('evidence is of a moment that was, by the clock of the account', async () => {
  const { id } = await makeOrganization();
  assert.equal((await record(id, { obtained_at: NOW })).status, 201);
  const early = await record(id, { obtained_at: '2026-11-21T12:00:01Z' });
  assert.deepEqual(early.codes(), ['invalid_obtained_at']);
  const other = await makeSubaccount(own, 'With a clock ahead');
  const ahead = await appointSpecialist(server, { by: other.key });
  const body = organizationBody({ name: 'Later' });
  const later = await make({ server, key: other.key }, '/organization', body);
  await send('POST', '/control/v1/clock', { key: other.key, body: { advance: 'P1D' } });
  const obtained_at = '2026-11-22T12:00:00Z';
  assert.equal((await record(later.id, { obtained_at }, ahead.key)).status, 201);
});

test('a source must be there, be of the kind of the evidence, and not be withdrawn', async () => {
  const { id } = await makeOrganization();
  const [other, withdrawn] = [await makeSource({ kind: 'qiis' }), await makeSource()];
  await send('PUT', `/vetting/v1/source/${withdrawn.id}/withdraw`, { key, body: { reason: 'x' } });
  for (const [source_id, code] of [
    [987654321, 'invalid_source_id'],
    [other.id, 'invalid_source_id'],
    [withdrawn.id, 'source_withdrawn'],
  ] as const) {
    assert.deepEqual((await record(id, { source_id })).codes(), [code]);
  }
  assert.deepEqual(await list(id), []);
});

test('a file must have been stored for the same organization', async () => {
  const [one, two] = [await makeOrganization(), await makeOrganization()];
  const { digest } = await storeFile(one.id, makePdf('of one'));
  for (const file_digest of [digest, '0'.repeat(64), 'x']) {
    assert.deepEqual((await record(two.id, { file_digest })).codes(), ['invalid_file_digest']);
  }
  assert.equal((await record(one.id, { file_digest: digest.toUpperCase() })).status, 201);
});

test('every problem of evidence is told at once', async () => {
  const { id } = await makeOrganization();
  const answer = await record(id, {
    kind: 'rumour',
    reference: null,
    obtained_at: '2027-01-01T00:00:00Z',
    source_id: 987654321,
    file_digest: '0'.repeat(64),
  });
  assert.deepEqual(answer.codes().sort(), [
    'invalid_file_digest',
    'invalid_kind',
    'invalid_obtained_at',
    'invalid_source_id',
    'missing_reference',
  ]);
});

test('what relies on evidence is told with it', async () => {
  const { id: organization_id } = await makeOrganization();
  const [used, unused] = [await recorded(organization_id), await recorded(organization_id)];
  const evidence_id = used.id;
  const first = await insertDecisionOn(server, { organization_id, evidence_id });
  const second = await insertDecisionOn(server, {
    ...{ organization_id, evidence_id, validation_type: 'ev', check_id: 'physical_existence' },
  });
  const reliances = new Map((await list(organization_id)).map((one) => [one.id, one.relied_on_by]));
  assert.deepEqual(reliances.get(unused.id), []);
  assert.deepEqual(reliances.get(used.id), [
    { validation_type: 'ov', check_id: 'identity', decision_id: first },
    { validation_type: 'ev', check_id: 'physical_existence', decision_id: second },
  ]);
});

test('evidence that is withdrawn says by whom and why, stays listed, and ends what relied on it', async () => {
  const { id: organization_id, name: organization_name } = await makeOrganization();
  const { id: evidence_id } = await recorded(organization_id);
  await insertDecisionOn(server, { organization_id, evidence_id });
  const answer = await withdraw(organization_id, evidence_id);
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.json<AffectedList>().affected, [
    {
      ...{ organization_id, organization_name, evidence_id },
      ...{ validation_type: 'ov', check_id: 'identity', is_ended: false },
    },
  ]);
  const [shown] = await list(organization_id);
  assert.deepEqual(shown?.withdrawal, {
    withdrawn_at: NOW,
    withdrawn_by: { id: specialist.user_id, name: 'Vera Roth' },
    reason: 'Forged.',
  });
  const [, event] = await listEvents(server, 'evidence', evidence_id);
  assert.equal(event?.action, 'evidence_withdrawn');
  assert.equal(JSON.parse(event?.after ?? '').withdrawal_reason, 'Forged.');
});

test('a withdrawal says why, is for what is there, and is not changed', async () => {
  const [one, two] = [await makeOrganization(), await makeOrganization()];
  const { id } = await recorded(one.id);
  assert.deepEqual((await withdraw(one.id, id, {})).codes(), ['missing_reason']);
  assert.deepEqual((await withdraw(two.id, id)).codes(), ['not_found|evidence']);
  assert.deepEqual((await withdraw(one.id, 987654321)).codes(), ['not_found|evidence']);
  assert.equal((await withdraw(one.id, id)).status, 200);
  assert.deepEqual((await withdraw(one.id, id)).codes(), ['evidence_withdrawn']);
});

test('of withdrawals that come at the same moment one counts', async () => {
  const { id: organization_id } = await makeOrganization();
  const { id } = await recorded(organization_id);
  const answers = await Promise.all(Array.from({ length: 4 }, () => withdraw(organization_id, id)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400, 400]);
  assert.equal((await listEvents(server, 'evidence', id)).length, 2);
});

test('once a source is withdrawn no evidence is from it, also of what came at the same moment', async () => {
  const { id: organization_id } = await makeOrganization();
  const source = await makeSource();
  const body = { reason: 'Closed.' };
  const [withdrawal, ...records]: Answer[] = await Promise.all([
    send('PUT', `/vetting/v1/source/${source.id}/withdraw`, { key, body }),
    ...Array.from({ length: 4 }, () => record(organization_id, { source_id: source.id })),
  ]);
  assert.equal(withdrawal?.status, 200);
  for (const { status, codes } of records) {
    assert.ok(status === 201 || codes()[0] === 'source_withdrawn');
  }
  const late = await record(organization_id, { source_id: source.id });
  assert.deepEqual(late.codes(), ['source_withdrawn']);
});

test('who recorded evidence is named, also when they are not there any more', async () => {
  const { id } = await makeOrganization();
  const leaving = await appointSpecialist(server);
  assert.equal((await record(id, {}, leaving.key)).status, 201);
  assert.equal((await send('DELETE', `/user/${leaving.user_id}`)).status, 204);
  const [evidence] = await list(id);
  assert.deepEqual(evidence?.collected_by, {
    id: leaving.user_id,
    name: `User ${leaving.user_id}`,
  });
});

test('reviewers and auditors see evidence and record none, and any specialist withdraws it', async () => {
  const { id } = await makeOrganization();
  const evidence = await recorded(id);
  for (const person of [await appointReviewer(server), await appointAuditor(server)]) {
    assert.deepEqual(await list(id, person.key), [evidence]);
    assert.equal((await record(id, {}, person.key)).status, 403);
    const refused = await send('PUT', pathOf(id, `/${evidence.id}/withdraw`), {
      key: person.key,
      body: { reason: 'x' },
    });
    assert.equal(refused.status, 403);
  }
  const another = await appointSpecialist(server, { types: ['smime'] });
  const answer = await send('PUT', pathOf(id, `/${evidence.id}/withdraw`), {
    key: another.key,
    body: { reason: 'x' },
  });
  assert.equal(answer.status, 200);
});

test('evidence is of one account, and of the containers that somebody sees', async () => {
  const { id } = await makeOrganization();
  const evidence = await recorded(id);
  const other = await makeSubaccount(own, 'Without evidence');
  const strangers = [
    await appointSpecialist(server, { by: other.key }),
    await appointSpecialist(server, { user: { container_id_assignments: [RESEARCH_ID] } }),
  ];
  for (const { key: by } of strangers) {
    const nobodys = await send('GET', pathOf(987654321), { key: by });
    assert.deepEqual(nobodys.codes(), ['not_found|organization']);
    for (const answer of [
      await send('GET', pathOf(id), { key: by }),
      await record(id, {}, by),
      await send('PUT', pathOf(id, `/${evidence.id}/withdraw`), { key: by, body: {} }),
    ]) {
      assert.equal(answer.text, nobodys.text);
    }
  }
});

/** The tables that hold what the work on an organization leaves behind. */
const LEFT_BEHIND = [
  'evidence',
  'decisions',
  'organization_profiles',
  'organization_files',
  'completions',
  'rejections',
  'reminders',
] as const;

async function countRowsOf(organization_id: number): Promise<number[]> {
  const { reader } = server.app.environment.store;
  const counts = LEFT_BEHIND.map((table) =>
    statement<{ organization_id: number }, { rows: number }>((db, args) =>
      db
        .selectFrom(table)
        .where('organization_id', '=', args.organization_id)
        .select((eb) => eb.fn.countAll<number>().as('rows')),
    ),
  );
  const rows = await Promise.all(counts.map((count) => reader.first(count, { organization_id })));
  return rows.map((row) => row?.rows ?? -1);
}

test('an organization is deleted with all that the work on it left behind', async () => {
  const { id: organization_id } = await makeOrganization();
  const { digest } = await storeFile(organization_id, makePdf('goes'));
  const evidence = await recorded(organization_id, { file_digest: digest });
  await insertDecisionOn(server, { organization_id, evidence_id: evidence.id });
  const profile = `/vetting/v1/organization/${organization_id}/profile`;
  await send('PUT', profile, { key, body: { entity_class: 'business_entity' } });
  const fresh = { account_id: 1, organization_id, type: 'ov' as const };
  await server.app.environment.store.transaction(async (tx) => {
    const [completed_at, nobody] = [NOW, { completed_by_user_id: 0 }];
    const texts = { rules: 'none', facts: '{}', relied_on: '[]' };
    await insertCompletion(tx, { ...fresh, ...nobody, ...texts, completed_at, way: 'decisions' });
    const rejection = { rejected_at: NOW, rejected_by_user_id: 0, reasons: '[]' };
    await insertRejection(tx, { ...fresh, ...rejection });
  });
  await runSql(
    server,
    `insert into reminders
       (account_id, organization_id, type, validated_until, days, due_at, sent_at)
       values (1, ${organization_id}, 'ov', '${NOW}', 30, '${NOW}', '')`,
  );
  assert.deepEqual(await countRowsOf(organization_id), [1, 1, 1, 1, 1, 1, 1]);
  assert.equal((await send('DELETE', `/organization/${organization_id}`)).status, 204);
  const gone = await send('GET', pathOf(organization_id), { key });
  assert.deepEqual(gone.codes(), ['not_found|organization']);
  assert.deepEqual(await countRowsOf(organization_id), [0, 0, 0, 0, 0, 0, 0]);
  // What was done stays in the events.
  assert.equal((await listEvents(server, 'evidence', evidence.id)).length, 1);
});
