/** `orgvet import` as a person runs it: what it prints, how it ends, and what a killed one leaves. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { OrganizationList } from '@orgvet/contract';
import { parseImportSettings, SettingsError } from '@orgvet/server/light';
import { parse } from 'csv-parse/sync';
import { makeDatabase, makeDirectory, optionsOf } from '../packages/server/test/databases.ts';
import { organizationBody, startServer, untilIndexed } from '../packages/server/test/harness.ts';
import { orgvet } from './cli-harness.ts';

const CLI = fileURLToPath(new URL('../packages/cli/src/main.ts', import.meta.url));

/** Lines that one transaction brings: the first of a file, and all as the tests ask for it. */
const LOT_LINES = 1000;

const directory = await makeDirectory();
const database = await makeDatabase();
// A server that runs meanwhile: the second connection, by which the tests look.
const server = await startServer({ database });
const REGISTRY = optionsOf(database);
// Files are named as from the directory that a person is in.
process.chdir(directory);

const run = (...args: readonly string[]) => orgvet(['import', ...args]);

const importFile = (file: string, ...options: readonly string[]) =>
  run(file, '--account', '1', ...REGISTRY, ...options);

function write(name: string, content: string): string {
  writeFileSync(join(directory, name), content);
  return name;
}

const writeLines = (name: string, bodies: readonly unknown[]) =>
  write(name, bodies.map((body) => `${JSON.stringify(body)}\n`).join(''));

const named = (name: string, count: number) =>
  Array.from({ length: count }, (_, number) => organizationBody({ name: `${name} ${number}` }));

