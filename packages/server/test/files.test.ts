/** The files of evidence over HTTP: what is kept, what is refused, and who gets at it. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { FILE_MAX_BYTES, MEDIA_TYPES, type StoredFile } from '@orgvet/contract';
import { pino } from 'pino';
import { buildHttpServer } from '../src/http/server.ts';
import { statement } from '../src/store/statement.ts';
import { type Answer, organizationBody, startServer } from './harness.ts';
import { make } from './makers.ts';
import { createHolder, listEvents, RESEARCH_ID, runSql } from './people.ts';
import { makePdf, makePng, OTHER_FILES, SAMPLE_FILES } from './sample-files.ts';
import { appointAuditor, appointReviewer, appointSpecialist } from './vetting.ts';

const server = await startServer();
const { key } = await appointSpecialist(server);
const own = { server, key: server.administrator };

let names = 0;

async function makeOrganization(): Promise<number> {
  names += 1;
  return (await make(own, '/organization', organizationBody({ name: `With files ${names}` }))).id;
}

const store = (organization: number, raw: Uint8Array, by = key) =>
  server.send('POST', `/vetting/v1/organization/${organization}/file`, { key: by, raw });

async function stored(organization: number, raw: Uint8Array): Promise<StoredFile> {
  const answer = await store(organization, raw);
  assert.equal(answer.status, 201, answer.text);
  return answer.json<StoredFile>();
}

/** The file as it is, which is no text. */
async function get(organization: number, digest: string, by = key): Promise<Response> {
  const url = `${server.origin}/vetting/v1/organization/${organization}/file/${digest}`;
  return await fetch(url, { headers: { 'X-DC-DEVKEY': by } });
}

async function codesOf(answer: Response): Promise<string[]> {
  const { errors } = (await answer.json()) as { errors: { code: string }[] };
  return errors.map(({ code }) => code);
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const countFiles = statement<object, { files: number }>((db) =>
  db.selectFrom('files').select((eb) => eb.fn.countAll<number>().as('files')),
);
const countPieces = statement<{ digest: string }, { pieces: number }>((db, args) =>
  db
    .selectFrom('file_pieces')
    .where('digest', '=', args.digest)
    .select((eb) => eb.fn.countAll<number>().as('pieces')),
);

async function piecesOf(digest: string): Promise<number | undefined> {
  const { reader } = server.app.environment.store;
  return (await reader.first(countPieces, { digest }))?.pieces;
}

for (const media_type of MEDIA_TYPES) {
  test(`${media_type} is kept under its digest, and comes back as it was, to be saved`, async () => {
    const id = await makeOrganization();
    const bytes = SAMPLE_FILES[media_type];
    const file = await stored(id, bytes);
    assert.deepEqual(file, { digest: sha256(bytes), media_type, size_bytes: bytes.length });
    const answer = await get(id, file.digest);
    assert.equal(answer.status, 200);
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), bytes);
    const { headers } = answer;
    assert.equal(headers.get('content-type'), media_type);
    assert.match(
      headers.get('content-disposition') ?? '',
      new RegExp(`^attachment; filename="${file.digest}\\.[a-z]{3,4}"$`),
    );
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('content-security-policy'), 'sandbox');
    assert.match(headers.get('x-request-id') ?? '', /\S/);
  });
}

for (const [kind, bytes] of Object.entries(OTHER_FILES)) {
  test(`${kind} is not kept`, async () => {
    const { status, codes } = await store(await makeOrganization(), bytes);
    assert.deepEqual([status, codes()], [400, ['file_type_not_accepted']]);
  });
}

test('what a file is called or said to be counts for nothing', async () => {
  const path = `/vetting/v1/organization/${await makeOrganization()}/file`;
  const headers = { 'Content-Type': 'application/pdf', 'Content-Disposition': 'filename=a.pdf' };
  const page = OTHER_FILES['a page'] ?? Buffer.alloc(0);
  const refused = await server.send('POST', path, { key, headers, raw: page });
  assert.deepEqual(refused.codes(), ['file_type_not_accepted']);
  const kept = await server.send('POST', path, { key, headers, raw: makePng() });
  assert.equal(kept.json<StoredFile>().media_type, 'image/png');
});

