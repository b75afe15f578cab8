/** Evidence bundles over HTTP: what is in one, that it is the same each time, and what it does not hide. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import type { Decision, Evidence, Source } from '@orgvet/contract';
import type { BundleManifest } from '../src/domain/bundle.ts';
import { checkBundle } from '../src/domain/bundle-check.ts';
import { createRulebook } from '../src/domain/rules/rulebook.ts';
import { readArchive } from '../src/files/archive-file.ts';
import { operatorContext } from '../src/operations/accounts.ts';
import { getBundle } from '../src/operations/bundles.ts';
import { insertEvent } from '../src/store/events.ts';
import { askForBundle, fetchBundle, openArchive, storeFile } from './bundles.ts';
import { startServer } from './harness.ts';
import { make } from './makers.ts';
import { listEvents, runSql } from './people.ts';
import { makePdf } from './sample-files.ts';
import { appoint, appointAuditor, appointmentsOf, appointSpecialist } from './vetting.ts';
import {
  createSubmitted,
  getRequirement,
  meet,
  sendDecision,
  submit,
  type Work,
  workThrough,
} from './working.ts';

const server = await startServer();
const first = await appointSpecialist(server);
const second = await appointSpecialist(server);
const auditor = await appointAuditor(server);

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Of several pieces, as it is kept. */
const EXTRACT = makePdf('x'.repeat(1_000_000));

/** A company whose `ov` stands on an extract of a register, among other things. */
async function completeOv(name: string, extract: Uint8Array = EXTRACT) {
  const organization_id = await createSubmitted(server, ['ov'], { name });
  const work: Work = { server, organization_id, key: first.key };
  const source = { name: `Register of ${name}`, kind: 'government_register' };
  const { id: source_id } = await make({ server, key: first.key }, '/vetting/v1/source', source);
  const file_digest = await storeFile(work, extract);
  const identity = await getRequirement(work, 'ov', 'identity');
  await meet(work, 'ov', identity, { source_id, file_digest, file_name: 'extract.pdf' });
  await workThrough(work, 'ov', second.key);
  return { organization_id, work, source_id, file_digest };
}

const acme = await completeOv('Bundled A/S');
const bundle = await fetchBundle(server, auditor.key, acme.organization_id, 'ov');

interface Completion {
  readonly completion_id: number;
  readonly way: string;
  readonly rules: readonly { id: string; version: string; member?: string; note?: string }[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly relied_on: readonly { check_id: string; decision_id: number }[];
}

interface People {
  readonly people: readonly { id: number; name: string; appointments: readonly object[] }[];
}

interface BundleEvent {
  readonly action: string;
  readonly object_type: string;
  readonly actor_user_id: number;
  readonly after?: { readonly completion_id?: number };
}

const completion = bundle.read<Completion>('completion.json');
const { decisions } = bundle.read<{ decisions: readonly Decision[] }>('decisions.json');
const eventsOf = (text: unknown): BundleEvent[] =>
  String(text)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a bundle is an archive to be saved, named after what it is of', () => {
  const { completion_id } = completion;
  const name = `bundle-${acme.organization_id}-ov-${completion_id}.zip`;
  assert.equal(bundle.headers.get('content-type'), 'application/zip');
  assert.equal(bundle.headers.get('content-disposition'), `attachment; filename="${name}"`);
});

test('the manifest is last, and tells of every other member with its size and digest', async () => {
  const manifest = bundle.read<BundleManifest>('manifest.json');
  const found = [...bundle.members].map(([name, bytes]) => ({
    ...{ name, size_bytes: bytes.length, sha256: sha256(bytes) },
  }));
  assert.equal(found.pop()?.name, 'manifest.json');
  assert.deepEqual(manifest.members, found);
  assert.deepEqual(
    [manifest.format, manifest.format_version, manifest.organization, manifest.validation_type],
    ['orgvet-bundle', 1, { id: acme.organization_id, name: 'Bundled A/S' }, 'ov'],
  );
  assert.deepEqual(
    [manifest.completion_id, manifest.completed_at, manifest.completed_by?.id],
    [completion.completion_id, '2026-11-21T12:00:00+00:00', first.user_id],
  );
  const { members, wanted, sha256: digest } = await readArchive(bundle.file, 'manifest.json');
  assert.equal(digest, sha256(bundle.bytes));
  assert.deepEqual(checkBundle(members, wanted).faults, []);
});

