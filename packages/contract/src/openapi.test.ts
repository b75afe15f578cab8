// Proves that the OpenAPI document holds the whole contract: every operation with its parameters, its
// body and every error code, and nothing that is not plain JSON.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TObject } from 'typebox';
import { ERROR_CATALOGUE } from './errors.ts';
import { buildOpenApiDocument, documentedPathOf, listErrorsOf } from './openapi.ts';
import { listFields } from './read.ts';
import { fullPathOf, ROUTES, type Route } from './routes.ts';

type JsonObject = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Readonly<Record<string, unknown>>;
}

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, { readonly schema: { required?: string[] } }>>;
  };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Record<string, unknown> }>
  >;
}

interface Document {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
}

const ENTRIES: readonly (readonly [string, Route])[] = Object.entries(ROUTES);
const BUILT = buildOpenApiDocument('1.2.3');
const DOCUMENT = BUILT as unknown as Document;

function operationOf(route: Route): Operation {
  const path = documentedPathOf(route);
  const operation = DOCUMENT.paths[path]?.[route.method.toLowerCase()];
  assert.ok(operation, `${route.method} ${path}`);
  return operation;
}

test('the document is plain JSON, and the same every time', () => {
  assert.deepEqual(JSON.parse(JSON.stringify(BUILT)), BUILT);
  assert.equal(JSON.stringify(buildOpenApiDocument('1.2.3')), JSON.stringify(BUILT));
});

test('the document says its version, where the server is and which header takes the key', () => {
  assert.equal(DOCUMENT.openapi, '3.1.0');
  assert.equal(DOCUMENT.info.version, '1.2.3');
  assert.deepEqual(
    DOCUMENT.servers.map(({ url }) => url),
    ['/'],
  );
  const [scheme = ''] = Object.keys(DOCUMENT.security[0] ?? {});
  const { description, ...described } = DOCUMENT.components.securitySchemes?.[scheme] ?? {};
  assert.deepEqual(described, { type: 'apiKey', in: 'header', name: 'X-DC-DEVKEY' });
  assert.equal(typeof description, 'string');
});

