/** Operations that two paths lead to: both answer the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROUTES, type Route } from '@orgvet/contract';
import { startServer } from './harness.ts';

const { send, view_only } = await startServer();

/** Ids of the demo's own objects, for the places in paths. */
const PLACES: Record<string, string> = { container_id: '112234' };

const aliased = Object.entries(ROUTES as Record<string, Route>).flatMap(([name, route]) =>
  route.alias === undefined ? [] : [{ ...route, name, alias: route.alias }],
);

const fill = (path: string) => path.replaceAll(/\{(\w+)\}/g, (_, place) => PLACES[place] ?? '');

test('the documents have two paths for activating a container and for listing service users', () => {
  const pairs = aliased.map(({ method, path, alias }) => [method, path, alias]);
  assert.deepEqual(pairs, [
    ['PUT', '/container/{container_id}/active', '/container/{container_id}/activate'],
    ['GET', '/user/api-only', '/service-user'],
  ]);
});

for (const { name, method, path, alias, success } of aliased) {
  test(`${name} answers the same bytes at ${alias} as at ${path}`, async () => {
    const [one, other] = [await send(method, fill(path)), await send(method, fill(alias))];
    assert.equal(one.status, success.status, one.text);
    assert.equal(other.status, success.status);
    assert.equal(other.text, one.text);
    assert.equal(other.headers['content-type'], one.headers['content-type']);
  });

  test(`${name} refuses the same at ${alias} as at ${path}`, async () => {
    for (const key of [null, view_only]) {
      const [one, other] = [
        await send(method, fill(path), { key }),
        await send(method, fill(alias), { key }),
      ];
      assert.equal(other.status, one.status);
      assert.equal(other.text, one.text);
    }
    const wrong = await send(method, `${fill(alias)}/more`);
    assert.deepEqual(wrong.codes(), ['not_found|route']);
  });
}
