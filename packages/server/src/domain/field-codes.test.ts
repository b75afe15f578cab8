// Proves, for every operation with a body and every field of it, that each fault the contract lists is
// answered with its code, and that no other codes are answered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldOf, listErrorsOf, listFields, ROUTES, type Route } from '@orgvet/contract';
import fc from 'fast-check';
import type { TSchema } from 'typebox';
import { type JsonObject, type OperationWithBody, SAMPLES } from '../../test/body-samples.ts';

/** What this test needs to know of a field's schema. */
interface FieldSchema {
  readonly type: string | readonly string[];
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly 'x-multiline'?: true;
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

function bodyWith(valid: JsonObject, path: string, value: unknown): JsonObject {
  const body: JsonObject = structuredClone(valid);
  const { holder, member } = holderOf(body, path);
  holder[member] = value;
  return body;
}

function bodyWithout(valid: JsonObject, path: string): JsonObject {
  const body: JsonObject = structuredClone(valid);
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

/** Whether a body has a field, or could have it where it has the object around it. */
function hasField(valid: JsonObject, path: string): boolean {
  const { holder, member } = holderOf(valid, path);
  return holder !== undefined && member in holder;
}

const ENTRIES = Object.entries(SAMPLES).flatMap(([operation, samples]) =>
  samples.map((sample, index) => ({
    operation: samples.length === 1 ? operation : `${operation} (${index + 1})`,
    route: ROUTES[operation as OperationWithBody] as Route,
    ...sample,
  })),
);

/** Whether a field stands for what is else named by others, so that no body has both. */
function excludesOthers(path: string): boolean {
  return ['verified_users.id', 'organization.id', 'contacts.user_id'].some((end) =>
    path.endsWith(end),
  );
}

test('every field of every body is in one of the samples', () => {
  for (const [operation, samples] of Object.entries(SAMPLES)) {
    for (const { path } of listFields(ROUTES[operation as OperationWithBody].body)) {
      assert.ok(
        excludesOthers(path) || samples.some(({ valid }) => hasField(valid, path)),
        `${operation} ${path}`,
      );
    }
  }
});

for (const { operation, route, check, valid, kind } of ENTRIES) {
  const fields = listFields(route.body ?? ({} as TSchema)).filter(
    ({ path }) => hasField(valid, path) || excludesOthers(path),
  );
  const codesOf = (body: unknown) => check(body).problems.map(({ code }) => code);

  test(`${operation} accepts a body with every member`, () => {
    assert.deepEqual(codesOf(valid), []);
  });

  for (const { path, faults } of fields) {
    const schema = schemaAt(route, path);
    const name = fieldOf(path);

    if (faults.includes('missing')) {
      test(`${operation} answers missing_${name} where ${path} is absent, null or blank`, () => {
        assert.deepEqual(codesOf(bodyWithout(valid, path)), [`missing_${name}`]);
        assert.deepEqual(codesOf(bodyWith(valid, path, null)), [`missing_${name}`]);
        assert.deepEqual(codesOf(bodyWith(valid, path, ' \u3000')), [`missing_${name}`]);
      });
    } else if (path !== kind) {
      test(`${operation} does without ${path}`, () => {
        assert.deepEqual(codesOf(bodyWithout(valid, path)), []);
        assert.deepEqual(codesOf(bodyWith(valid, path, null)), []);
      });
    }

    test(`${operation} answers invalid_${name} to a value of a wrong type in ${path}`, () => {
      assert.ok(codesOf(bodyWith(valid, path, wrongFor(schema))).includes(`invalid_${name}`));
    });

    if (schema.maxLength !== undefined) {
      const tooLong = '𝔘'.repeat(schema.maxLength + 1);
      test(`${operation} answers ${name}_too_long to one character too many in ${path}`, () => {
        assert.ok(faults.includes('too_long'));
        assert.ok(codesOf(bodyWith(valid, path, tooLong)).includes(`${name}_too_long`));
      });
    }

    if (isFreeText(schema)) {
      test(`${operation} answers invalid_${name} to control characters and broken Unicode in ${path}`, () => {
        const inLines = schema['x-multiline'] ? [] : ['\nb', 'a\tb'];
        for (const wrong of ['a\0', 'a\u202Eb', 'a\uD800b', '\uDC00', ...inLines]) {
          assert.ok(codesOf(bodyWith(valid, path, wrong)).includes(`invalid_${name}`));
        }
      });
    }
  }

  test(`${operation} answers one fault in one field with one problem`, () => {
    const answered = fields.flatMap(({ path }) => {
      const codes = codesOf(bodyWith(valid, path, wrongFor(schemaAt(route, path))));
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
        const body: JsonObject = structuredClone(valid);
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
