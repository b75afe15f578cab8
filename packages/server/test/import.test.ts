/** Importing files of organizations: what they become, what is refused, and going on after a stop. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Organization, OrganizationList } from '@orgvet/contract';
import { FileError } from '../src/files/csv-columns.ts';
import type { FileFormat } from '../src/files/organization-file.ts';
import { type ImportTold, importFile } from '../src/main.ts';
import type { ImportProgress, LineReport } from '../src/operations/organization-import.ts';
import type { DatabaseLocation } from '../src/settings.ts';
import { listEventsOfObject } from '../src/store/events.ts';
import { makeDatabase, makeDirectory } from './databases.ts';
import { organizationBody, startServer, untilIndexed } from './harness.ts';

const directory = await makeDirectory();
let files = 0;

function write(format: FileFormat, content: string | Uint8Array): string {
  files += 1;
  const file = join(directory, `file-${files}.${format}`);
  writeFileSync(file, content);
  return file;
}

const jsonLines = (bodies: readonly unknown[]) =>
  write('jsonl', bodies.map((body) => `${JSON.stringify(body)}\n`).join(''));

interface Imported {
  readonly done: ImportProgress;
  readonly lines: LineReport[];
  readonly notes: string[];
}

async function run(
  database: DatabaseLocation,
  file: string,
  options: {
    readonly is_dry_run?: boolean;
    readonly container_id?: number;
    readonly account_id?: number;
    readonly progress?: ImportTold['progress'];
  } = {},
): Promise<Imported> {
  const lines: LineReport[] = [];
  const notes: string[] = [];
  const { progress = () => {}, ...rest } = options;
  const done = await importFile(
    {
      ...{ account_id: 1, is_dry_run: false },
      ...rest,
      file,
      format: file.endsWith('.csv') ? 'csv' : 'jsonl',
      database,
    },
    { note: (note) => notes.push(note), line: (line) => lines.push(line), progress },
  );
  return { done, lines, notes };
}

const codesOf = ({ lines }: Imported) =>
  lines.map(({ line, problems }) => [line, ...problems.map(({ code }) => code)]);

const database = await makeDatabase();
const server = await startServer({ database });
const { send } = server;

async function find(name: string): Promise<Organization> {
  const path = `/organization?filters[search]=${encodeURIComponent(name)}`;
  const { organizations } = (await send('GET', path)).json<OrganizationList>();
  assert.equal(organizations.length, 1, name);
  return (await send('GET', `/organization/${organizations[0]?.id}`)).json();
}

const totalOf = async (query = '') =>
  (await send('GET', `/organization?limit=1${query}`)).json<OrganizationList>().page.total;

test('an imported organization is what a create of it would have made', async () => {
  const body = organizationBody({ name: 'Imported & "Söhne"\\ {1,2}', zip: 12345 });
  const validations = [
    {
      type: 'ev',
      verified_users: [
        {
          ...{ first_name: 'Vera', last_name: 'Fied', job_title: 'CEO' },
          ...{ telephone: '1', email: 'vera@example.com' },
        },
      ],
    },
    { type: 'ov' },
  ];
  const created = await send('POST', '/organization', {
    body: { ...body, validations, address: 'Elsewhere 1' },
  });
  const before = await totalOf();
  const { done } = await run(database, jsonLines([{ ...body, validations }]));
  assert.deepEqual(done, { lines_done: 1, created: 1, duplicates: 0, refused: 0 });
  assert.equal(await totalOf(), before + 1);
  const one = (await send('GET', `/organization/${created.json<{ id: number }>().id}`)).text;
  const list = await send('GET', `/organization?sort=-id&limit=1`);
  const [imported] = list.json<OrganizationList>().organizations;
  const other = (await send('GET', `/organization/${imported?.id}`)).text;
  const withoutIds = (text: string) => text.replaceAll(/"(id|user_id)":"?\d+"?/g, '"$1":0');
  assert.equal(withoutIds(other), withoutIds(one).replaceAll('Elsewhere 1', String(body.address)));
  const events = await listEventsOfObject(
    server.app.environment.store.reader,
    1,
    'organization',
    imported?.id ?? 0,
  );
  assert.deepEqual(
    // The mail that it queued may have been sent by now.
    events
      .filter(({ action }) => action !== 'mail_sent')
      .map(({ action, request_id }) => [action, request_id]),
    [['organization_created', 'operator']],
  );
  assert.equal(JSON.parse(events[0]?.after ?? '').name, body.name);
});

/** Users have numbers of their own in every registry. */
const BY_USER = [{ type: 'ev', verified_users: [{ id: 12 }] }];