test('the document has every operation of the route table and no other', () => {
  const documented = Object.values(DOCUMENT.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  assert.deepEqual([...documented].sort(), Object.keys(ROUTES).sort());
  for (const [name, route] of ENTRIES) {
    assert.equal(operationOf(route).operationId, name);
  }
});

test('paths that differ only in the names of their parameters are one path of the document', () => {
  assert.equal(documentedPathOf(ROUTES.createOrder), documentedPathOf(ROUTES.getOrder));
  assert.equal(documentedPathOf(ROUTES.getOrder), fullPathOf(ROUTES.getOrder));
  const [parameter] = operationOf(ROUTES.createOrder).parameters ?? [];
  assert.match(JSON.stringify(parameter), /Identifier of the product/);
});

test('an operation says where it is open to whoever asks, and where only to those who are signed in', () => {
  const securityOf = (route: Route) => (operationOf(route) as { security?: unknown }).security;
  assert.deepEqual(securityOf(ROUTES.getSession), []);
  assert.deepEqual(securityOf(ROUTES.listSessions), [{ session: [] }]);
  assert.equal(securityOf(ROUTES.getOrganization), undefined);
  assert.deepEqual(Object.keys(DOCUMENT.components.securitySchemes ?? {}), ['key', 'session']);
});

test('every tag of an operation is described', () => {
  const described = DOCUMENT.tags.map(({ name }) => name);
  for (const [, route] of ENTRIES) {
    assert.deepEqual(operationOf(route).tags, [route.tag]);
    assert.ok(described.includes(route.tag));
  }
});

test('an operation has the parameters of its path, required, and those of its query', () => {
  for (const [name, route] of ENTRIES) {
    const parameters = (operationOf(route).parameters ?? []).map(
      (parameter) => `${parameter.in} ${parameter.name} ${parameter.required}`,
    );
    assert.deepEqual(
      parameters,
      [
        ...[...documentedPathOf(route).matchAll(/\{(\w+)\}/g)].map(
          ([, name]) => `path ${name} true`,
        ),
        ...Object.keys(route.query?.properties ?? {}).map(
          (parameter) => `query ${parameter} false`,
        ),
      ],
      name,
    );
  }
});

test('the limits of parameters are in their schemas', () => {
  const parameters = operationOf(ROUTES.listOrganizations).parameters ?? [];
  const limit = parameters.find(({ name }) => name === 'limit');
  assert.deepEqual(limit?.schema, { type: 'integer', minimum: 1, maximum: 1000, default: 1000 });
});

test('an operation with a body requires it, as a file or as JSON with the required members', () => {
  for (const [name, route] of ENTRIES) {
    const { requestBody } = operationOf(route);
    if (route.file_max_bytes !== undefined) {
      assert.equal(requestBody?.required, true, name);
      assert.deepEqual(Object.keys(requestBody.content), ['application/octet-stream'], name);
      continue;
    }
    assert.equal(requestBody === undefined, route.body === undefined, name);
    if (requestBody !== undefined && route.body !== undefined) {
      assert.equal(requestBody.required, true);
      const { required: documented = [] } = requestBody.content['application/json']?.schema ?? {};
      const conditional = Object.entries((route.body as TObject).properties)
        .filter(([, property]) => 'x-conditional' in (property as object))
        .map(([member]) => member);
      const required = listFields(route.body)
        .filter(({ path, faults }) => faults.includes('missing') && !path.includes('.'))
        .map(({ path }) => path)
        .filter((path) => !conditional.includes(path));
      assert.deepEqual(documented, required, name);
    }
  }
});

test('an answer is described as JSON or lines of it, as CSV too where there is one, as bytes, or as empty', () => {
  for (const [name, route] of ENTRIES) {
    const { content = {} } = operationOf(route).responses[route.success.status] ?? {};
    const expected = [
      ...(route.success.media_type === undefined ? [] : [route.success.media_type]),
      ...(route.success.schema === undefined
        ? []
        : [route.json_lines ? 'application/jsonl' : 'application/json']),
      ...(route.csv ? ['text/csv'] : []),
    ];
    assert.deepEqual(Object.keys(content), expected, name);
  }
});

test('every error code of an operation is described under its status', () => {
  for (const [name, route] of ENTRIES) {
    const { responses } = operationOf(route);
    for (const { code, status } of listErrorsOf(route)) {
      assert.ok(responses[status]?.description.includes(`\`${code}\``), `${name} ${code}`);
    }
  }
});

test('every reference leads to something in the document', () => {
  const references = [...JSON.stringify(BUILT).matchAll(/"\$ref":"#\/([^"]+)"/g)];
  assert.ok(references.length > 0);
  for (const [, path = ''] of references) {
    const target = path
      .split('/')
      .reduce<unknown>((node, name) => (node as Record<string, unknown>)?.[name], BUILT);
    assert.ok(target, path);
  }
});

test('an operation lists no code twice, and each with the status of the catalogue', () => {
  for (const [name, route] of ENTRIES) {
    const errors = listErrorsOf(route);
    assert.equal(new Set(errors.map(({ code }) => code)).size, errors.length, name);
    for (const { code, status, field } of errors) {
      const known: Readonly<Record<string, { status: number } | undefined>> = ERROR_CATALOGUE;
      assert.equal(status, field === undefined ? known[code]?.status : 400, code);
    }
  }
});

test('the codes of an operation follow from what it takes and what it does', () => {
  const codesOf = (route: Route) => listErrorsOf(route).map(({ code }) => code);
  const create = codesOf(ROUTES.createOrganization);
  for (const code of [
    'missing_name',
    'name_too_long',
    'invalid_country',
    'missing_organization_contact_email',
    'missing_validations_verified_users',
    'validations_verified_users_first_name_too_long',
    'duplicate_organization',
    'request_too_large',
    'access_denied|missing_permission',
  ]) {
    assert.ok(create.includes(code), code);
  }
  const info = codesOf(ROUTES.getOrganization);
  assert.ok(info.includes('invalid_organization_id'));
  for (const code of ['missing_organization_id', 'request_too_large']) {
    assert.ok(!info.includes(code), code);
  }
});
