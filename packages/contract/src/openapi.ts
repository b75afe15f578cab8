/**
 * Makes the OpenAPI 3.1 document out of the route table and the error catalogue. Pure: the same input
 * gives the same document, which is kept in git and compared by a test.
 */
import type { TSchema } from 'typebox';
import {
  ERROR_CATALOGUE,
  type ErrorCode,
  FIELD_FAULTS,
  type FieldFault,
  fieldOf,
} from './errors.ts';
import { listFields } from './read.ts';
import { fullPathOf, ROUTES, type Route } from './routes.ts';

/** Codes that every operation can answer with. */
const COMMON_ERRORS: readonly ErrorCode[] = [
  'bad_request_format',
  'internal_error',
  'service_unavailable',
];

/** Codes that every operation can answer with that is not open to whoever asks. */
const GUARDED_ERRORS: readonly ErrorCode[] = [
  'access_denied|access_denied_invalid_key',
  'access_denied|missing_permission',
  'request_limit_exceeded',
];

const TAGS = {
  Organizations: 'The registry: create, show, list, change, delete.',
  Orders: 'What is ordered for organizations, as an ordering system tells it.',
  Containers: 'Divisions of the account, and the addresses that requests may come from.',
  Users: 'People, and services that only hold keys.',
  'API keys': 'The keys that act for users.',
  Accounts: 'The account, its subaccounts, and what a key may do.',
  Vetting: "Orgvet's own: for those who look after organizations.",
  Evidence: "Orgvet's own: what validations rest on.",
  Audit: "Orgvet's own: what was done, and the proof that it is all there.",
  'Test accounts': "Orgvet's own: what only test accounts have. A live account answers 404.",
  'Sign-in': "Orgvet's own: sessions of people in browsers. A key has no part in most of it.",
} as const;

type JsonObject = Record<string, unknown>;

/** @param version the version of the product, as in package.json */
export function buildOpenApiDocument(version: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const [operationId, route] of Object.entries(ROUTES) as [string, Route][]) {
    const path = documentedPathOf(route);
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: buildOperation(operationId, route, path),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Orgvet',
      version,
      summary: 'Organization registry and vetting service',
      description:
        'A self-hosted organization registry that speaks the organization part of the CertCentral ' +
        'Services API v2. The error codes are listed in docs/errors.md, the readings of the ' +
        'documents in docs/wire-compatibility.md.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This server' }],
    security: [{ key: [] }, { session: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        key: {
          type: 'apiKey',
          in: 'header',
          name: 'X-DC-DEVKEY',
          description: 'An API key of the account, sent with every request.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-orgvet_session',
          description: 'What a browser that is signed in sends.',
        },
      },
      schemas: { Errors: ERRORS_SCHEMA },
    },
  };
}

/**
 * The path of an operation in the document. Where paths differ only in what their parameters are called
 * they are one path there, with the names of the first.
 */
export function documentedPathOf(route: Route): string {
  const shape = shapeOf(route);
  const first: Route = Object.values(ROUTES).find((other) => shapeOf(other) === shape) ?? route;
  return fullPathOf(first);
}

const PARAMETER = /\{(\w+)\}/g;

const shapeOf = (route: Route): string => fullPathOf(route).replaceAll(PARAMETER, '{}');

const ERRORS_SCHEMA: JsonObject = {
  type: 'object',
  required: ['errors'],
  properties: {
    errors: {
      type: 'array',
      minItems: 1,
      description: 'Everything that is wrong with the request.',
      items: {
        type: 'object',
        required: ['code', 'message'],
        properties: {
          code: { type: 'string', examples: ['missing_name'] },
          message: { type: 'string', examples: ['name is required.'] },
          existing_organization_id: {
            type: 'integer',
            description: 'With `duplicate_organization`: the organization that is already there.',
          },
        },
      },
    },
  },
};

function buildOperation(operationId: string, route: Route, path: string): JsonObject {
  const names = [...path.matchAll(PARAMETER)].map(([, name = '']) => name);
  const parameters = [
    ...buildParameters('path', route.params).map((parameter, index) => ({
      ...parameter,
      name: names[index],
    })),
    ...buildParameters('query', route.query),
  ];
  return {
    operationId,
    tags: [route.tag],
    summary: route.summary,
    ...describeAccess(route),
    ...(parameters.length > 0 && { parameters }),
    ...buildRequestBody(route),
    responses: { ...buildSuccess(route), ...buildErrors(route) },
  };
}

