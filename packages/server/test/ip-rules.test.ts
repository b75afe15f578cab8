/** Rules about the addresses of requests over HTTP: what can be ruled, and who is shut out by it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IpRule, type IpRuleList, ROUTES } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { divisionsOf, ROOT } from './divisions.ts';
import { startServer } from './harness.ts';

const RULES = `/container/${ROOT}/ip/rules`;
const MISSING_PERMISSION =
  '{"errors":[{"code":"access_denied|missing_permission",' +
  '"message":"Access denied due to missing_permission."}]}';

/** As "Add IP rule" shows it. */
const DOCUMENTED = {
  ip_address: '192.0.2.0',
  ip_address_end: '192.0.2.24',
  description: 'Account-wide restriction',
};
const ELSEWHERE = { ip_address: '192.0.2.0', ip_address_end: '192.0.2.24' };
/** Where the tests ask from. */
const HERE = { ip_address: '127.0.0.1', ip_address_end: '127.0.0.1' };

/** A server without any rule, for each test. */
async function start() {
  const server = await startServer();
  const { send } = server;
  const divisions = divisionsOf(server);
  return {
    ...divisions,
    server,
    send,
    add: async (rule: object) => (await divisions.make(RULES, rule)).id,
    list: async () => (await send('GET', RULES)).json<IpRuleList>().ip_rules,
    remove: (id: number) => send('DELETE', `${RULES}/${id}`),
    statusFor: async (key: string) => (await send('GET', '/user/me', { key })).status,
  };
}

test("the documents' rule is made and listed, where a rule allows the own address", async () => {
  const { add, list, listEvents } = await start();
  assert.deepEqual(await list(), []);
  const own = await add(HERE);
  const id = await add(DOCUMENTED);
  const rules = await list();
  assert.ok(Value.Check(ROUTES.listIpRules.success.schema, { ip_rules: rules }));
  const common = {
    date_created: '2026-11-21T12:00:00+00:00',
    account_id: '1',
    container_id: ROOT,
    user_id: 0,
  };
  assert.equal(
    JSON.stringify(rules),
    JSON.stringify([
      { id: own, ...common, ...HERE },
      { id, ...common, ...DOCUMENTED },
    ]),
  );
  assert.deepEqual(await listEvents('ip_rule', id), [
    { action: 'ip_rule_created', after: { user_id: 0, api_key_id: 0, ...DOCUMENTED } },
  ]);
});

test('a rule for a key shuts that key out at once, and no other of its user', async () => {
  const { server, send, add, remove, list, statusFor } = await start();
  const VIEW_ONLY_KEY_ID = 2;
  assert.equal(await statusFor(server.view_only), 200);
  const id = await add({ ...ELSEWHERE, api_key_id: VIEW_ONLY_KEY_ID });
  assert.deepEqual(
    (await list()).map(({ user_id, api_key_id }: IpRule) => ({ user_id, api_key_id })),
    [{ user_id: 0, api_key_id: VIEW_ONLY_KEY_ID }],
  );
  const refused = await send('GET', '/user/me', { key: server.view_only });
  assert.equal(refused.status, 403);
  assert.equal(refused.text, MISSING_PERMISSION);
  assert.equal(await statusFor(server.administrator), 200);
  assert.equal(await statusFor(server.other), 200);
  await add({ ...HERE, api_key_id: VIEW_ONLY_KEY_ID });
  assert.equal(await statusFor(server.view_only), 200);
  const [, second] = await list();
  assert.equal((await remove(second?.id ?? 0)).status, 204);
  assert.equal(await statusFor(server.view_only), 403);
  assert.equal((await remove(id)).status, 204);
  assert.equal(await statusFor(server.view_only), 200);
});

test('a rule for a user shuts out all of the keys of that user, and nobody else', async () => {
  const { server, add, make, makePerson, statusFor } = await start();
  const [shut, free] = [await makePerson(5), await makePerson(5)];
  const { api_key: second } = await make<{ id: number; api_key: string }>(`/key/user/${shut.id}`, {
    name: 'Second',
  });
  await add({ ...ELSEWHERE, user_id: shut.id });
  assert.equal(await statusFor(shut.key), 403);
  assert.equal(await statusFor(second), 403);
  assert.equal(await statusFor(free.key), 200);
  assert.equal(await statusFor(server.administrator), 200);
});

test('who is shut out is so from changes too, before any body is read', async () => {
  const { send, add, makePerson } = await start();
  const person = await makePerson(1);
  await add({ ...ELSEWHERE, user_id: person.id });
  const answer = await send('POST', '/organization', { key: person.key, raw: 'x'.repeat(300_000) });
  assert.equal(answer.text, MISSING_PERMISSION);
});