async function list(query: string): Promise<OrganizationList> {
  const answer = await server.send('GET', `/organization?${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json();
}

const countAll = async () => (await list('limit=1')).page.total;

/** The names that contain a text, each as often as it is there. */
async function listNames(text: string): Promise<string[]> {
  const names: string[] = [];
  for (let total = 1; names.length < total; ) {
    const filter = `filters[search]=${encodeURIComponent(`%${text}`)}`;
    const page = await list(`${filter}&sort=name&limit=1000&offset=${names.length}`);
    total = page.page.total;
    names.push(...page.organizations.map(({ name }) => name));
  }
  return names;
}

/** The report's lines without its header. */
function readReport(name: string): { line: number; code: string; message: string }[] {
  const text = readFileSync(join(directory, name), 'utf8');
  assert.match(text, /\r\n$/);
  const [header, ...records] = parse(text) as [line: string, code: string, message: string][];
  assert.deepEqual(header, ['line', 'code', 'message']);
  return records.map(([line, code, message]) => ({ line: Number(line), code, message }));
}

test('a file without faults is summed up and ends with 0, a second time with nothing done', async () => {
  const before = await countAll();
  const file = writeLines('whole.jsonl', named('Whole', 5));
  const first = await importFile(file);
  assert.deepEqual([first.code, first.stderr], [0, '']);
  const sum = /^5 lines, 5 organizations created, 0 duplicates, 0 refused, \d+\.\d s\.$/m;
  assert.match(first.stdout, sum);
  assert.equal(await countAll(), before + 5);
  assert.equal((await listNames('whole')).length, 5);

  const copied = write('renamed.jsonl', readFileSync(join(directory, file), 'utf8'));
  for (const same of [file, copied]) {
    const again = await importFile(same);
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stdout, sum);
    assert.equal(await countAll(), before + 5);
  }
});

test('the format is told by the ending, or by an option', async () => {
  const content = 'NAME,country,address,city,state,zip,telephone\r\n';
  const record = (name: string) => `"${name}",us,1 Way,Lehi,Utah,84043,1\r\n`;
  for (const [file, options] of [
    ['by-ending.CSV', []],
    ['by-option.txt', ['--format', 'csv']],
  ] as const) {
    const name = `Format, ${file}`;
    const { code, stdout, stderr } = await importFile(
      write(file, content + record(name)),
      ...options,
    );
    assert.equal(code, 0, stdout + stderr);
    assert.deepEqual(await listNames(file), [name]);
  }
});

test('lines that are refused end it with 1, are shown, and stand in the report as CSV', async () => {
  const before = await countAll();
  const file = write(
    'faults.jsonl',
    [
      JSON.stringify(organizationBody({ name: 'Faults 1' })),
      'not "json", at all',
      '',
      JSON.stringify({ ...organizationBody({ name: 'x'.repeat(65) }), country: 'zz, "q"' }),
      JSON.stringify(organizationBody({ name: 'FAULTS 1' })),
      JSON.stringify(organizationBody({ name: 'Faults 6' })),
    ].join('\r\n'),
  );
  const { code, stdout, stderr } = await importFile(file, '--report', 'report.csv');
  assert.equal(code, 1);
  assert.equal(stderr, 'orgvet: Some lines were refused.\n');
  assert.match(stdout, /^6 lines, 2 organizations created, 1 duplicates, 2 refused, /m);
  const report = readReport('report.csv');
  assert.deepEqual(
    report.map(({ line, code }) => [line, code]),
    [
      [2, 'bad_request_format'],
      [4, 'name_too_long'],
      [4, 'invalid_country'],
      [5, 'duplicate_organization'],
    ],
  );
  for (const { line, code, message } of report) {
    const shown = stdout.split('\n').find((text) => text.startsWith(`line ${line}: `));
    assert.ok(shown?.includes(`${code}: ${message}`), stdout);
  }
  assert.equal(statSync(join(directory, 'report.csv')).mode & 0o777, 0o600);
  assert.equal(await countAll(), before + 2);
});

test('duplicates alone are no failure', async () => {
  const file = writeLines('twice.jsonl', [...named('Twice', 1), ...named('Twice', 1)]);
  const { code, stdout, stderr } = await importFile(file);
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /^line 2: duplicate_organization: .*line 1/m);
  assert.match(stdout, /^2 lines, 1 organizations created, 1 duplicates, 0 refused, /m);
});

test('of many lines the first ones are shown, and all are in the report', async () => {
  const bodies = Array.from({ length: 1234 }, (_, number) => ({ name: `Many ${number}` }));
  const without = await importFile(writeLines('many.jsonl', bodies));
  assert.equal(without.stdout.match(/^line \d+: /gm)?.length, 20);
  assert.match(without.stdout, /^… and 1214 lines more; --report FILE has them all\.$/m);
  const file = writeLines('many-more.jsonl', [...bodies, {}]);
  const { code, stdout } = await importFile(file, '--report', 'many.csv');
  assert.equal(code, 1);
  assert.match(stdout, /^… and 1215 lines more; see the report\.$/m);
  const lines = new Set(readReport('many.csv').map(({ line }) => line));
  assert.deepEqual(
    [...lines],
    Array.from({ length: 1235 }, (_, index) => index + 1),
  );
});

test('a dry run tells all of it and changes nothing', async () => {
  const before = await countAll();
  const bodies = [...named('Dry', 1100), { name: 'Bad' }, ...named('Dry', 1)];
  const file = writeLines('dry.jsonl', bodies);
  const dry = await importFile(file, '--dry-run', '--report', 'dry.csv');
  assert.equal(dry.code, 1);
  const counts = '1 duplicates, 1 refused, ';
  assert.ok(dry.stdout.includes(`1102 lines, 1100 organizations would be created, ${counts}`));
  const report = readReport('dry.csv');
  assert.equal(await countAll(), before);

  const real = await importFile(file, '--report', 'real.csv');
  assert.ok(real.stdout.includes(`1102 lines, 1100 organizations created, ${counts}`));
  assert.equal(await countAll(), before + 1100);
  const codes = ({ line, code }: { line: number; code: string }) => [line, code];
  assert.deepEqual(readReport('real.csv').map(codes), report.map(codes));

  const after = await importFile(file, '--dry-run');
  assert.match(after.stdout, / 0 organizations would be created, 1101 duplicates, 1 refused, /);
});

test('a column that nobody knows is named, and nothing is done', async () => {
  const before = await countAll();
  const file = write('columns.csv', 'name,colour,country\r\nColumns,red,us\r\n');
  const { code, stdout, stderr } = await importFile(file);
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /^orgvet: The first line must name the columns\..*"colour".*Known are name/);
  assert.equal(await countAll(), before);
});

test('a command that is wrong ends with 2, and one that cannot be done with 1', async () => {
  const before = await countAll();
  const file = writeLines('wrong.jsonl', named('Wrong', 1));
  const missing = join(directory, 'nowhere');
  const account = ['--account', '1'];
  await Promise.all(
    (
      [
        [2, [], /Usage: orgvet import FILE --account ID/],
        [2, [file, ...REGISTRY], /whose organizations they become.*Usage/],
        [
          2,
          [file, ...account, '--format', 'xml', ...REGISTRY],
          /--format must be one of csv, jsonl/,
        ],
        [2, [file, ...account, '--data', missing], /There is no registry in .*nowhere/],
        [1, ['absent.jsonl', ...account, ...REGISTRY], /no such file.*absent\.jsonl/],
        [1, [file, '--account', '77', ...REGISTRY], /./],
        [1, [file, ...account, '--container', '999', ...REGISTRY], /container/],
      ] as const
    ).map(async ([expected, args, message]) => {
      const { code, stdout, stderr } = await run(...args);
      assert.equal(code, expected, `${args.join(' ')}: ${stdout}${stderr}`);
      assert.match(stderr, /^orgvet: .+\n$/);
      assert.match(stderr, message);
      assert.equal(stdout, '');
    }),
  );
  assert.equal(existsSync(missing), false);
  assert.equal(await countAll(), before);
});

test('options say what is imported, and how; none is guessed or passed over', () => {
  const read = (...args: readonly string[]) => parseImportSettings(args, {});
  const options = ['--container', '12', '--format', 'csv', '--report', 'r.csv', '--data', '/d'];
  const lot = ['--lot-lines', '50000'];
  assert.deepEqual(read('/f.txt', '--dry-run', '--account', '7', ...lot, ...options), {
    file: '/f.txt',
    format: 'csv',
    database: { kind: 'sqlite', directory: '/d' },
    account_id: 7,
    container_id: 12,
    is_dry_run: true,
    report_file: resolve('r.csv'),
    lot_lines: 50_000,
  });
  const { is_dry_run, format, ...rest } = read('f.json', '--account', '7');
  assert.deepEqual([is_dry_run, format], [false, 'jsonl']);
  assert.deepEqual(Object.keys(rest).sort(), ['account_id', 'database', 'file']);
  for (const [args, message] of [
    [['--account', '1'], /^Usage: orgvet import FILE/],
    [['--dry-run', 'f', '--account', '1'], /^Usage: orgvet import FILE/],
    [['f', '--account', 'first'], /--account must be .*, not first/],
    [['f', '--account', '0'], /--account/],
    [['f', '--account', '-1'], /--account/],
    [['f', '--account', '1e3'], /--account/],
    [['f', '--account', '1', '--container', 'root'], /--container must be .*, not root/],
    [['f', '--account', '1', '--format', 'CSVX'], /--format/],
    [['f', '--account', '1', '--lot-lines', '0'], /--lot-lines must be .* 1 to 50000, not 0/],
    [['f', '--account', '1', '--lot-lines', '50001'], /--lot-lines/],
    [['f', '--account', '1', '--lot-lines', 'many'], /--lot-lines/],
    [['f', '--account', '1', '--colour', 'red'], /--colour/],
    [['f', 'g', '--account', '1'], /'g'/],
    [['f', '--account', '1', '--report'], /--report/],
    [['f', '--account', '1', '--database', 'mysql://db/orgvet'], /postgres:\/\//],
    [['f', '--account', '1', '--data', 'd', '--database', 'postgres://db/o'], /not both/],
  ] as const) {
    assert.throws(
      () => read(...args),
      (error) => {
        assert.ok(error instanceof SettingsError, args.join(' '));
        assert.match(error.message, message);
        return true;
      },
    );
  }
});

test('an import that was killed goes on when it is run again, and all is there once', async () => {
  const before = await countAll();
  const count = 5 * LOT_LINES + 500;
  const file = writeLines('killed.jsonl', named('Killed', count));
  const options = ['--account', '1', '--lot-lines', String(LOT_LINES), ...REGISTRY];
  const child = spawn(process.execPath, [CLI, 'import', file, ...options], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  while ((await countAll()) === before) {
    assert.equal(child.exitCode, null, 'it ended before anything was seen of it');
    await wait(1);
  }
  child.kill('SIGKILL');
  assert.deepEqual(await ended, [null, 'SIGKILL']);
  const there = (await countAll()) - before;
  assert.ok(there > 0 && there < count && there % LOT_LINES === 0, `${there} are there`);

  const again = await importFile(file);
  assert.equal(again.code, 0, again.stderr);
  assert.match(
    again.stdout,
    new RegExp(`^${count} lines, ${count} organizations created, 0 `, 'm'),
  );
  assert.equal(await countAll(), before + count);
  await untilIndexed(server);
  const names = await listNames('killed');
  assert.equal(names.length, count);
  assert.equal(new Set(names).size, count);

  await importFile(file);
  assert.equal(await countAll(), before + count);
});
