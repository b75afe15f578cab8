/** Bad input over HTTP: a clear 4xx that names what is wrong, never a 5xx, and nothing changed. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { before, test } from 'node:test';
import type { Problem } from '@orgvet/contract';
import fc from 'fast-check';
import { examplesOf } from './databases.ts';
import { type Answer, organizationBody, startServer } from './harness.ts';

const server = await startServer();
const { send } = server;

/** Everything that a request could have changed, as text. */
const takeStock = async () => {
  const list = await send('GET', '/organization?include_validation=true');
  const one = await send('GET', '/organization/112233');
  return list.text + one.text;
};

let stock = '';
before(async () => {
  stock = await takeStock();
});

function assertRefused(answer: Answer, status: number, code: string, named?: string): void {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.headers['content-type'], 'application/json');
  const { errors } = answer.json<{ errors: Problem[] }>();
  const found = errors.find((error) => error.code === code);
  assert.ok(found, `${code} is not in ${answer.text}`);
  if (named !== undefined) {
    assert.ok(found.message.includes(named), `${named} is not in ${found.message}`);
  }
}

const refused = (changes: Record<string, unknown>) =>
  send('POST', '/organization', { body: organizationBody(changes) });

test('a body that is no JSON object is refused, whatever it is', async () => {
  const bodies = ['', '{', '[]', 'null', '"x"', '5', '{"name":}', '<organization/>', '{}garbage'];
  for (const raw of bodies) {
    for (const [method, path] of [
      ['POST', '/organization'],
      ['PUT', '/organization/112233'],
    ] as const) {
      assertRefused(await send(method, path, { raw }), 400, 'bad_request_format');
    }
  }
});

test('a body that is not UTF-8 is refused', async () => {
  const raw = Buffer.from('{"name":"\xFF"}', 'latin1');
  assertRefused(await send('POST', '/organization', { raw }), 400, 'bad_request_format', 'UTF-8');
});

test('a body of 300 kB is refused with the limit', async () => {
  const answer = await refused({ name: 'x'.repeat(300_000) });
  assertRefused(answer, 413, 'request_too_large', '262144');
});

test('a name of 10,000 characters is too long, as is an address of 65', async () => {
  assertRefused(await refused({ name: 'x'.repeat(10_000) }), 400, 'name_too_long', 'name');
  assertRefused(await refused({ address: '中'.repeat(65) }), 400, 'address_too_long', 'address');
});

test('lengths count characters, not bytes or UTF-16 units', async () => {
  const name = '𝔘'.repeat(65);
  assertRefused(await refused({ name, assumed_name: undefined }), 400, 'name_too_long');
  const created = await refused({ name: '𝔘'.repeat(64), assumed_name: undefined });
  assert.equal(created.status, 201);
  await send('DELETE', `/organization/${created.json<{ id: number }>().id}`);
});

test('lone surrogates, NUL, controls and marks that turn text around are refused', async () => {
  for (const bad of [
    '\\ud800',
    '\\udc00x',
    '\\u0000',
    '\\u001b[31m',
    '\\u202e',
    '\\n',
    '\\u2028',
  ]) {
    const raw = JSON.stringify(organizationBody()).replace('Epigyne Unwieldiness llc', `a${bad}b`);
    assertRefused(await send('POST', '/organization', { raw }), 400, 'invalid_name', 'name');
  }
});

test('members called __proto__ and constructor are unknown like all others', async () => {
  const body = JSON.stringify(organizationBody({ name: undefined }));
  for (const name of ['__proto__', 'constructor', 'prototype', 'toString']) {
    const raw = `{"${name}":{"name":"Sneaked in","polluted":1},${body.slice(1)}`;
    assertRefused(await send('POST', '/organization', { raw }), 400, 'missing_name');
  }
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});

test('every field refuses every wrong type, and the message names it', async () => {
  const wrong: [unknown, string][] = [
    [{}, 'object'],
    [[], 'array'],
    [true, 'boolean'],
    [1.5, 'fraction'],
  ];
  for (const field of ['name', 'country', 'address', 'city', 'state', 'zip', 'telephone']) {
    for (const [value] of wrong) {
      assertRefused(await refused({ [field]: value }), 400, `invalid_${field}`, field);
    }
  }
  for (const value of ['x', 5, [], true]) {
    const answer = await refused({ organization_contact: value });
    assertRefused(answer, 400, 'invalid_organization_contact', 'organization_contact');
    const flag = await refused({ skip_duplicate_org_check: value === true ? 'true' : value });
    assertRefused(flag, 400, 'invalid_skip_duplicate_org_check');
  }
  for (const value of ['ov', { type: 'ov' }, 5]) {
    assertRefused(await refused({ validations: value }), 400, 'invalid_validations');
  }
  for (const value of [null, 'ov', 5, [[]]]) {
    assertRefused(await refused({ validations: [value] }), 400, 'invalid_validations');
  }
});

