/** `orgvet org import` through a server: each line a create, each refusal told with its line. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { OrganizationList } from '@orgvet/contract';
import { organizationBody, startServer } from '../packages/server/test/harness.ts';
import { orgvet, startRegistry } from './cli-harness.ts';

const { server, remotely, directory, get, environment } = await startRegistry();
const countAll = async () => (await get<OrganizationList>('/organization?limit=1')).page.total;

function writeLines(name: string, lines: readonly unknown[]): string {
  const file = join(directory, name);
  writeFileSync(
    file,
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );
  return file;
}

const named = (name: string, count: number) =>
  Array.from({ length: count }, (_, number) => organizationBody({ name: `${name} ${number}` }));

test('every line is created, and a second time every line is a duplicate', async () => {
  const before = await countAll();
  const file = writeLines('whole.jsonl', named('Whole', 250));
  const first = await remotely(['org', 'import', file]);
  assert.deepEqual([first.code, first.stderr], [0, '']);
  assert.match(first.stdout, /^250 lines, 250 organizations created, 0 duplicates, 0 refused, /m);
  assert.equal(await countAll(), before + 250);
  const again = await remotely(['org', 'import', file]);
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stdout, /^250 lines, 0 organizations created, 250 duplicates, 0 refused, /m);
  assert.equal(await countAll(), before + 250);
});

test('a CSV file is read by the names of its columns', async () => {
  const contact = 'organization_contact.first_name,organization_contact.last_name';
  const file = writeLines('some.csv', [
    `name,country,address,city,state,zip,telephone,${contact},organization_contact.email`,
    '"Columns, Inc.",us,1 Way,Lehi,Utah,84043,1,Jo,Klein,jo@example.com',
  ]);
  const { code, stdout } = await remotely(['org', 'import', file]);
  assert.equal(code, 0, stdout);
  const { organizations } = await get<OrganizationList>(
    '/organization?filters[search]=columns,%20inc.',
  );
  assert.equal(organizations.length, 1);
});

test('lines that are refused are told in their order, and stand in the report', async () => {
  const before = await countAll();
  const file = writeLines('faults.jsonl', [
    organizationBody({ name: 'Faults 1' }),
    'not json',
    { ...organizationBody({ name: 'x'.repeat(65) }), country: 'zz' },
    organizationBody({ name: 'Faults 1', address2: 'another' }),
  ]);
  const report = join(directory, 'report.csv');
  const { code, stdout, stderr } = await remotely(['org', 'import', file, '--report', report]);
  assert.deepEqual([code, stderr], [1, 'orgvet: Some lines were refused.\n']);
  assert.match(stdout, /^4 lines, 2 organizations created, 0 duplicates, 2 refused, /m);
  const codes = readFileSync(report, 'utf8')
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',').slice(0, 2).join(' '));
  assert.deepEqual(codes, ['2 bad_request_format', '3 name_too_long', '3 invalid_country']);
  assert.match(stdout, /^line 3: name_too_long: .* invalid_country: /m);
  assert.equal(await countAll(), before + 2);
});

test('a server that asks for time is given it, and every line is there once', async () => {
  const limited = await startServer({
    rate_limits: [{ requests: 20, window_ms: 1000 }],
    rate_limit_test_accounts: true,
  });
  // The clock of the limits stands, so that only moving it lets the import go on.
  const moving = setInterval(() => {
    limited.clock.moveTo(new Date(limited.clock.now_ms() + 1000).toISOString());
  }, 100);
  const file = writeLines('slow.jsonl', named('Slow', 50));
  const world = {
    environment: {
      ORGVET_URL: `${limited.origin}/services/v2`,
      ORGVET_KEY: limited.administrator,
    },
  };
  const { code, stdout, stderr } = await orgvet(['org', 'import', file], world);
  clearInterval(moving);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^50 lines, 50 organizations created, 0 duplicates, 0 refused, /m);
});

test('a key that may not create, or a server that is not there, ends it at once', async () => {
  const before = await countAll();
  const file = writeLines('refused.jsonl', named('Refused', 30));
  const viewing = { environment: { ...environment, ORGVET_KEY: server.view_only } };
  const refused = await orgvet(['org', 'import', file], viewing);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /access_denied\|missing_permission/);
  const nowhere = { environment: { ...environment, ORGVET_URL: 'http://127.0.0.1:9' } };
  assert.equal((await orgvet(['org', 'import', file], nowhere)).code, 3);
  assert.equal(await countAll(), before);
});

test('what only works beside the data is refused by its name', async () => {
  const file = writeLines('options.jsonl', named('Options', 1));
  for (const options of [['--dry-run'], ['--container', '4']]) {
    const { code, stderr } = await remotely(['org', 'import', file, ...options]);
    assert.equal(code, 2);
    assert.match(stderr, /registry on this machine/);
  }
});
