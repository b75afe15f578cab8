/** What client programs send, odd as it is, is taken. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrganizationList } from '@orgvet/contract';
import { organizationBody, startServer } from './harness.ts';

const { send } = await startServer();

test('a trailing slash, a doubled slash and a bare question mark change nothing', async () => {
  const expected = await send('GET', '/organization');
  for (const path of ['/organization/', '//organization', '/organization?', '/organization/?']) {
    const answer = await send('GET', path);
    assert.equal(answer.status, 200, path);
    assert.equal(answer.text, expected.text, path);
  }
  const created = await send('POST', '/organization/', { body: organizationBody() });
  assert.equal(created.status, 201);
});

test('the Content-Type of a request does not matter, nor does its absence', async () => {
  const types = [
    'application/json',
    'application/xml',
    'text/plain',
    'application/json; charset=utf-8',
  ];
  for (const [number, type] of types.entries()) {
    const headers = { 'Content-Type': type };
    assert.equal((await send('GET', '/user/me', { headers })).status, 200);
    const body = organizationBody({ name: `By ${number}` });
    assert.equal((await send('POST', '/organization', { headers, body })).status, 201, type);
    const path = '/organization/112233/activate';
    assert.equal((await send('PUT', path, { headers })).status, 204);
  }
  assert.equal((await send('GET', '/user/me')).status, 200);
});

test('a GET with a body is a GET', async () => {
  const answer = await send('GET', '/organization/112233', {
    raw: '{"anything":1}',
    headers: { 'Content-Type': 'application/json' },
  });
  assert.equal(answer.status, 200);
  const garbage = await send('GET', '/organization', { raw: 'payload={}' });
  assert.equal(garbage.status, 200);
});

test('an activate or a delete may carry a body, which is ignored', async () => {
  for (const raw of ['', '{}', 'not json']) {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await send('PUT', '/organization/112233/deactivate', { raw, headers });
    assert.equal(answer.status, 204);
    assert.equal((await send('PUT', '/organization/112233/activate', { raw })).status, 204);
  }
});

test('include_validation is read in any case', async () => {
  const expected = await send('GET', '/organization?include_validation=true');
  for (const value of ['True', 'TRUE', '1']) {
    const answer = await send('GET', `/organization?include_validation=${value}`);
    assert.equal(answer.text, expected.text);
  }
});

test('a parameter without a value is as good as none', async () => {
  const expected = await send('GET', '/organization');
  const answer = await send('GET', '/organization?container_id=&sort=&filters[search]=&limit');
  assert.equal(answer.text, expected.text);
});

test('the page echoes limit and offset, and defaults to 1000 and 0', async () => {
  const page = async (query: string) =>
    (await send('GET', `/organization${query}`)).json<OrganizationList>().page;
  const { total } = await page('');
  assert.deepEqual(await page(''), { total, limit: 1000, offset: 0 });
  assert.deepEqual(await page('?offset=0&limit=500'), { total, limit: 500, offset: 0 });
  assert.deepEqual(await page('?offset=100000'), { total, limit: 1000, offset: 100_000 });
});

test('every answer says exactly application/json, errors too', async () => {
  for (const [method, path] of [
    ['GET', '/organization'],
    ['GET', '/organization/112233'],
    ['GET', '/container'],
    ['GET', '/nothing'],
    ['GET', '/organization/5'],
    ['POST', '/organization'],
  ] as const) {
    const answer = await send(method, path);
    assert.equal(answer.headers['content-type'], 'application/json', path);
  }
  const denied = await send('GET', '/organization', { key: null });
  assert.equal(denied.headers['content-type'], 'application/json');
});

test('an unknown route answers as recorded', async () => {
  const answer = await send('GET', '/nowhere');
  assert.equal(answer.status, 404);
  assert.equal(
    answer.text,
    '{"errors":[{"code":"not_found|route","message":"The specified route was not found."}]}',
  );
  assert.equal((await send('PATCH', '/organization/112233')).status, 404);
});

test('a request id is taken over if it is sane, and given otherwise', async () => {
  const given = await send('GET', '/user/me', { headers: { 'X-Request-Id': 'trace-42' } });
  assert.equal(given.headers['x-request-id'], 'trace-42');
  const strange = await send('GET', '/user/me', { headers: { 'X-Request-Id': 'a b"<' } });
  assert.match(String(strange.headers['x-request-id']), /^[0-9a-f]{12}-[0-9a-z]+$/);
});
