/** `orgvet org` against a real server, by a key and as its operator: what is printed and how it ends. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Organization, OrganizationList } from '@orgvet/contract';
import { makeSafe, widthOf } from '../packages/cli/src/width.ts';
import { optionsOf } from '../packages/server/test/databases.ts';
import { organizationBody } from '../packages/server/test/harness.ts';
import { done, orgvet, startRegistry } from './cli-harness.ts';

const CLI = fileURLToPath(new URL('../packages/cli/src/main.ts', import.meta.url));

const runFile = promisify(execFile);

const { server, database, directory, environment: REMOTE, ...ways } = await startRegistry();
const { remotely, beside, get } = ways;
const WAYS = [remotely, beside];

const path = (name: string) => join(directory, name);

function write(name: string, content: string): string {
  writeFileSync(path(name), content, { mode: 0o600 });
  return path(name);
}

const countAll = async () => (await get<OrganizationList>('/organization?limit=1')).page.total;

test('organizations are listed as a table, with a note where there are more', async () => {
  for (const way of WAYS) {
    const { code, stdout, stderr } = await way(['org', 'list', '--limit', '2', '--validations']);
    const total = await countAll();
    assert.deepEqual([code, stderr], [0, `2 of ${total}; --all lists every one.\n`]);
    const [header, first, second, ...more] = stdout.split('\n');
    assert.match(
      header ?? '',
      /^ {4}ID {2}STATUS {2}NAME +CITY {2}COUNTRY {2}CONTAINER +VALIDATIONS$/,
    );
    assert.match(first ?? '', /^ {5}1 {2}active {2}DigiCert Inc\. +Lehi +US +DigiCert Inc\.$/);
    assert.match(second ?? '', /^112233 .* ov expired 2019-11-09, ev pending$/);
    assert.deepEqual(more, ['']);
  }
});

test('no line of a list is wider than the terminal', async () => {
  for (const columns of [30, 60, 100]) {
    const stdout = done(await remotely(['org', 'list'], { columns }));
    const widths = stdout.split('\n').map(widthOf);
    assert.ok(Math.max(...widths) <= columns && widths.length > 60, stdout);
  }
});

test('JSON is what the server sent, one page or all pages as one', async () => {
  for (const way of WAYS) {
    const page = done(await way(['org', 'list', '--limit', '3', '--offset', '2', '--json']));
    assert.deepEqual(JSON.parse(page), await get('/organization?limit=3&offset=2'));
    const all = done(await way(['org', 'list', '--all', '--sort', '-name', '--json']));
    const { organizations, page: whole } = await get<OrganizationList>('/organization?sort=-name');
    assert.deepEqual(JSON.parse(all), {
      organizations,
      page: { ...whole, limit: organizations.length },
    });
  }
});

test('CSV is what the server sends as CSV', async () => {
  const headers = { Accept: 'text/csv' };
  const url = '/organization?filters[status]=inactive&sort=name';
  const expected = await server.send('GET', url, { headers });
  for (const way of WAYS) {
    const args = ['org', 'list', '--status', 'inactive', '--sort', 'name', '--csv'];
    assert.equal(done(await way(args)), expected.text);
  }
});

test('filters are those of the server', async () => {
  for (const [options, query] of [
    [['--search', 'EXAMPLE'], 'filters[search]=%25EXAMPLE'],
    [['--name', '112233'], 'filters[search]=112233'],
    [['--status', 'inactive'], 'filters[status]=inactive'],
    [['--validation', 'pending'], 'filters[validation]=pending'],
    [['--container', '112234'], 'container_id=112234'],
    [['--for-container', '112234'], 'filters[container_id_for_organization]=112234'],
  ] as const) {
    const expected = await get<OrganizationList>(`/organization?${query}`);
    assert.ok(expected.organizations.length > 0, query);
    const stdout = done(await remotely(['org', 'list', '--json', ...options]));
    assert.deepEqual(JSON.parse(stdout), expected, query);
  }
});

test('an organization is shown by its members, or as JSON', async () => {
  const expected = await get<Organization>('/organization/112233');
  for (const way of WAYS) {
    const stdout = done(await way(['org', 'show', '112233']));
    assert.match(stdout, /^display_name +Example Organization Inc\. \(Example Org\)$/m);
    assert.match(stdout, /^validations\[0\]\.status +expired$/m);
    assert.match(stdout, /^organization_contact\.email +destinee\.church@example\.com$/m);
    assert.deepEqual(JSON.parse(done(await way(['org', 'show', '112233', '--json']))), expected);
  }
});

const DETAILS = ['--country', 'de', '--address', 'Weg 1', '--city', 'Köln', '--state', 'NW'];
const CONTACT = ['--contact-first-name', 'Jo', '--contact-last-name', 'Klein'];
const REST = ['--zip', '050667', '--telephone', '1', '--contact-email', 'jo@example.com'];

test('an organization is created from options, and its id alone is printed', async () => {
  for (const [index, way] of WAYS.entries()) {
    const name = `Options ${index} & Söhne`;
    const options = ['--name', name, ...DETAILS, ...CONTACT, ...REST, '--validation-type', 'ov'];
    const { code, stdout, stderr } = await way(['org', 'create', ...options]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^\d+\n$/);
    assert.equal(stderr, `Organization ${stdout.trim()}.\n`);
    const created = await get<Organization>(`/organization/${stdout.trim()}`);
    assert.deepEqual(
      [created.name, created.city, created.zip, created.organization_contact?.name],
      [name, 'Köln', '050667', 'Jo Klein'],
    );
    assert.deepEqual(
      created.validations?.map(({ type }) => type),
      ['ov'],
    );
    const again = await way(['org', 'create', ...options]);
    assert.deepEqual([again.code, again.stdout], [1, '']);
    assert.match(again.stderr, /^orgvet: duplicate_organization: .*already exists/);
    const beside = await way(['org', 'create', ...options, '--skip-duplicate-check', '--json']);
    assert.notEqual(JSON.parse(done(beside)).id, Number(stdout));
  }
});

test('an organization is created from a file or from stdin, changed by options', async () => {
  const body = JSON.stringify(organizationBody({ name: 'From a file' }));
  const file = write('organization.json', `\uFEFF${body}`);
  const options = ['--name', 'From a file, changed', '--contact-first-name', 'Ann'];
  const id = done(await remotely(['org', 'create', '--from', file, ...options])).trim();
  const { name, city, organization_contact } = await get<Organization>(`/organization/${id}`);
  assert.deepEqual([name, city], ['From a file, changed', 'Minneapolis']);
  assert.equal(organization_contact?.name, 'Ann Booth');
  const other = done(await remotely(['org', 'create', '--from', '-'], { stdin: body })).trim();
  assert.equal((await get<Organization>(`/organization/${other}`)).name, 'From a file');
  const bad = await remotely(['org', 'create', '--from', '-'], { stdin: '[1]' });
  assert.equal(bad.code, 1);
  assert.match(bad.stderr, /What came on stdin is not a JSON object\./);
});

test('every problem of a refused request is told with its code', async () => {
  const before = await countAll();
  for (const way of WAYS) {
    const args = ['org', 'create', '--name', 'x'.repeat(65), '--country', 'zz', ...CONTACT];
    const { code, stdout, stderr } = await way(args);
    assert.deepEqual([code, stdout], [1, '']);
    for (const problem of ['name_too_long', 'invalid_country', 'missing_city', 'missing_zip']) {
      assert.match(stderr, new RegExp(`^orgvet: ${problem}: .+\\.$`, 'm'));
    }
  }
  assert.equal(await countAll(), before);
});

test('what is not there, or not allowed, ends with 1', async () => {
  for (const way of WAYS) {
    const { code, stderr } = await way(['org', 'show', '999999999']);
    assert.equal(code, 1);
    assert.match(stderr, /^orgvet: not_found\|organization: /);
  }
  const environment = { ...REMOTE, ORGVET_KEY: server.view_only };
  const refused = await orgvet(['org', 'create', '--name', 'x'], { environment });
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^orgvet: access_denied\|missing_permission: /);
});

test('all organizations are exported, as JSON lines or as the server’s CSV', async () => {
  const total = await countAll();
  const { organizations } = await get<OrganizationList>('/organization?sort=id');
  const csv = await server.send('GET', '/organization?sort=id', {
    headers: { Accept: 'text/csv' },
  });
  for (const way of WAYS) {
    const jsonl = await way(['org', 'export', path('all.jsonl')]);
    assert.equal(done(jsonl), '');
    assert.match(jsonl.stderr, new RegExp(`^${total} organizations are in .*all\\.jsonl\\.\n$`));
    const lines = readFileSync(path('all.jsonl'), 'utf8').trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      organizations,
    );
    done(await way(['org', 'export', path('all.CSV')]));
    assert.equal(readFileSync(path('all.CSV'), 'utf8'), csv.text);
    assert.equal(done(await way(['org', 'export', '--format', 'csv', '-'])), csv.text);
  }
  const some = done(await remotely(['org', 'export', '--status', 'inactive']));
  assert.ok(some.split('\n').length > 1);
  assert.doesNotMatch(some, /"status":"active"/);
});

test('an export that fails leaves no file, and the one before as it was', async () => {
  const file = write('kept.csv', 'as it was');
  const { code } = await remotely(['org', 'export', file, '--container', '999999']);
  assert.equal(code, 1);
  assert.equal(readFileSync(file, 'utf8'), 'as it was');
  assert.deepEqual(
    readdirSync(directory).filter((name) => name.endsWith('.tmp')),
    [],
  );
});

test('an export shows how far it is on a terminal only', async () => {
  const shown = await remotely(['org', 'export', path('bar.csv')], { columns: 80 });
  assert.match(shown.stderr, /^\r.\[K\[#*\.*\] \d+ % {2}\d+ organizations/);
  const quiet = await remotely(['org', 'export', path('bar.csv')]);
  assert.doesNotMatch(quiet.stderr, /\r/);
});

test('org import is import', async () => {
  const file = write('import.jsonl', `${JSON.stringify(organizationBody({ name: 'Imported' }))}\n`);
  const stdout = done(await beside(['org', 'import', file]));
  assert.match(stdout, /^1 lines, 1 organizations created, 0 duplicates, 0 refused, /m);
});

test('the key comes from a file or the environment, and is checked before it is sent', async () => {
  const file = write('key', `${server.administrator}\n`);
  const environment = { ORGVET_KEY: 'wrong' };
  const args = ['org', 'show', '1', '--url', server.origin, '--key-file', file];
  assert.match(done(await orgvet(args, { environment })), /DigiCert Inc\./);
  const wrong = await orgvet(args.slice(0, 5), { environment });
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /^orgvet: access_denied\|access_denied_invalid_key: /);
  const two = write('two-keys', `${server.administrator}\n${server.view_only}\n`);
  const many = await orgvet([...args.slice(0, -1), two]);
  assert.equal(many.code, 2);
  assert.match(many.stderr, /two-keys must hold a key on one line/);
  assert.ok(!many.stderr.includes(server.administrator));
});

test('what registry is meant is said once, and whole', async () => {
  for (const [args, environment, message] of [
    [[], {}, /Say which registry: --url URL/],
    [['--url', 'ftp://x'], {}, /--url must be http:\/\/HOST:PORT or https:\/\/HOST, not ftp:\/\/x/],
    [
      ['--url', server.origin],
      {},
      /Give a key: in a file named by --key-file FILE, or in ORGVET_KEY/,
    ],
    [['--url', server.origin, '--account', '1'], REMOTE, /not both/],
    [['--data', directory], REMOTE, /Say which account with --account ID/],
    [['--account', '1', '--data', path('nowhere')], {}, /There is no registry in .*nowhere/],
    [['--all', '--limit', '3'], REMOTE, /--all lists every page/],
    [['--search', 'a', '--name', 'b'], REMOTE, /--search or --name, not both/],
    [['--json', '--csv'], REMOTE, /--json or --csv, not both/],
  ] as const) {
    const { code, stdout, stderr } = await orgvet(['org', 'list', ...args], { environment });
    assert.deepEqual([code, stdout], [2, ''], stderr);
    assert.match(stderr, message);
  }
  assert.equal(existsSync(path('nowhere')), false);
  const nobody = await orgvet(['org', 'list', '--account', '77', ...optionsOf(database)]);
  assert.equal(nobody.code, 1);
  assert.match(nobody.stderr, /There is no account 77 in /);
});

test('a server that cannot be reached, or says to try again, ends with 3', async () => {
  let status = 503;
  let body = '{"errors":[{"code":"service_unavailable","message":"Try again."}]}';
  const broken = createServer((_request, response) => {
    response.writeHead(status, { location: server.origin });
    response.end(body);
  });
  await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
  after(() => broken.close());
  const { port } = broken.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const list = () => remotely(['org', 'list', '--url', url]);
  const unavailable = await list();
  assert.deepEqual(unavailable, {
    code: 3,
    stdout: '',
    stderr: 'orgvet: service_unavailable: Try again.\n',
  });
  for (const [other, code, text] of [
    [429, 3, '{"errors":[]}'],
    [502, 3, '<html>'],
    [500, 1, '<html>'],
    [302, 1, ''],
    [200, 1, '<html>'],
  ] as const) {
    [status, body] = [other, text];
    const ended = await list();
    assert.equal(ended.code, code, `${other}: ${ended.stderr}`);
    assert.match(ended.stderr, other === 200 ? /not as Orgvet does/ : /The server answered \d+/);
  }
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port: free } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const refused = await remotely(['org', 'list', '--url', `http://127.0.0.1:${free}`]);
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /^orgvet: http:\/\/127.* cannot be reached: .*ECONNREFUSED/);
});

test('what a server sends reaches a terminal harmlessly', async () => {
  const name = 'Evil\u001b]0;title\u0007\u202e Inc.';
  const organization = { id: 7, status: 'active', name, display_name: name, city: '', country: '' };
  const container = { id: 4, name: 'Root' };
  const page = { total: 1, limit: 1000, offset: 0 };
  const evil = createServer((request, response) => {
    const isCsv = request.headers.accept === 'text/csv';
    const json = JSON.stringify({ organizations: [{ ...organization, container }], page });
    response.end(isCsv ? `id,name\r\n7,${name}\r\n` : json);
  });
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  after(() => evil.close());
  const url = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;
  for (const format of [[], ['--json'], ['--csv']]) {
    const args = ['org', 'list', '--url', url, ...format];
    const stdout = done(await remotely(args, { columns: 200 }));
    assert.match(stdout, /Evil/);
    for (const line of stdout.split(/\r?\n/)) {
      assert.equal(line, makeSafe(line));
    }
  }
  const json = done(await remotely(['org', 'list', '--url', url, '--json']));
  assert.equal(JSON.parse(json).organizations[0].name, name);
});

test('the executable answers, and a reader that has seen enough is no failure', async () => {
  const env = { ...process.env, ...REMOTE, ORGVET: CLI, NODE: process.execPath };
  const command = '"$NODE" "$ORGVET" org show 1; "$NODE" "$ORGVET" org export | true; echo $?';
  const { stdout, stderr } = await runFile('bash', ['-o', 'pipefail', '-c', command], { env });
  assert.match(stdout, /^name +DigiCert Inc\.$/m);
  assert.match(stdout, /\n0\n$/);
  assert.equal(stderr, '');
});