test('nobody shuts themselves out, by a rule or by taking one away', async () => {
  const { server, send, add, list, remove, makePerson, listEvents } = await start();
  const ADA_ID = 12;
  for (const holder of [{}, { user_id: ADA_ID }, { api_key_id: 1 }]) {
    const answer = await send('POST', RULES, { body: { ...DOCUMENTED, ...holder } });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.codes(), ['ip_rule_excludes_request']);
    assert.match(answer.text, /127\.0\.0\.1/);
  }
  assert.deepEqual(await list(), []);
  const here = await add(HERE);
  await add(DOCUMENTED);
  const kept = await remove(here);
  assert.equal(kept.status, 400);
  assert.deepEqual(kept.codes(), ['ip_rule_excludes_request']);
  assert.equal((await list()).length, 2);
  assert.equal((await listEvents('ip_rule', here)).length, 1);
  // Of others nobody asks: an account is not kept from shutting out one of its users.
  const person = await makePerson(5);
  await add({ ...ELSEWHERE, user_id: person.id });
  const refused = await send('GET', '/user/me', { key: person.key });
  assert.equal(refused.status, 403);
  assert.equal((await send('GET', RULES, { key: server.administrator })).status, 200);
});

test('without any rule left everybody may ask again', async () => {
  const { add, list, remove, makePerson, statusFor, listEvents } = await start();
  const person = await makePerson(5);
  const id = await add({ ...ELSEWHERE, user_id: person.id, description: 'Not from here' });
  assert.equal(await statusFor(person.key), 403);
  assert.equal((await remove(id)).status, 204);
  assert.equal(await statusFor(person.key), 200);
  assert.deepEqual(await list(), []);
  const again = await remove(id);
  assert.equal(again.status, 404);
  assert.deepEqual(again.codes(), ['not_found|ip_rule']);
  const rule = { user_id: person.id, api_key_id: 0, ...ELSEWHERE, description: 'Not from here' };
  assert.deepEqual(await listEvents('ip_rule', id), [
    { action: 'ip_rule_created', after: rule },
    { action: 'ip_rule_deleted', before: rule },
  ]);
});

test('every problem of a rule is told at once, and nothing changes', async () => {
  const { send, list } = await start();
  for (const [body, codes] of [
    [{}, ['missing_ip_address', 'missing_ip_address_end']],
    [
      { ip_address: '::1', ip_address_end: '192.0.2', description: 'x'.repeat(256), user_id: 0 },
      ['description_too_long', 'invalid_ip_address', 'invalid_ip_address_end', 'invalid_user_id'],
    ],
    [{ ...HERE, ip_address_end: '127.0.0.0' }, ['invalid_ip_address_end']],
    [{ ...HERE, user_id: 12, api_key_id: 1 }, ['invalid_api_key_id']],
    // The administrator of the demo's subaccount, and a key of it.
    [
      { ...HERE, ip_address_end: '1.1.1.1', user_id: 5101 },
      ['invalid_ip_address_end', 'invalid_user_id'],
    ],
    [{ ...HERE, api_key_id: 3 }, ['invalid_api_key_id']],
  ] as const) {
    const answer = await send('POST', RULES, { body });
    assert.equal(answer.status, 400, answer.text);
    assert.deepEqual(answer.codes().sort(), codes, answer.text);
  }
  assert.deepEqual(await list(), []);
});

test('rules are at the root container, and at no other', async () => {
  const { server, send, add } = await start();
  const id = await add(HERE);
  const nowhere = await send('GET', '/container/999999/ip/rules');
  assert.equal(nowhere.status, 404);
  assert.deepEqual(nowhere.codes(), ['not_found|container']);
  for (const [method, path, key] of [
    ['GET', '/container/112234/ip/rules'],
    ['POST', '/container/112234/ip/rules'],
    ['DELETE', `/container/112234/ip/rules/${id}`],
    ['GET', RULES, server.other],
    ['DELETE', `${RULES}/${id}`, server.other],
  ] as const) {
    const answer = await send(method, path, {
      ...(key && { key }),
      ...(method === 'POST' && { body: {} }),
    });
    assert.equal(answer.status, 404, path);
    assert.equal(answer.text, nowhere.text, path);
  }
  const theirs = await send('DELETE', `/container/5001/ip/rules/${id}`, { key: server.other });
  assert.deepEqual(theirs.codes(), ['not_found|ip_rule']);
});

test('rules that change at the same moment leave whoever changes them able to ask', async () => {
  const { send, add, list, remove, statusFor, makePerson } = await start();
  const ids = [await add(HERE), await add(HERE), await add(HERE)];
  await add(DOCUMENTED);
  const answers = await Promise.all(ids.map((id) => remove(id)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 204, 400]);
  const left = await list();
  assert.equal(left.length, 2);
  const person = await makePerson(5);
  const [made, removed] = await Promise.all([
    send('POST', RULES, { body: { ...ELSEWHERE, user_id: person.id } }),
    remove(left.at(-1)?.id ?? 0),
  ]);
  assert.deepEqual([made.status, removed.status], [201, 204]);
  assert.equal(await statusFor(person.key), 403);
});