test('it has the facts, and every decision that the validation stood on', () => {
  assert.deepEqual([completion.way, completion.facts.name], ['decisions', 'Bundled A/S']);
  const relied = completion.relied_on.map(({ decision_id }) => decision_id);
  assert.ok(relied.length > 5);
  const bundled = decisions.map(({ id }) => id);
  assert.deepEqual(
    relied.filter((id) => !bundled.includes(id)),
    [],
  );
  assert.ok(decisions.every(({ decided_by, outcome }) => decided_by.id && outcome === 'met'));
});

test('it has the evidence with its source, and the file byte by byte', () => {
  const { evidence, sources } = bundle.read<{
    evidence: readonly (Evidence & { file?: { member: string; name: string } })[];
    sources: readonly Source[];
  }>('evidence.json');
  const relied = new Set(decisions.flatMap(({ evidence_ids }) => evidence_ids));
  assert.deepEqual(new Set(evidence.map(({ id }) => id)), relied);
  assert.deepEqual(
    sources.map(({ id, name }) => [id, name]),
    [[acme.source_id, 'Register of Bundled A/S']],
  );
  const [filed] = evidence.filter(({ file }) => file !== undefined);
  const member = `files/${acme.file_digest}.pdf`;
  assert.deepEqual([filed?.file?.member, filed?.file?.name], [member, 'extract.pdf']);
  assert.deepEqual(bundle.members.get(member), EXTRACT);
});

test('it has the rules by which it was made', () => {
  const { packs, policies } = server.app.environment.rules;
  assert.deepEqual(
    completion.rules.map(({ id }) => id),
    ['certcentral', 'tls-br'],
  );
  for (const { id, version, member = '' } of completion.rules) {
    const known = [...packs, ...policies].find((one) => one.id === id);
    assert.equal(known?.version, version);
    assert.deepEqual(bundle.read(member), known);
  }
});

test('it has the events until the completion, and none that came later', async () => {
  await server.send('PUT', `/organization/${acme.organization_id}/deactivate`);
  await server.send('PUT', `/organization/${acme.organization_id}/activate`);
  const later = await fetchBundle(server, auditor.key, acme.organization_id, 'ov');
  const events = eventsOf(later.members.get('events.jsonl'));
  assert.equal(events[0]?.action, 'organization_created');
  const last = events.at(-1);
  assert.deepEqual(
    [last?.action, last?.after?.completion_id],
    ['validation_completed', completion.completion_id],
  );
  const types = new Set(events.map(({ object_type }) => object_type));
  assert.deepEqual([...types].sort(), ['evidence', 'organization']);
});

test('it names everybody who took part, with what each was appointed for then', async () => {
  const [before] = [bundle.read<People>('people.json')];
  const actors = eventsOf(bundle.members.get('events.jsonl')).map((event) => event.actor_user_id);
  const ids = new Set([first.user_id, ...actors.filter((id) => id !== 0)]);
  assert.deepEqual(new Set(before.people.map(({ id }) => id)), ids);
  const person = before.people.find(({ id }) => id === first.user_id);
  assert.equal(person?.name, 'Rebecca Chambers');
  const appointed = (person?.appointments ?? []) as { role: string; validation_type: string }[];
  assert.ok(appointed.some((one) => one.role === 'specialist' && one.validation_type === 'ov'));
  await appoint(server, first.user_id, []);
  const after = await fetchBundle(server, auditor.key, acme.organization_id, 'ov');
  assert.deepEqual(after.read('people.json'), before);
  await appoint(server, first.user_id, appointmentsOf('specialist'));
});