/** Where nothing is said of security, that of the document holds. */
function describeAccess(route: Route): JsonObject {
  const { description } = route;
  if (route.access === 'open') {
    return { description: `${description} Open to whoever asks.`, security: [] };
  }
  const needs = `${description} Needs the permission \`${route.permission}\`.`;
  if (route.access === undefined) {
    return { description: needs };
  }
  const enrolling = route.access === 'enrolment' ? ' Also for who is enrolling.' : '';
  return { description: `${needs} Not by a key.${enrolling}`, security: [{ session: [] }] };
}

function buildRequestBody({ body, file_max_bytes }: Route): JsonObject {
  if (file_max_bytes !== undefined) {
    const description = `The file as it is, of at most ${file_max_bytes} bytes.`;
    const content = { 'application/octet-stream': { schema: BYTES } };
    return { requestBody: { required: true, description, content } };
  }
  return body === undefined
    ? {}
    : {
        requestBody: { required: true, content: { 'application/json': { schema: plain(body) } } },
      };
}

/** Bytes that are no JSON are of no type (OpenAPI 3.1, binary data). */
const BYTES: JsonObject = { contentMediaType: 'application/octet-stream' };

function buildParameters(place: 'path' | 'query', schema: TSchema | undefined): JsonObject[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, TSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = plain(property);
    return { name, in: place, required: required.includes(name), description, schema: rest };
  });
}

function buildSuccess(route: Route): JsonObject {
  const { status, schema, media_type } = route.success;
  if (media_type !== undefined) {
    const content = { [media_type]: { schema: BYTES } };
    return { [status]: { description: route.summary, content } };
  }
  if (schema === undefined) {
    return { [status]: { description: 'Done. The answer has no body.' } };
  }
  return {
    [status]: {
      description: route.summary,
      content: {
        [route.json_lines ? 'application/jsonl' : 'application/json']: { schema: plain(schema) },
        ...(route.csv && {
          'text/csv': {
            schema: { type: 'string', description: 'RFC 4180, with a header row.' },
          },
        }),
      },
    },
  };
}

/** The error answers of an operation by status, each with the codes that can stand in it. */
function buildErrors(route: Route): JsonObject {
  const codesByStatus = new Map<number, string[]>();
  for (const { code, status } of listErrorsOf(route)) {
    codesByStatus.set(status, [...(codesByStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...codesByStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        status,
        {
          description: codes.map((code) => `\`${code}\``).join(', '),
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Errors' } } },
        },
      ]),
  );
}

/** An error that an operation can answer with. */
export interface RouteError {
  readonly code: string;
  readonly status: number;
  /** For a field's code: where the field stands and what is wrong with it. */
  readonly field?: { readonly path: string; readonly fault: FieldFault };
}

/** Every error code that an operation can answer with: common, its own, and those of its fields. */
export function listErrorsOf(route: Route): RouteError[] {
  const fixed: ErrorCode[] = [
    ...(route.access === 'open' ? [] : GUARDED_ERRORS),
    ...COMMON_ERRORS,
    ...route.errors,
  ];
  if (route.method !== 'GET') {
    fixed.push('cross_site_request');
  }
  if (route.body !== undefined || route.file_max_bytes !== undefined) {
    fixed.push('request_too_large');
  }
  return [
    ...fixed.map((code) => ({ code, status: ERROR_CATALOGUE[code].status })),
    ...listFieldErrors(route),
  ];
}

function listFieldErrors(route: Route): RouteError[] {
  const schemas = [route.params, route.query, route.body];
  const errors = schemas.flatMap((schema) =>
    listFields(schema ?? ({} as TSchema)).flatMap(({ path, faults }) =>
      faults
        // A path's id is never absent: without it the path is another one.
        .filter((fault) => !(schema === route.params && fault === 'missing'))
        .map((fault) => ({
          code: FIELD_FAULTS[fault].code(fieldOf(path)),
          status: 400,
          field: { path, fault },
        })),
    ),
  );
  return [...new Map(errors.map((error) => [error.code, error])).values()];
}

/** A schema as plain JSON: without the symbols and functions that TypeBox keeps on it. */
function plain(schema: TSchema): JsonObject {
  return JSON.parse(JSON.stringify(schema));
}
