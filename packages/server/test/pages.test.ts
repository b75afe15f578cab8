/** What is outside the wire: health, metrics, the OpenAPI document, the console's files and the reference. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROUTES } from '@orgvet/contract';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { startServer } from './harness.ts';

const server = await startServer();
const get = (path: string) => fetch(`${server.origin}${path}`);

test('the process says that it lives and that it is ready', async () => {
  assert.deepEqual(await (await get('/livez')).json(), { status: 'ok' });
  assert.deepEqual(await (await get('/readyz')).json(), { status: 'ready' });
});

test('the metrics count requests by route and status', async () => {
  await server.send('GET', '/organization/112233');
  const text = await (await get('/metrics')).text();
  const count =
    'orgvet_http_request_duration_seconds_count' +
    '{method="GET",route="/services/v2/organization/:organization_id",status="200"} 1';
  assert.ok(text.includes(count));
  assert.match(text, /process_resident_memory_bytes \d+/);
});

test('the OpenAPI document is lint-clean and has every operation', async () => {
  const source = await (await get('/openapi.json')).text();
  const config = await createConfig({
    extends: ['recommended'],
    rules: {
      // The server's own address is not known when the document is made.
      'no-server-example.com': 'off',
      // The vendor's own paths are so: /user/{user_id}/role beside /user/availability/{username}.
      'no-ambiguous-paths': 'off',
    },
  });
  const problems = await lintFromString({ source, config });
  assert.deepEqual(
    problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
    [],
  );
  const document = JSON.parse(source) as { paths: Record<string, Record<string, object>> };
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  assert.deepEqual(
    operations.map((operation) => (operation as { operationId: string }).operationId).sort(),
    Object.keys(ROUTES).sort(),
  );
});

test('the console and the API reference load nothing from elsewhere', async () => {
  for (const path of ['/', '/docs', '/docs/']) {
    const page = await get(path);
    assert.equal(page.status, 200, path);
    const html = await page.text();
    assert.doesNotMatch(html, /https?:\/\//);
    for (const [, asset = ''] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
      const answer = await get(asset);
      assert.equal(answer.status, 200, asset);
      assert.ok((await answer.arrayBuffer()).byteLength > 0);
    }
  }
});

test('every address of the console answers its document, with a policy and a nonce of its own', async () => {
  const accept = 'text/html,application/xhtml+xml';
  const ask = async (path: string) => {
    const answer = await fetch(`${server.origin}${path}`, { headers: { accept } });
    assert.equal(answer.status, 200, path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/);
    assert.doesNotMatch(policy, /unsafe/);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    assert.ok((await answer.text()).includes(`content="${nonce}"`));
    return nonce;
  };
  const nonces = [
    await ask('/'),
    await ask('/organizations/112233/contacts'),
    await ask('/no-page'),
  ];
  assert.equal(new Set(nonces).size, nonces.length);
});

test('files of the console are kept by browsers, and come compressed to who takes them so', async () => {
  const html = await (await get('/')).text();
  const [, script = ''] = /src="(\/assets\/console\/[^"]+\.js)"/.exec(html) ?? [];
  const sizes_bytes = new Map<string, number>();
  for (const encoding of ['identity', 'gzip', 'br']) {
    const headers = { 'accept-encoding': encoding };
    const answer = await fetch(`${server.origin}${script}`, { headers });
    assert.equal(answer.headers.get('cache-control'), 'public,max-age=31536000,immutable');
    assert.equal(answer.headers.get('content-encoding') ?? 'identity', encoding);
    sizes_bytes.set(encoding, Number(answer.headers.get('content-length')));
  }
  const [plain = 0, zipped = 0, br = 0] = [...sizes_bytes.values()];
  assert.ok(br < zipped && zipped < plain, JSON.stringify([...sizes_bytes]));
});

test('what is no page and no file is an error as everywhere, for browsers too', async () => {
  const headers = { accept: 'text/html' };
  for (const path of [
    '/assets/index.html',
    '/assets/csp.json',
    '/assets/console/none.js',
    '/services/v2/nothing',
    '/vetting/v1/nothing',
    '/access/v1/nothing',
  ]) {
    const answer = await fetch(`${server.origin}${path}`, { headers });
    assert.equal(answer.status, 404, path);
  }
  const program = await get('/assets/../package.json');
  assert.equal(program.status, 404);
  assert.deepEqual(await program.json(), {
    errors: [{ code: 'not_found|route', message: 'The specified route was not found.' }],
  });
});
