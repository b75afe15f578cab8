/** The list of organizations as CSV over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrganizationList } from '@orgvet/contract';
import { organizationBody, startServer } from './harness.ts';

const server = await startServer();
const { send } = server;

const getCsv = (path: string) => send('GET', path, { headers: { Accept: 'text/csv' } });

/** Reads RFC 4180, quoted cells and all. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

test('CSV has a header row of the wire names and a row for each organization of the list', async () => {
  const query = 'sort=-country,name';
  const { organizations } = (await send('GET', `/organization?${query}`)).json<OrganizationList>();
  const answer = await getCsv(`/organization?${query}`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8');
  const [header, ...rows] = parseCsv(answer.text);
  assert.equal(
    header?.join(','),
    'id,status,name,assumed_name,display_name,is_active,address,address2,city,state,zip,country,' +
      'telephone,container_id,container_id_assignments',
  );
  assert.deepEqual(
    rows.map(([id, status, name]) => [id, status, name]),
    organizations.map(({ id, status, name }) => [String(id), status, name]),
  );
  const example = rows.find(([id]) => id === '112233');
  assert.equal(example?.at(-1), '112234 112235');
});

test('CSV follows filters, limit and offset, and adds validations where they are asked for', async () => {
  const answer = await getCsv('/organization?limit=1&offset=1&include_validation=true');
  const [header, row, ...rest] = parseCsv(answer.text);
  assert.equal(header?.at(-1), 'validations');
  assert.equal(row?.[0], '112233');
  assert.equal(row?.at(-1), 'ov expired 2019-11-09T20:28:55+00:00; ev pending');
  assert.deepEqual(rest, []);
  assert.deepEqual((await getCsv('/organization?sort=nothing')).codes(), ['invalid_sort']);
});

test('CSV has every organization, however many, unless a limit is given', async () => {
  await Promise.all(
    Array.from({ length: 1100 }, (_, number) =>
      send('POST', '/organization', { body: organizationBody({ name: `Bulk ${number}` }) }),
    ),
  );
  const rows = parseCsv((await getCsv('/organization?filters[search]=%25bulk')).text);
  assert.equal(rows.length, 1101);
  const limited = parseCsv((await getCsv('/organization?filters[search]=%25bulk&limit=5')).text);
  assert.equal(limited.length, 6);
});

test('a cell that a spreadsheet would run is neutralized, and telephones are left alone', async () => {
  await send('POST', '/organization', {
    body: organizationBody({
      name: '=HYPERLINK("x")',
      assumed_name: '@SUM',
      address: '+cmd, "quoted"',
      telephone: '+1 (801) 555-0100',
    }),
  });
  const { text } = await getCsv('/organization?filters[search]=%25hyperlink');
  const [, row = []] = parseCsv(text);
  assert.equal(row[2], `'=HYPERLINK("x")`);
  assert.equal(row[3], "'@SUM");
  assert.equal(row[6], `'+cmd, "quoted"`);
  assert.equal(row[12], '+1 (801) 555-0100');
});

test('JSON is answered unless CSV is asked for and not less liked', async () => {
  const typeFor = async (accept: string) => {
    const answer = await send('GET', '/organization?limit=1', { headers: { Accept: accept } });
    return String(answer.headers['content-type']).split(';')[0];
  };
  assert.equal(await typeFor('*/*'), 'application/json');
  assert.equal(await typeFor('text/html, application/json'), 'application/json');
  assert.equal(await typeFor('text/csv;q=0.5, application/json'), 'application/json');
  assert.equal(await typeFor('application/json;q=0.5, TEXT/CSV'), 'text/csv');
  const single = await send('GET', '/organization/1', { headers: { Accept: 'text/csv' } });
  assert.equal(single.headers['content-type'], 'application/json');
});
