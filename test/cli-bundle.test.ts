/** `orgvet bundle`: fetched by an auditor's key and as the operator, and proved whole from the file alone. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { storeFile } from '../packages/server/test/bundles.ts';
import { runSql } from '../packages/server/test/people.ts';
import { MAIL } from '../packages/server/test/sample-files.ts';
import { appointAuditor, appointSpecialist } from '../packages/server/test/vetting.ts';
import { createSubmitted, type Work, workThrough } from '../packages/server/test/working.ts';
import { done, orgvet, startRegistry } from './cli-harness.ts';

const { server, directory, environment, remotely, beside } = await startRegistry();
const specialist = await appointSpecialist(server);
const auditor = await appointAuditor(server);
const organization_id = await createSubmitted(server, ['ov'], { name: 'Bundled A/S' });
const work: Work = { server, organization_id, key: specialist.key };
const file_digest = await storeFile(work, Buffer.from(MAIL));
await workThrough(work, 'ov', specialist.key, { file_digest });

const path = (name: string) => join(directory, name);
const audit = (args: readonly string[]) =>
  orgvet(args, { environment: { ...environment, ORGVET_KEY: auditor.key } });
const exportTo = (name: string, ...more: string[]) => [
  ...['bundle', 'export', String(organization_id), 'ov', '--output', path(name), ...more],
];
const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

const fetched = await audit(exportTo('bundle.zip'));
const whole = readFileSync(path('bundle.zip'));

test('a bundle is written to a file, and its digest printed', () => {
  assert.deepEqual([fetched.code, fetched.stdout], [0, `${sha256(path('bundle.zip'))}\n`]);
  assert.equal(fetched.stderr, `${whole.length} bytes are in ${path('bundle.zip')}.\n`);
});

test('the operator gets the same bytes without a server and a key', async () => {
  assert.equal(done(await beside(exportTo('beside.zip'))), fetched.stdout);
  assert.ok(readFileSync(path('beside.zip')).equals(whole));
});

test('a completion is asked for by its id, and one that is not there is refused', async () => {
  const { code, stderr } = await audit(exportTo('none.zip', '--completion', '999999'));
  assert.equal(code, 1);
  assert.match(stderr, /^orgvet: not_found\|validation: /);
  assert.ok(!existsSync(path('none.zip')));
});

test('whoever administers the account is refused', async () => {
  const { code, stderr } = await remotely(exportTo('refused.zip'));
  assert.equal(code, 1);
  assert.match(stderr, /missing_permission/);
});

test('a bundle is proved whole without a server', async () => {
  const { code, stdout, stderr } = await orgvet(['bundle', 'check', path('bundle.zip')]);
  assert.deepEqual([code, stdout], [0, fetched.stdout]);
  assert.match(stderr, /members of .* are as they were written: completion \d+ of ov of Bundled A/);
});

/** How a file is judged that is not as the registry made it. */
async function judge(name: string, bytes: Uint8Array): Promise<string> {
  writeFileSync(path(name), bytes);
  const { code, stdout, stderr } = await orgvet(['bundle', 'check', path(name)]);
  assert.deepEqual([code, stdout], [1, ''], stderr);
  return stderr;
}

test('a byte that is changed in a member is found, with the name of the member', async () => {
  for (const [name, text] of [
    [`files/${file_digest}.eml`, 'The company is active.'],
    ['completion.json', '"way": "decisions"'],
    ['manifest.json', '"format_version": 1'],
  ] as const) {
    const changed = Buffer.from(whole);
    const place = changed.indexOf(text) + 2;
    assert.ok(place > 2, name);
    changed.writeUInt8(changed.readUInt8(place) ^ 0x20, place);
    assert.ok((await judge('changed.zip', changed)).includes(name), name);
  }
});

test('what is no bundle, or only a part of one, is refused', async () => {
  assert.match(await judge('part.zip', whole.subarray(0, whole.length / 2)), /part\.zip: /);
  assert.match(await judge('text.zip', Buffer.from(MAIL)), /text\.zip: /);
  const absent = await orgvet(['bundle', 'check', path('absent.zip')]);
  assert.deepEqual([absent.code, absent.stderr.includes('absent.zip')], [1, true]);
});

test('a wrong command line is refused', async () => {
  const wrong = await orgvet(['bundle', 'export', '1', 'dv']);
  assert.deepEqual([wrong.code, wrong.stderr.includes('TYPE must be one of ov, ev')], [2, true]);
});

test('of a bundle that the server breaks off no file stays', async () => {
  await runSql(
    server,
    `update file_pieces set content = 'AAAA' || substr(content, 5) where digest = '${file_digest}'`,
  );
  const broken = await audit(exportTo('broken.zip'));
  assert.equal(broken.code, 3);
  assert.match(broken.stderr, /cannot be reached/);
  const damaged = await beside(exportTo('broken.zip'));
  assert.equal(damaged.code, 1);
  assert.match(damaged.stderr, new RegExp(`The file ${file_digest} .* is damaged`));
  const left = readdirSync(directory).filter((name) => /broken|\.tmp$/.test(name));
  assert.deepEqual(left, []);
});
