/** Where requests come from, through proxies that are trusted and others, for IP rules and for events. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseApiKey } from '../src/domain/api-key.ts';
import { listEventsOfObject } from '../src/store/events.ts';
import { organizationBody, startServer, type TestServer } from './harness.ts';

const ROOT_CONTAINER = 4;
const CLIENT = '203.0.113.7';
const STRANGER = '198.51.100.9';
const INNER_PROXY = '10.1.2.3';

const direct = await startServer();
const proxied = await startServer({ trusted_proxies: ['127.0.0.1', '10.0.0.0/8'] });
for (const server of [direct, proxied]) {
  await restrictViewOnly(server);
}

/** Lets the view only key be used by the client alone; all other keys stay as they are. */
async function restrictViewOnly({ send, view_only }: TestServer): Promise<void> {
  const body = {
    api_key_id: parseApiKey(view_only)?.id,
    ip_address: CLIENT,
    ip_address_end: CLIENT,
  };
  const { status, text } = await send('POST', `/container/${ROOT_CONTAINER}/ip/rules`, { body });
  assert.equal(status, 201, text);
}

/** What the restricted key is answered, by a server that it reaches from this machine. */
async function askThrough({ send, view_only }: TestServer, forwarded?: string): Promise<number> {
  const headers = forwarded === undefined ? undefined : { 'X-Forwarded-For': forwarded };
  const { status } = await send('GET', '/user/me', { key: view_only, ...(headers && { headers }) });
  return status;
}

/** The address in the event of a create. */
async function findRecordedAddress(
  { app, send, administrator }: TestServer,
  name: string,
  forwarded: string,
): Promise<string | undefined> {
  const { status, json } = await send('POST', '/organization', {
    body: organizationBody({ name, skip_duplicate_org_check: true }),
    headers: { 'X-Forwarded-For': forwarded },
  });
  assert.equal(status, 201);
  const { id } = json<{ id: number }>();
  const account_id = parseApiKey(administrator)?.account_id ?? 0;
  const { reader } = app.environment.store;
  const [event] = await listEventsOfObject(reader, account_id, 'organization', id);
  return event?.ip_address;
}

test('without trusted proxies nobody can say where a request comes from', async () => {
  assert.equal(await askThrough(direct), 403);
  assert.equal(await askThrough(direct, CLIENT), 403);
  assert.equal(await askThrough(direct, `${CLIENT}, 127.0.0.1`), 403);
  assert.equal(await findRecordedAddress(direct, 'Forged', CLIENT), '127.0.0.1');
});

test('IP rules and events see the client behind a trusted proxy', async () => {
  assert.equal(await askThrough(proxied, CLIENT), 200);
  assert.equal(await askThrough(proxied, STRANGER), 403);
  assert.equal(await findRecordedAddress(proxied, 'Proxied', CLIENT), CLIENT);
});

test('a client that sends the header itself is still where its proxy saw it', async () => {
  assert.equal(await askThrough(proxied, `${CLIENT}, ${STRANGER}`), 403);
  assert.equal(await askThrough(proxied, `${STRANGER}, ${CLIENT}`), 200);
  const forged = `${CLIENT}, ${STRANGER}`;
  assert.equal(await findRecordedAddress(proxied, 'Forged', forged), STRANGER);
});

test('of a chain of proxies every trusted one is passed over, and no other', async () => {
  assert.equal(await askThrough(proxied, `${CLIENT}, ${INNER_PROXY}`), 200);
  assert.equal(await askThrough(proxied, `${CLIENT}, ${INNER_PROXY}, 10.9.9.9`), 200);
  assert.equal(await askThrough(proxied, `${CLIENT}, ${STRANGER}, ${INNER_PROXY}`), 403);
});

test('what a trusted proxy asks for itself comes from the proxy', async () => {
  assert.equal(await askThrough(proxied), 403);
  assert.equal(await askThrough(proxied, INNER_PROXY), 403);
});

test('the header of who is not trusted is ignored, though proxies are', async () => {
  const answer = await proxied.app.server.inject({
    url: '/services/v2/user/me',
    headers: { 'x-dc-devkey': proxied.view_only, 'x-forwarded-for': CLIENT },
    remoteAddress: STRANGER,
  });
  assert.equal(answer.statusCode, 403);
});

test('a trusted IPv4 address is also known as a socket for both kinds shows it', async () => {
  const ask = (remoteAddress: string) =>
    proxied.app.server.inject({
      url: '/services/v2/user/me',
      headers: { 'x-dc-devkey': proxied.view_only, 'x-forwarded-for': `::ffff:${CLIENT}` },
      remoteAddress,
    });
  assert.equal((await ask('::ffff:127.0.0.1')).statusCode, 200);
  assert.equal((await ask(`::ffff:${STRANGER}`)).statusCode, 403);
});

test('what is no address is inside no rule', async () => {
  assert.equal(await askThrough(proxied, `${CLIENT}:5678`), 403);
  assert.equal(await askThrough(proxied, `${CLIENT}, unknown`), 403);
});
