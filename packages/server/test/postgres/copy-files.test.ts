/** `orgvet copy`: evidence comes along with its files, whatever their size. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EvidenceList, StoredFile } from '@orgvet/contract';
import { copyRegistry } from '../../src/main.ts';
import { COPIED_TABLES } from '../../src/store/tables.ts';
import { newEvidence } from '../authorization-rows.ts';
import { makeDatabase, SUITE } from '../databases.ts';
import { startServer, type TestServer } from '../harness.ts';
import { appointSpecialist } from '../vetting.ts';

const PATH = '/vetting/v1/organization/112233';

const PIECE_BYTES = 384 * 1024;

/** A file of which more pieces are kept than are read at once. */
function makeLongText(): Buffer {
  const pieces = COPIED_TABLES.find(({ name }) => name === 'file_pieces')?.rows_at_once ?? 0;
  const size_bytes = (pieces + 1) * PIECE_BYTES + 1;
  const lines = Array.from({ length: 1000 }, (_, line) => `Line ${line} of a long report.\n`);
  return Buffer.alloc(size_bytes, lines.join(''));
}

async function send(
  { server, key }: { server: TestServer; key: string },
  path: string,
  sent: object,
) {
  const answer = await server.send('POST', `${PATH}${path}`, { key, ...sent });
  assert.equal(answer.status, 201, answer.text);
  return answer;
}

test('a file that takes many reads is the same after a copy, and still the evidence of the same', async () => {
  const from = await makeDatabase('sqlite');
  const server = await startServer({ database: from });
  const { key } = await appointSpecialist(server);
  const raw = makeLongText();
  const { digest: file_digest } = (
    await send({ server, key }, '/file', { raw })
  ).json<StoredFile>();
  await send({ server, key }, '/file', { raw: 'Short.' });
  await send({ server, key }, '/evidence', { body: { ...newEvidence(), file_digest } });
  const list = await server.send('GET', `${PATH}/evidence`, { key });
  await server.close();

  const to = await makeDatabase(SUITE === 'sqlite' ? 'postgres' : SUITE);
  await copyRegistry({ from, to }, () => {});
  const copied = await startServer({ database: to });
  const again = await copied.send('GET', `${PATH}/evidence`, { key });
  assert.equal(again.text, list.text);
  const [evidence] = again.json<EvidenceList>().evidence;
  const file = await copied.send('GET', `${PATH}/file/${evidence?.file?.digest}`, { key });
  assert.equal(file.status, 200);
  assert.ok(Buffer.from(file.text).equals(raw));
});