test('bad paging is refused by name', async () => {
  for (const value of [
    '-1',
    '0',
    '1001',
    '1.5',
    '1e3',
    'x',
    '99999999999999999999',
    '0x10',
    '+5',
  ]) {
    const answer = await send('GET', `/organization?limit=${value}`);
    assertRefused(answer, 400, 'invalid_limit', 'limit');
  }
  for (const value of ['-1', '1.5', 'x', '99999999999999999999', '%00']) {
    const answer = await send('GET', `/organization?offset=${value}`);
    assertRefused(answer, 400, 'invalid_offset', 'offset');
  }
});

test('unknown filters, sort properties and parameters are refused by name', async () => {
  const cases: [string, string, string][] = [
    ['filters[colour]=red', 'unknown_filter|colour', 'colour'],
    ['filters[__proto__]=x', 'unknown_filter|__proto__', '__proto__'],
    ['filters[status][0]=active', 'unknown_filter|status_0', 'status'],
    ['filter[status]=active', 'unknown_parameter|filter_status', 'filter'],
    ['constructor=1', 'unknown_parameter|constructor', 'constructor'],
    ['filters[status]=approved', 'invalid_filters_status', 'filters[status]'],
    ['filters[validation]=maybe', 'invalid_filters_validation', 'filters[validation]'],
    ['sort=name,colour', 'invalid_sort', 'colour'],
    ['sort=--name', 'invalid_sort', 'sort'],
    ['include_validation=perhaps', 'invalid_include_validation', 'include_validation'],
    ['container_id=abc', 'invalid_container_id', 'container_id'],
    ['limit=5&limit=6', 'invalid_limit', 'more than once'],
    [`filters[search]=${'x'.repeat(300)}`, 'filters_search_too_long', 'filters[search]'],
    ['filters[search]=%00', 'invalid_filters_search', 'filters[search]'],
  ];
  for (const [query, code, named] of cases) {
    assertRefused(await send('GET', `/organization?${query}`), 400, code, named);
  }
});

test('an id that is no positive whole number is refused by name', async () => {
  for (const id of ['abc', '0', '-1', '1.5', '99999999999999999999', '1%00', "1'", 'recent']) {
    const answer = await send('GET', `/organization/${id}`);
    assertRefused(answer, 400, 'invalid_organization_id', 'organization_id');
  }
});

test('a URL that cannot be decoded is refused', async () => {
  assertRefused(await send('GET', '/organization/%zz'), 400, 'bad_request_format', 'URL');
});

test('any query string is answered without a fault of the server', async () => {
  const name = fc.oneof(
    fc.constantFrom(
      'limit',
      'offset',
      'sort',
      'filters[search]',
      'filters[status]',
      'container_id',
    ),
    fc.string({ maxLength: 20 }),
  );
  const part = fc
    .tuple(name, fc.string({ unit: 'binary', maxLength: 30 }), fc.boolean())
    .map(([key, value, isEncoded]) =>
      isEncoded && value.isWellFormed()
        ? `${encodeURIComponent(key)}=${encodeURIComponent(value)}`
        : `${key}=${value}`.replaceAll(/[^\x21-\x7E]|#/g, ''),
    );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 4 }), async (parts) => {
      const answer = await send('GET', `/organization?${parts.join('&')}`);
      assert.ok(answer.status < 500, `${answer.status} for ${parts.join('&')}: ${answer.text}`);
    }),
    { numRuns: examplesOf(300), seed: 5 },
  );
});

test('any JSON body is answered without a fault of the server', async () => {
  const fields = Object.keys(organizationBody({ validations: 1, skip_duplicate_org_check: 1 }));
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom(...fields), fc.jsonValue({ maxDepth: 3 })),
      fc.constantFrom('POST /organization', 'PUT /organization/112233'),
      async (changes, operation) => {
        const [method = '', path = ''] = operation.split(' ');
        // The required contact is broken, or the request could be a good one.
        const body = organizationBody({ ...changes, name: '' });
        const answer = await send(method, path, { body });
        assert.equal(answer.status, 400, answer.text);
      },
    ),
    { numRuns: examplesOf(300), seed: 3 },
  );
});

test('what is no HTTP gets an answer in the same shape', async () => {
  const { port, hostname } = new URL(server.origin);
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write('GARBAGE\r\n\r\n'));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()));
    socket.on('error', reject);
  });
  assert.match(text, /^HTTP\/1\.1 400 /);
  assert.match(text, /\r\n\r\n\{"errors":\[\{"code":"bad_request_format"/);
});

test('none of all that changed anything', async () => {
  assert.equal(await takeStock(), stock);
});