test('the same records give the same bytes, whoever asks and whenever', async () => {
  server.clock.moveTo('2026-12-24T18:00:00Z');
  const again = await fetchBundle(server, second.key, acme.organization_id, 'ov');
  server.clock.moveTo('2026-11-21T12:00:00Z');
  assert.ok(again.bytes.equals(bundle.bytes));
});

test('reviews are with their decisions, and so are checks that do not apply', async () => {
  const organization_id = await createSubmitted(server, ['ev'], { name: 'Reviewed A/S' });
  const work: Work = { server, organization_id, key: first.key };
  const waive = async (reason: string) => {
    const body = { outcome: 'not_applicable', reason };
    const answer = await sendDecision(work, 'ev', 'principal_individual', body);
    assert.equal(answer.status, 201, answer.text);
  };
  await waive('It looks like a company.');
  await waive('The register has it as a company.');
  await workThrough(work, 'ev', second.key);
  const ev = await fetchBundle(server, auditor.key, organization_id, 'ev');
  const all = ev.read<{ decisions: readonly Decision[] }>('decisions.json').decisions;
  const reviewed = all.filter(({ review }) => review?.reviewed_by.id === second.user_id);
  assert.deepEqual(
    reviewed.map(({ check_id }) => check_id),
    ['separation_of_duties', 'cross_correlation'],
  );
  assert.deepEqual(
    all.flatMap(({ outcome, reason }) => (outcome === 'not_applicable' ? [reason] : [])),
    ['The register has it as a company.'],
  );
  const asked = eventsOf(ev.members.get('events.jsonl'));
  assert.ok(asked.some(({ object_type }) => object_type === 'verified_contact'));
  const { people } = ev.read<People>('people.json');
  assert.ok(people.some(({ id }) => id === second.user_id));
});

test('of a validation that a test completed it says that nobody decided it', async () => {
  const organization_id = await createSubmitted(server, ['ov'], { name: 'By a test A/S' });
  const path = `/control/v1/organization/${organization_id}/validation/ov`;
  assert.equal((await server.send('PUT', path, { body: { status: 'active' } })).status, 204);
  const controlled = await fetchBundle(server, auditor.key, organization_id, 'ov');
  assert.equal(controlled.read<Completion>('completion.json').way, 'control');
  const { ground, ...rest } = controlled.read<{ ground: string }>('decisions.json');
  assert.match(ground, /A test of this test account completed it as a whole/);
  assert.deepEqual(rest, { decisions: [] });
  assert.deepEqual(controlled.read('evidence.json'), { evidence: [], sources: [] });
  assert.deepEqual(
    [...controlled.members.keys()].filter((name) => !name.startsWith('rules/')),
    ['completion.json', 'decisions.json', 'evidence.json', 'events.jsonl', 'people.json'].concat(
      'manifest.json',
    ),
  );
});

test('its events are found among those of others, however many there are', async () => {
  const organization_id = await createSubmitted(server, ['ov'], { name: 'Among others A/S' });
  const [event] = await listEvents(server, 'organization', organization_id);
  assert.ok(event);
  const { app } = server;
  await app.environment.store.transaction(async (tx) => {
    for (let count = 0; count < 4100; count += 1) {
      await insertEvent(tx, { ...event, object_id: 987654321 });
    }
  });
  const path = `/control/v1/organization/${organization_id}/validation/ov`;
  await server.send('PUT', path, { body: { status: 'active' } });
  const { members } = await fetchBundle(server, auditor.key, organization_id, 'ov');
  const own = await listEvents(server, 'organization', organization_id);
  assert.deepEqual(
    eventsOf(members.get('events.jsonl'))
      .filter(({ object_type }) => object_type === 'organization')
      .map(({ action }) => action),
    own.map(({ action }) => action),
  );
});

