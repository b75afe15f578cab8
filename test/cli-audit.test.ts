/** `orgvet audit`: the log exported by a key and as the operator, and proved from the files alone. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { organizationBody } from '../packages/server/test/harness.ts';
import { done, orgvet, startRegistry } from './cli-harness.ts';

const { server, directory, environment: REMOTE, remotely, beside } = await startRegistry();
const WAYS = [remotely, beside];

const path = (name: string) => join(directory, name);

const exportTo = async (name: string, ...options: string[]) => {
  const { code, stdout, stderr } = await remotely([
    ...['audit', 'export', '--output', path(name)],
    ...options,
  ]);
  assert.deepEqual([code, stdout], [0, ''], stderr);
  return { stderr, text: readFileSync(path(name), 'utf8') };
};

/** The entries of an export, without the last line, which has the time of the export. */
const entriesOf = (text: string) => text.trimEnd().split('\n').slice(0, -1);

const whole = await exportTo('whole.jsonl');
const count = entriesOf(whole.text).length;
const head = done(await remotely(['audit', 'head'])).trim();

test('the log is exported to a file or to stdout, by a key and as the operator', async () => {
  assert.equal(
    whole.stderr,
    `${count} entries are in ${path('whole.jsonl')}.
The hash of entry ${count} is ${head}.
`,
  );
  for (const way of WAYS) {
    const { code, stdout, stderr } = await way(['audit', 'export']);
    assert.deepEqual([code, entriesOf(stdout)], [0, entriesOf(whole.text)], stderr);
    assert.equal(
      done(await way(['audit', 'export', '--output', '-'])).split('\n').length,
      count + 2,
    );
  }
});

test('the head is printed alone, to be noted elsewhere', async () => {
  for (const way of WAYS) {
    const { code, stdout, stderr } = await way(['audit', 'head']);
    assert.deepEqual([code, stdout], [0, `${head}\n`]);
    assert.equal(stderr, `Entry ${count} of account 1.\n`);
  }
  assert.equal(JSON.parse(entriesOf(whole.text).at(-1) ?? '').hash, head);
});

test('an export is proved without a server, also from stdin', async () => {
  const told = [
    `Entries 1 to ${count} of account 1, exported 2026-11-21T12:00:00+00:00: proved.`,
    `The hash of entry ${count} is ${head}.`,
    '',
  ].join('\n');
  assert.equal(done(await orgvet(['audit', 'verify', path('whole.jsonl')])), told);
  assert.equal(done(await orgvet(['audit', 'verify', '-'], { stdin: whole.text })), told);
});

test('a byte that is changed in a file is found, with the file, the line and the entry', async () => {
  const lines = whole.text.split('\n');
  const [changed = ''] = lines.splice(4, 1);
  lines.splice(4, 0, changed.replace('organization_created', 'organization_creAted'));
  writeFileSync(path('changed.jsonl'), lines.join('\n'));
  const { code, stdout, stderr } = await orgvet(['audit', 'verify', path('changed.jsonl')]);
  assert.deepEqual([code, stdout], [1, '']);
  assert.equal(
    stderr,
    `orgvet: ${path('changed.jsonl')}: line 5, entry 5: changed: the line and its hash do not ` +
      'belong together.\n',
  );
});

test('a log of many lines is proved, however its lines fall into pieces', async () => {
  const name = 'x'.repeat(64);
  await Promise.all(
    Array.from({ length: 1000 }, () =>
      server.send('POST', '/organization', {
        body: { ...organizationBody({ name, assumed_name: '' }), skip_duplicate_org_check: true },
      }),
    ),
  );
  const { text } = await exportTo('many.jsonl');
  // Files are read in pieces, of which this is several.
  assert.ok(text.length > 3 * 256 * 1024);
  const verified = done(await orgvet(['audit', 'verify', path('many.jsonl'), '--head', head]));
  assert.match(verified, new RegExp(`^Entries 1 to ${count + 1000} of account 1`));
});

test('parts are proved in their order, and it is said what is not in them', async () => {
  const parts = ['first.jsonl', 'second.jsonl', 'third.jsonl'];
  const [first = '', second = '', third = ''] = parts.map(path);
  await exportTo('first.jsonl', '--to-sequence', '10');
  await exportTo('second.jsonl', '--from-sequence', '11', '--to-sequence', '20');
  const { stderr } = await exportTo('third.jsonl', '--from-sequence', '21', '--to-sequence', '21');
  assert.match(stderr, /^1 entries are in /);
  const all = done(await orgvet(['audit', 'verify', first, second, third]));
  assert.match(all, /^Entries 1 to 21 of account 1, /);
  const later = done(await orgvet(['audit', 'verify', second, third]));
  assert.match(later, /^Entries 11 to 21 .*\nWhat came before entry 11 is not in the files\.\n/);
  const swapped = await orgvet(['audit', 'verify', first, third, second]);
  assert.equal(swapped.code, 1);
  assert.match(
    swapped.stderr,
    /third\.jsonl: line 1, entry 11: missing: entry 21 stands in its place/,
  );
});

test('a head that was noted is looked for', async () => {
  const proved = await orgvet(['audit', 'verify', path('whole.jsonl'), '--head', head]);
  assert.equal(proved.code, 0, proved.stderr);
  const other = 'a'.repeat(64);
  const { code, stderr } = await orgvet(['audit', 'verify', path('whole.jsonl'), '--head', other]);
  assert.equal(code, 1);
  assert.match(stderr, /^orgvet: No entry has the head a{64}/);
});

test('a wrong command line is refused, and so is a file that is not there', async () => {
  const verify = (...args: string[]) => orgvet(['audit', 'verify', ...args]);
  const missing = await verify();
  assert.deepEqual([missing.code, missing.stderr.includes('FILE is missing')], [2, true]);
  const short = await verify(path('whole.jsonl'), '--head', 'abc');
  assert.deepEqual([short.code, short.stderr.includes('64 hexadecimal digits')], [2, true]);
  const absent = await verify(path('absent.jsonl'));
  assert.deepEqual([absent.code, absent.stderr.includes('absent.jsonl')], [1, true]);
  const nameless = await verify(path('whole.jsonl'), '');
  assert.deepEqual([nameless.code, nameless.stderr.includes('FILE is empty')], [2, true]);
  const refused = await remotely(['audit', 'export', '--from-sequence', '2', '--to-sequence', '1']);
  assert.deepEqual([refused.code, refused.stderr.includes('invalid_to_sequence')], [1, true]);
});

/** A server that breaks off, in whatever way. */
async function startBroken(answer: string): Promise<string> {
  const broken = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/jsonl' });
    response.end(answer);
  });
  await new Promise<void>((resolve) => {
    broken.listen(0, '127.0.0.1', resolve);
  });
  after(() => broken.close());
  return `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
}

test('of an export that was broken off no file stays', async () => {
  const [first = ''] = whole.text.split('\n');
  for (const answer of [`${first}\n`, whole.text.trimEnd(), '']) {
    const ORGVET_URL = await startBroken(answer);
    const args = ['audit', 'export', '--output', path('broken.jsonl')];
    const { code, stderr } = await orgvet(args, { environment: { ...REMOTE, ORGVET_URL } });
    assert.deepEqual(
      [code, stderr],
      [1, 'orgvet: The server has broken off before the last line.\n'],
    );
  }
  assert.ok(!existsSync(path('broken.jsonl')));
  assert.deepEqual(
    readdirSync(directory).filter((name) => name.endsWith('.tmp')),
    [],
  );
});
