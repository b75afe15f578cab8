/** Every fixed error code, provoked over HTTP. A new code without its row does not compile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERROR_CATALOGUE, type ErrorCode, type Problem } from '@orgvet/contract';
import { pino } from 'pino';
import { buildHttpServer } from '../src/http/server.ts';
import { type Environment, StoreUnavailable } from '../src/operations/context.ts';
import { type Answer, organizationBody, startServer } from './harness.ts';

const server = await startServer();
const { send } = server;

const duplicate = organizationBody({ name: 'Twice' });
await send('POST', '/organization', { body: duplicate });

const twoTypes = organizationBody({ validations: [{ type: 'ov' }, { type: 'ov' }] });

const PROVOCATIONS: Record<ErrorCode, () => Promise<Pick<Answer, 'status' | 'text'>>> = {
  'access_denied|access_denied_invalid_key': () => send('GET', '/user/me', { key: 'x' }),
  'access_denied|missing_permission': () =>
    send('DELETE', '/organization/112233', { key: server.view_only }),
  'not_found|route': () => send('GET', '/no/such/route'),
  'not_found|organization': () => send('GET', '/organization/999999'),
  'not_found|container': () => send('GET', '/container/999999'),
  bad_request_format: () => send('POST', '/organization', { raw: '{' }),
  request_too_large: () => send('POST', '/organization', { raw: ' '.repeat(300_000) }),
  duplicate_organization: () => send('POST', '/organization', { body: duplicate }),
  cannot_delete_primary_organization: () => send('DELETE', '/organization/1'),
  validation_type_duplicate: () => send('POST', '/organization', { body: twoTypes }),
  unknown_parameter: () => send('GET', '/organization?colour=red'),
  unknown_filter: () => send('GET', '/organization?filters[colour]=red'),
  internal_error: () => askBroken('/services/v2/user/me', new Error('The disk is gone: /secret')),
  service_unavailable: () => askBroken('/services/v2/user/me', new StoreUnavailable('secret')),
};

/** A server whose database fails at everything, after a key was accepted. */
async function askBroken(
  url: string,
  error: Error,
): Promise<Pick<Answer, 'status' | 'text' | 'headers'>> {
  const { store, clock } = server.app.environment;
  const { reader } = store;
  let lookups = 0;
  const failing = {
    dialect: reader.dialect,
    findVersion: () => reader.findVersion(),
    all: () => Promise.reject(error),
    first: () => Promise.reject(error),
    find: (...args: Parameters<typeof reader.find>) => {
      lookups += 1;
      return lookups === 1 ? reader.find(...args) : Promise.reject(error);
    },
  } as Environment['store']['reader'];
  const broken = await buildHttpServer(
    { clock, store: { ...store, reader: failing } as Environment['store'] },
    { version: '0', log: pino({ level: 'silent' }) },
  );
  const response = await broken.inject({ url, headers: { 'x-dc-devkey': server.administrator } });
  await broken.close();
  const { statusCode: status, body: text, headers } = response;
  return { status, text, headers: headers as Answer['headers'] };
}

test('whoever cannot be answered now is told when to try again', async () => {
  const gone = new StoreUnavailable('gone');
  assert.equal((await askBroken('/services/v2/user/me', gone)).headers['retry-after'], '1');
  for (const error of [gone, new Error('anything')]) {
    const ready = await askBroken('/readyz', error);
    assert.equal(ready.status, 503);
    assert.equal(ready.headers['retry-after'], '1');
  }
});

for (const [code, provoke] of Object.entries(PROVOCATIONS) as [
  ErrorCode,
  (typeof PROVOCATIONS)[ErrorCode],
][]) {
  test(`${code} is answered with its status, in the documented shape`, async () => {
    const answer = await provoke();
    assert.equal(answer.status, ERROR_CATALOGUE[code].status);
    const { errors, ...rest } = JSON.parse(answer.text) as { errors: Problem[] };
    assert.deepEqual(rest, {});
    assert.equal(errors.length, 1);
    const [error] = errors;
    assert.ok(error?.code === code || error?.code.startsWith(`${code}|`), answer.text);
    assert.doesNotMatch(error?.message ?? '', /\{|secret|disk/);
  });
}