test('the newest completion is bundled, and any other by its id, as it was', async () => {
  const { organization_id, work } = acme;
  const { completion_id } = completion;
  server.clock.moveTo('2027-03-01T12:00:00Z');
  await submit(server, organization_id, ['ov']);
  await workThrough(work, 'ov', second.key);
  server.clock.moveTo('2026-11-21T12:00:00Z');
  const newest = await fetchBundle(server, auditor.key, organization_id, 'ov');
  assert.ok(newest.read<Completion>('completion.json').completion_id > completion_id);
  const query = `?completion_id=${completion_id}`;
  const older = await fetchBundle(server, auditor.key, organization_id, 'ov', query);
  assert.ok(older.bytes.equals(bundle.bytes));
});

test('what was never completed, and the completion of another, are not there', async () => {
  const organization_id = await createSubmitted(server, ['ov'], { name: 'Never done A/S' });
  const ask = async (...about: [number, 'ov' | 'ev', string?]) => {
    const answer = await askForBundle(server, auditor.key, ...about);
    return { status: answer.status, text: await answer.text() };
  };
  const never = await ask(organization_id, 'ov');
  assert.equal(never.status, 404);
  assert.match(never.text, /"not_found\|validation"/);
  const query = `?completion_id=${completion.completion_id}`;
  assert.deepEqual(await ask(organization_id, 'ov', query), never);
  assert.deepEqual(await ask(acme.organization_id, 'ev', query), never);
  assert.deepEqual(await ask(acme.organization_id, 'ov', '?completion_id=999999'), never);
  const wrong = await ask(acme.organization_id, 'ov', '?completion_id=x&all=1');
  assert.equal(wrong.status, 400);
  assert.match(wrong.text, /invalid_completion_id.*unknown_parameter/);
});

test('evidence that was withdrawn since is told to be', async () => {
  const { organization_id, work } = await completeOv('Withdrawn A/S');
  const read = async () =>
    (await fetchBundle(server, auditor.key, organization_id, 'ov')).read<{
      evidence: readonly Evidence[];
    }>('evidence.json').evidence;
  const [piece] = await read();
  const path = `/vetting/v1/organization/${organization_id}/evidence/${piece?.id}/withdraw`;
  const body = { reason: 'It was of another company.' };
  assert.equal((await server.send('PUT', path, { key: work.key, body })).status, 200);
  const [after] = await read();
  assert.deepEqual([after?.id, after?.withdrawal?.reason], [piece?.id, body.reason]);
});

test('of rules that the registry has no more it tells the version', async () => {
  const context = operatorContext(server.app.environment, 1);
  const rules = { ...createRulebook(context.rules.packs), packs: [] };
  const params = { organization_id: acme.organization_id, validation_type: 'ov' } as const;
  const { pieces } = await getBundle({ ...context, rules }, { params, query: {} });
  const members = await openArchive(await buffer(pieces));
  const told: Completion = JSON.parse(String(members.get('completion.json')));
  assert.deepEqual(
    told.rules.map(({ id, member, note }) => [id, member, note?.includes('any more')]),
    [
      ['certcentral', undefined, true],
      ['tls-br', undefined, true],
    ],
  );
  assert.ok(![...members.keys()].some((name) => name.startsWith('rules/')));
});

test('a bundle with a file that is damaged in the database is broken off', async () => {
  const { organization_id, file_digest } = await completeOv('Damaged A/S', makePdf('y'));
  await fetchBundle(server, auditor.key, organization_id, 'ov');
  await runSql(
    server,
    `update file_pieces set content = 'AAAA' || substr(content, 5) where digest = '${file_digest}'`,
  );
  const answer = await askForBundle(server, auditor.key, organization_id, 'ov');
  await assert.rejects(answer.arrayBuffer(), /terminated|aborted/);
});