test('a file of many pieces comes back as it was', async () => {
  const id = await makeOrganization();
  const piece_bytes = 384 * 1024;
  for (const size_bytes of [piece_bytes, piece_bytes + 1, 3 * piece_bytes - 1]) {
    const bytes = Buffer.alloc(size_bytes, `${size_bytes} letters and no end\n`);
    const { digest } = await stored(id, bytes);
    assert.equal(await piecesOf(digest), Math.ceil(size_bytes / piece_bytes));
    const answer = await get(id, digest);
    assert.ok(Buffer.from(await answer.arrayBuffer()).equals(bytes));
  }
});

test('a file may have 20 MB, and not a byte more; other bodies have their own limit', async () => {
  const id = await makeOrganization();
  const largest = Buffer.alloc(FILE_MAX_BYTES, 'x');
  const { digest, size_bytes } = await stored(id, largest);
  assert.equal(size_bytes, 20_971_520);
  assert.equal(sha256(Buffer.from(await (await get(id, digest)).arrayBuffer())), digest);
  const refused = await store(id, Buffer.alloc(FILE_MAX_BYTES + 1, 'x'));
  assert.deepEqual([refused.status, refused.codes()], [413, ['request_too_large']]);
  assert.match(refused.text, /larger than 20971520 bytes/);
  for (const path of ['/organization', `/vetting/v1/organization/${id}/evidence`]) {
    const raw = Buffer.alloc(262_145, ' ');
    const other = await server.send('POST', path, {
      key: path.startsWith('/v') ? key : own.key,
      raw,
    });
    assert.equal(other.status, 413);
    assert.match(other.text, /larger than 262144 bytes/);
  }
});

test('the same bytes are kept once, for as many organizations as they were stored for', async () => {
  const [one, two] = [await makeOrganization(), await makeOrganization()];
  const bytes = makePng('kept once');
  const first = await stored(one, bytes);
  assert.deepEqual(await stored(one, bytes), first);
  assert.deepEqual(await stored(two, bytes), first);
  assert.equal(await piecesOf(first.digest), 1);
  for (const id of [one, two]) {
    assert.equal((await get(id, first.digest)).status, 200);
    const events = (await listEvents(server, 'organization', id)).filter(
      ({ action }) => action === 'file_stored',
    );
    assert.deepEqual(
      events.map(({ after }) => JSON.parse(after)),
      [first],
    );
  }
});

test('the same file that comes many times at once is kept once', async () => {
  const ids = await Promise.all(Array.from({ length: 4 }, makeOrganization));
  const bytes = Buffer.alloc(1_000_000, 'At the same moment.\n');
  const files = await Promise.all([...ids, ...ids].map((id) => stored(id, bytes)));
  assert.equal(new Set(files.map(({ digest }) => digest)).size, 1);
  assert.equal(await piecesOf(sha256(bytes)), 3);
  for (const id of ids) {
    assert.ok(Buffer.from(await (await get(id, sha256(bytes))).arrayBuffer()).equals(bytes));
  }
});

test('nobody gets at a file through an organization that it was not stored for', async () => {
  const [one, two] = [await makeOrganization(), await makeOrganization()];
  const { digest } = await stored(one, makePdf('private'));
  for (const wrong of [digest.toUpperCase(), digest.slice(1), '0'.repeat(64), '..%2F..%2Fetc']) {
    assert.deepEqual(await codesOf(await get(one, wrong)), ['not_found|file'], wrong);
  }
  assert.deepEqual(await codesOf(await get(two, digest)), ['not_found|file']);
  assert.deepEqual(await codesOf(await get(987654321, digest)), ['not_found|organization']);
  assert.deepEqual((await store(987654321, makePdf())).codes(), ['not_found|organization']);
});

