// Proves, for every operation with a body and every field of it, that each fault the contract lists is
// answered with its code, and that no other codes are answered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fieldOf,
  listErrorsOf,
  listFields,
  type Problem,
  ROUTES,
  type Route,
} from '@orgvet/contract';
import fc from 'fast-check';
import { checkOrganizationCreate, checkOrganizationDetails } from './organization.ts';

type JsonObject = Record<string, unknown>;

/** How the body of each operation is checked. */
const CHECKS: Readonly<Record<string, (body: unknown) => { readonly problems: Problem[] }>> = {
  createOrganization: checkOrganizationCreate,
  changeOrganizationDetails: checkOrganizationDetails,
};

const PERSON = {
  first_name: 'Jane',
  last_name: 'Doe',
  job_title: 'Manager',
  email: 'jane.doe@example.com',
  telephone: '555-555-0100',
  telephone_extension: '736',
};

/** A body in which every field can be reached; a verified user has no `id`, or the rest would not count. */
const VALID = {
  name: 'Example',
  assumed_name: 'Example',
  country: 'us',
  address: 'ABC Movers',
  address2: 'Floor 08',
  city: 'Springfield',
  state: 'Virginia',
  zip: '22162',
  telephone: '555-555-0100',
  organization_contact: PERSON,
  skip_duplicate_org_check: false,
  organization: { skip_duplicate_org_check: false },
  validations: [{ type: 'ev', verified_users: [{ ...PERSON }] }],
};

/** What this test needs to know of a field's schema. */
interface FieldSchema {
  readonly type: string | readonly string[];
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
}

function schemaAt(route: Route, path: string): FieldSchema {
  let schema = route.body as unknown as FieldSchema;
  for (const name of path.split('.')) {
    const below = (schema.items ?? schema).properties?.[name];
    assert.ok(below, path);
    schema = below;
  }
  return schema;
}

/** The object of a body that holds the last member of a path; arrays are entered at their first item. */
function holderOf(body: JsonObject, path: string): { holder: JsonObject; member: string } {
  const names = path.split('.');
  const member = names.pop() ?? '';
  let holder = body;
  for (const name of names) {
    const below: unknown = holder?.[name];
    holder = (Array.isArray(below) ? below[0] : below) as JsonObject;
  }
  return { holder, member };
}

function bodyWith(path: string, value: unknown): JsonObject {
  const body: JsonObject = structuredClone(VALID);
  const { holder, member } = holderOf(body, path);
  holder[member] = value;
  return body;
}

function bodyWithout(path: string): JsonObject {
  const body: JsonObject = structuredClone(VALID);
  const { holder, member } = holderOf(body, path);
  delete holder[member];
  return body;
}

/** A value that has none of the types that the field may have. */
function wrongFor({ type }: FieldSchema): unknown {
  return type === 'boolean' ? 'true' : true;
}

function isFreeText(schema: FieldSchema): boolean {
  return [schema.type].flat().includes('string') && schema.enum === undefined;
}

const ENTRIES: readonly (readonly [string, Route])[] = Object.entries(ROUTES);

for (const [operation, route] of ENTRIES) {
  if (route.body === undefined) {
    continue;
  }
  const check = CHECKS[operation] ?? assert.fail(`${operation} has a body and no check here.`);
  const fields = listFields(route.body);
  const codesOf = (body: unknown) => check(body).problems.map(({ code }) => code);

  test(`${operation} accepts a body with every member`, () => {
    assert.deepEqual(codesOf(VALID), []);
  });

  for (const { path, faults } of fields) {
    const schema = schemaAt(route, path);
    const name = fieldOf(path);

    if (faults.includes('missing')) {
      test(`${operation} answers missing_${name} where ${path} is absent, null or blank`, () => {
        assert.deepEqual(codesOf(bodyWithout(path)), [`missing_${name}`]);
        assert.deepEqual(codesOf(bodyWith(path, null)), [`missing_${name}`]);
        assert.deepEqual(codesOf(bodyWith(path, ' \u3000')), [`missing_${name}`]);
      });
    } else {
      test(`${operation} does without ${path}`, () => {
        assert.deepEqual(codesOf(bodyWithout(path)), []);
        assert.deepEqual(codesOf(bodyWith(path, null)), []);
      });
    }

    test(`${operation} answers invalid_${name} to a value of a wrong type in ${path}`, () => {
      assert.ok(codesOf(bodyWith(path, wrongFor(schema))).includes(`invalid_${name}`));
    });

    if (schema.maxLength !== undefined) {
      const tooLong = '𝔘'.repeat(schema.maxLength + 1);
      test(`${operation} answers ${name}_too_long to one character too many in ${path}`, () => {
        assert.ok(faults.includes('too_long'));
        assert.ok(codesOf(bodyWith(path, tooLong)).includes(`${name}_too_long`));
      });
    }

    if (isFreeText(schema)) {
      test(`${operation} answers invalid_${name} to control characters and broken Unicode in ${path}`, () => {
        for (const wrong of ['a\0', '\nb', 'a\tb', 'a\u202Eb', 'a\uD800b', '\uDC00']) {
          assert.ok(codesOf(bodyWith(path, wrong)).includes(`invalid_${name}`));
        }
      });
    }
  }

  test(`${operation} answers one fault in one field with one problem`, () => {
    const answered = fields.flatMap(({ path }) => {
      const codes = codesOf(bodyWith(path, wrongFor(schemaAt(route, path))));
      return codes.length === 1 ? [] : [codes];
    });
    assert.deepEqual(answered, []);
  });

  test(`${operation} answers only codes that it is listed with, whatever is sent`, () => {
    const listed = new Set(listErrorsOf(route).map(({ code }) => code));
    const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'grapheme' }));
    const change = fc.tuple(fc.constantFrom(...fields.map(({ path }) => path)), value);
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
        const body: JsonObject = structuredClone(VALID);
        for (const [path, sent] of changes) {
          const { holder, member } = holderOf(body, path);
          if (typeof holder === 'object' && holder !== null) {
            holder[member] = sent;
          }
        }
        for (const { code } of check(body).problems) {
          assert.ok(listed.has(code), code);
        }
      }),
      { numRuns: 500 },
    );
  });
}
