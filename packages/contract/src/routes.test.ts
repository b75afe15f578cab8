// Proves that the route table is sound: no two operations meet, paths and their schemas agree, and
// every code of the catalogue belongs to an operation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERROR_CATALOGUE } from './errors.ts';
import { listErrorsOf } from './openapi.ts';
import { isReading } from './permissions.ts';
import { BASE_PATH, fullPathOf, ROUTES, type Route } from './routes.ts';

const ENTRIES: readonly (readonly [string, Route])[] = Object.entries(ROUTES);

function assertUnique(values: readonly string[]): void {
  const repeated = values.filter((value, index) => values.indexOf(value) !== index);
  assert.deepEqual(repeated, []);
}

test('no two operations have the same method and path, whatever their parameters are called', () => {
  assertUnique(
    ENTRIES.flatMap(([, route]) =>
      [route.path, ...(route.alias === undefined ? [] : [route.alias])]
        .map((path) => fullPathOf({ ...route, path }))
        .map((path) => `${route.method} ${path.replaceAll(/\{\w+\}/g, '{}')}`),
    ),
  );
});

test('no two operations have the same summary', () => {
  assertUnique(ENTRIES.map(([, { summary }]) => summary));
});

test('every path is made of plain segments and parameters, without a slash at the end', () => {
  assert.equal(BASE_PATH, '/services/v2');
  for (const [, { path }] of ENTRIES) {
    assert.match(path, /^(\/([a-z]+(-[a-z]+)*|\{[a-z]+(_[a-z]+)*\}))+$/);
  }
});

test('every parameter of a path has a schema that requires it, and no schema has another', () => {
  for (const [name, { path, params }] of ENTRIES) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    assert.deepEqual(Object.keys(params?.properties ?? {}), inPath, name);
    assert.deepEqual(params?.required ?? [], inPath, name);
  }
});

test('what only reads needs no more than to view, and what changes needs the right to change', () => {
  for (const [name, route] of ENTRIES) {
    if (route.access !== 'open') {
      assert.equal(isReading(route.permission), route.method === 'GET', name);
    }
  }
});

test('only POST and PUT have bodies, and only GET has a query', () => {
  for (const [name, { method, body, query }] of ENTRIES) {
    assert.ok(body === undefined || method === 'POST' || method === 'PUT', name);
    assert.ok(query === undefined || method === 'GET', name);
  }
});

test('an answer has a body exactly where its status is not 204', () => {
  for (const [name, { success }] of ENTRIES) {
    const isEmpty = success.schema === undefined && success.media_type === undefined;
    assert.equal(isEmpty, success.status === 204, name);
    assert.ok(success.schema === undefined || success.media_type === undefined, name);
  }
});

test('what a path names can be missing: an operation with an id can answer not found', () => {
  for (const [name, { path, errors }] of ENTRIES) {
    if (path.includes('_id}')) {
      assert.ok(
        errors.some((code) => code.startsWith('not_found|')),
        name,
      );
    }
  }
});

test('no operation lists a code twice, and all of them are in the catalogue', () => {
  for (const [, { errors }] of ENTRIES) {
    assertUnique(errors);
    for (const code of errors) {
      assert.ok(Object.hasOwn(ERROR_CATALOGUE, code), code);
    }
  }
});

test('every code of the catalogue belongs to an operation', () => {
  const listed = new Set(ENTRIES.flatMap(([, route]) => listErrorsOf(route)).map((e) => e.code));
  const unlisted = Object.keys(ERROR_CATALOGUE).filter((code) => !listed.has(code));
  assert.deepEqual(unlisted, []);
});