test('reviewers and auditors see files and store none, nor does anybody who edits organizations', async () => {
  const id = await makeOrganization();
  const { digest } = await stored(id, makePdf('seen'));
  for (const { key: by } of [await appointReviewer(server), await appointAuditor(server)]) {
    assert.equal((await get(id, digest, by)).status, 200);
    assert.equal((await store(id, makePdf('more'), by)).status, 403);
  }
  assert.equal((await get(id, digest, server.administrator)).status, 403);
  assert.equal((await store(id, makePdf('more'), server.administrator)).status, 403);
});

test('who is restricted to containers sees the files of organizations there, and no others', async () => {
  const user = { container_id_assignments: [RESEARCH_ID] };
  const { key: by } = await appointSpecialist(server, { user });
  const administrator = await createHolder(server, { access_roles: [{ id: 1 }], ...user });
  const ofResearch = { server, key: administrator.key };
  const body = organizationBody({ name: 'In research' });
  const { id: within } = await make(ofResearch, '/organization', body);
  const without = await makeOrganization();
  const bytes = makePdf('in research');
  const { digest } = await stored(without, bytes);
  assert.equal((await store(within, bytes, by)).status, 201);
  assert.equal((await get(within, digest, by)).status, 200);
  assert.deepEqual(await codesOf(await get(without, digest, by)), ['not_found|organization']);
  assert.deepEqual((await store(without, bytes, by)).codes(), ['not_found|organization']);
});

test('a file goes with the last organization that it was stored for', async () => {
  const [one, two] = [await makeOrganization(), await makeOrganization()];
  const bytes = makePdf('shared');
  const { digest } = await stored(one, bytes);
  await stored(two, bytes);
  const remove = async (id: number) =>
    assert.equal((await server.send('DELETE', `/organization/${id}`)).status, 204);
  await remove(one);
  assert.equal((await get(two, digest)).status, 200);
  await remove(two);
  assert.equal(await piecesOf(digest), 0);
});

test('a file that is stored while the last organization with it is deleted is there or not, but whole', async () => {
  const { reader } = server.app.environment.store;
  for (let round = 0; round < 8; round += 1) {
    const [one, two] = [await makeOrganization(), await makeOrganization()];
    const bytes = makePdf(`in between ${round}`);
    const { digest } = await stored(one, bytes);
    const [deleted, kept] = await Promise.all([
      server.send('DELETE', `/organization/${one}`),
      store(two, bytes),
    ]);
    assert.deepEqual([deleted.status, kept.status], [204, 201]);
    assert.ok(Buffer.from(await (await get(two, digest)).arrayBuffer()).equals(bytes));
    await server.send('DELETE', `/organization/${two}`);
    assert.equal(await piecesOf(digest), 0);
  }
  assert.ok(((await reader.first(countFiles, {}))?.files ?? 0) > 0);
});

test('a file that is damaged in the database is a fault with a line in the log, never wrong bytes', async () => {
  const id = await makeOrganization();
  const lines: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => lines.push(line) });
  const watched = await buildHttpServer(server.app.environment, { version: '0', log });
  const ask = async (digest: string) =>
    await watched.inject({
      url: `/vetting/v1/organization/${id}/file/${digest}`,
      headers: { 'x-dc-devkey': key },
    });
  for (const [comment, damage] of [
    ['another byte', `update file_pieces set content = 'QUJD' where digest = `],
    ['a lost piece', 'delete from file_pieces where digest = '],
  ] as const) {
    const { digest } = await stored(id, makePdf(comment));
    assert.equal((await ask(digest)).statusCode, 200);
    await runSql(server, `${damage}'${digest}'`);
    const answer = await ask(digest);
    assert.equal(answer.statusCode, 500);
    assert.match(answer.body, /"code":"internal_error"/);
    assert.match(lines.pop() ?? '', new RegExp(`The file ${digest} .* is damaged`));
  }
  await watched.close();
});

test('a HEAD request is answered as a GET is, without the file', async () => {
  const id = await makeOrganization();
  const bytes = makePdf('head');
  const { digest } = await stored(id, bytes);
  const path = `/vetting/v1/organization/${id}/file/${digest}`;
  const { status, headers, text }: Answer = await server.send('HEAD', path, { key });
  assert.deepEqual([status, headers['content-length'], text], [200, String(bytes.length), '']);
});