test('each line that cannot be read or breaks a rule is told of, and the others are created', async () => {
  const good = organizationBody({ name: 'Good line' });
  const file = write(
    'jsonl',
    Buffer.concat([
      Buffer.from(`\uFEFF${JSON.stringify(good)}\r\n`),
      Buffer.from('not json\n'),
      Buffer.from('\n'),
      Buffer.from([0x22, 0xff, 0x22, 0x0a]),
      Buffer.from(`${JSON.stringify({ ...good, name: 'x'.repeat(65), country: 'zz' })}\n`),
      Buffer.from('[]\n'),
      Buffer.from(`${JSON.stringify({ ...good, name: 'A user', validations: BY_USER })}\n`),
      Buffer.from(`"${'x'.repeat(300_000)}"\n`),
      Buffer.from(JSON.stringify({ ...good, name: 'Last line', organization_contact: undefined })),
    ]),
  );
  const imported = await run(database, file);
  assert.deepEqual(codesOf(imported), [
    [2, 'bad_request_format'],
    [4, 'bad_request_format'],
    [5, 'name_too_long', 'invalid_country'],
    [6, 'bad_request_format'],
    [7, 'invalid_validations_verified_users_id'],
    [8, 'bad_request_format'],
  ]);
  assert.deepEqual(imported.done, { lines_done: 9, created: 2, duplicates: 0, refused: 6 });
  assert.equal((await find('Good line')).organization_contact?.first_name, 'Gia');
  assert.equal((await find('Last line')).organization_contact, undefined);
});

test('a duplicate of the registry or of an earlier line is told of with what it duplicates', async () => {
  const there = await send('POST', '/organization', { body: organizationBody({ name: 'There' }) });
  const { id } = there.json<{ id: number }>();
  const bodies = [
    organizationBody({ name: 'THERE.' }),
    organizationBody({ name: 'Twice in the file' }),
    organizationBody({ name: 'twice in the file' }),
    organizationBody({ name: 'Twice in the file', skip_duplicate_org_check: true }),
  ];
  const file = jsonLines(bodies);
  const expected = { lines_done: 4, created: 2, duplicates: 2, refused: 0 };
  for (const is_dry_run of [true, false]) {
    const before = await totalOf();
    const imported = await run(database, file, { is_dry_run });
    assert.deepEqual(imported.done, expected);
    assert.deepEqual(codesOf(imported), [
      [1, 'duplicate_organization'],
      [3, 'duplicate_organization'],
    ]);
    assert.equal(imported.lines[0]?.problems[0]?.existing_organization_id, id);
    assert.match(imported.lines[1]?.problems[0]?.message ?? '', /line 2/);
    assert.equal(await totalOf(), before + (is_dry_run ? 0 : 2));
  }
  const again = await send('POST', '/organization', { body: bodies[1] });
  assert.deepEqual(again.codes(), ['duplicate_organization']);
});

