/** What is outside the wire: health, metrics, the OpenAPI document, the start page and the reference. */
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

test('the start page and the API reference load nothing from elsewhere', async () => {
  for (const path of ['/', '/docs', '/docs/']) {
    const page = await get(path);
    assert.equal(page.status, 200, path);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'self'/);
    const html = await page.text();
    assert.doesNotMatch(html, /https?:\/\//);
    for (const [, asset = ''] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
      const answer = await get(asset);
      assert.equal(answer.status, 200, asset);
      assert.ok((await answer.arrayBuffer()).byteLength > 0);
    }
  }
});

test('files that are not named are not served', async () => {
  for (const path of [
    '/assets/../package.json',
    '/assets/index.html',
    '/assets/csp.json',
    '/src',
  ]) {
    assert.equal((await get(path)).status, 404, path);
  }
});