test('a CSV file is imported by the names of its columns; an export can be one', async () => {
  const csv = [
    'Name,country,address,city,state,zip,telephone,assumed_name,organization_contact.first_name,' +
      'organization_contact.last_name,organization_contact.email,id,status',
    '"Quoted, ""Inc""",us,"1 Way\nFloor 2",Lehi,Utah,01234,+1 801,,Ann,Other,ann@example.com,7,x',
    'Cafe,fr,1 rue,Paris,IDF,75001,1,Café,,,,,',
    'Too few,fr',
  ].join('\r\n');
  const imported = await run(database, write('csv', csv));
  assert.deepEqual(imported.done, { lines_done: 5, created: 1, duplicates: 0, refused: 2 });
  assert.deepEqual(codesOf(imported), [
    [3, 'invalid_address'],
    [5, 'bad_request_format'],
  ]);
  assert.match(imported.notes.join(), /Not imported.*id, status/);
  const cafe = await find('Cafe');
  assert.equal(cafe.assumed_name, 'Café');
  assert.equal(cafe.zip, '75001');
  const exported = await send('GET', '/organization', { headers: { Accept: 'text/csv' } });
  const elsewhere = await makeDatabase();
  const other = await startServer({ database: elsewhere });
  const copied = await run(elsewhere, write('csv', exported.text));
  assert.equal(copied.done.lines_done, (await totalOf()) + 1);
  assert.ok(copied.done.created >= 5, JSON.stringify(copied.done));
  await other.close();
});

test('columns that nobody knows are refused before anything is done', async () => {
  const before = await totalOf();
  const file = write('csv', 'name,colour,country,name\r\na,b,us,c\r\n');
  await assert.rejects(run(database, file), (error) => {
    assert.ok(error instanceof FileError);
    assert.match(error.message, /"colour", "name".*Known are name, assumed_name/s);
    return true;
  });
  assert.equal(await totalOf(), before);
});

test('an import that was stopped goes on with the next line, and a finished one does nothing', async () => {
  const bodies = Array.from({ length: 3500 }, (_, number) =>
    number % 100 === 7 ? { name: 'Bad' } : organizationBody({ name: `Stopped ${number}` }),
  );
  const file = jsonLines(bodies);
  const before = await totalOf();
  for (const stop of [1000, 3000]) {
    const stopped = run(database, file, {
      progress: ({ lines_done }) => {
        if (lines_done === stop) {
          throw new Error('stopped');
        }
      },
    });
    await assert.rejects(stopped, /stopped/);
  }
  const { done, lines } = await run(database, file);
  assert.deepEqual(done, { lines_done: 3500, created: 3465, duplicates: 0, refused: 35 });
  assert.ok(lines.every(({ line }) => line > 3000));
  assert.equal(await totalOf(), before + 3465);
  const again = await run(database, file);
  assert.deepEqual(again.done, done);
  assert.deepEqual(again.lines, []);
  assert.equal(await totalOf(), before + 3465);
  await untilIndexed(server);
  assert.equal(await totalOf('&filters[search]=%25topped%203'), 605);
});

test('organizations go to the container that is named; one that is not there is refused', async () => {
  const file = jsonLines([organizationBody({ name: 'Contained' })]);
  await assert.rejects(
    run(database, file, { container_id: 999 }),
    /Account 1 has no container 999/,
  );
  await assert.rejects(run(database, file, { account_id: 77 }), /There is no account 77/);
  await run(database, file, { container_id: 112234 });
  assert.equal((await find('Contained')).container.id, 112234);
});

test('creates and an import of the same organizations leave each there once', async () => {
  const bodies = Array.from({ length: 600 }, (_, number) =>
    organizationBody({ name: `Raced ${number}` }),
  );
  const before = await totalOf();
  const [imported, ...answers] = await Promise.all([
    run(database, jsonLines(bodies)),
    ...bodies
      .filter((_, number) => number % 20 === 0)
      .map((body) => send('POST', '/organization', { body })),
  ]);
  const created = answers.filter(({ status }) => status === 201).length;
  assert.equal(imported.done.created + created, 600);
  assert.equal(await totalOf(), before + 600);
});

test('two processes that import one file create each of its organizations once', async () => {
  const bodies = Array.from({ length: 2500 }, (_, number) =>
    organizationBody({ name: `Doubled ${number}`, skip_duplicate_org_check: true }),
  );
  const file = jsonLines(bodies);
  const before = await totalOf();
  const outcomes = await Promise.allSettled([run(database, file), run(database, file)]);
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
  for (const { reason } of failed) {
    assert.match(String(reason), /imported by another process/);
  }
  assert.ok(failed.length < 2, 'one of them goes on');
  assert.equal(await totalOf(), before + 2500);
});
