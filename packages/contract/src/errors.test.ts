// Proves the error catalogue: codes, messages and statuses, and that a client's words cannot spoil them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ERROR_CATALOGUE, fieldOf, fieldProblem, problem, statusOf } from './errors.ts';

/** Any character, controls included, but never half of a surrogate pair. */
const character = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10_ffff))
  .map((code) => String.fromCodePoint(code).toWellFormed());

const ENTRIES = Object.entries(ERROR_CATALOGUE);

test('every entry has an error status, a message and a meaning that end as sentences', () => {
  for (const [code, { status, message, meaning, source }] of ENTRIES) {
    assert.ok(status >= 400 && status <= 599, code);
    // What others wrote is answered as they wrote it.
    assert.match(message, source === 'Orgvet' ? /^[A-Z].*\.$/s : /^[A-Z]/, code);
    assert.match(meaning, /^[A-Z].*\.$/s, code);
  }
});

test('every code is of the documented form: words in lower case, at most one qualifier', () => {
  for (const [code] of ENTRIES) {
    assert.match(code, /^[a-z]+(_[a-z]+)*(\|[a-z]+(_[a-z]+)*)?$/);
  }
});

test('the recorded answers to a bad key and to an unknown route are word for word', () => {
  assert.deepEqual(problem('access_denied|access_denied_invalid_key'), {
    code: 'access_denied|access_denied_invalid_key',
    message: 'Access denied due to access_denied_invalid_key.',
  });
  assert.equal(statusOf('access_denied|access_denied_invalid_key'), 403);
  assert.deepEqual(problem('not_found|route'), {
    code: 'not_found|route',
    message: 'The specified route was not found.',
  });
  assert.equal(statusOf('not_found|route'), 404);
});

test('a message says the values that it was given', () => {
  assert.equal(
    problem('duplicate_organization', { existing_organization_id: 112236 }).message,
    'An organization with these details already exists: 112236. Use it, or set ' +
      'skip_duplicate_org_check to true to create another one.',
  );
});

test('a value that looks like a place to fill in, or a replacement pattern, is only text', () => {
  for (const parameter of ['{parameter}', '$&', '$1', '$$', '{constructor}']) {
    assert.equal(
      problem('unknown_parameter', { parameter }).message,
      `This endpoint has no query parameter ${parameter}.`,
    );
  }
});

test('a qualifier stands behind a bar and is made of plain characters, at most 64', () => {
  assert.equal(problem('unknown_filter', {}, 'colour').code, 'unknown_filter|colour');
  assert.equal(problem('unknown_filter', {}, 'a|b"c\n').code, 'unknown_filter|a_b_c_');
  assert.equal(
    problem('unknown_filter', {}, 'x'.repeat(10_000)).code,
    `unknown_filter|${'x'.repeat(64)}`,
  );
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 200 }), (name) => {
      assert.match(problem('unknown_filter', {}, name).code, /^unknown_filter\|\w{0,64}$/);
    }),
  );
});

test('a field is named in codes by its path without indexes', () => {
  assert.equal(fieldOf('name'), 'name');
  assert.equal(fieldOf('organization_contact.email'), 'organization_contact_email');
  assert.equal(
    fieldOf('validations[1].verified_users[0].email'),
    'validations_verified_users_email',
  );
  assert.equal(fieldOf('validations[10]'), 'validations');
  assert.equal(fieldOf('filters[status]'), 'filters_status');
});

test('each fault of a field has its code, and its message begins with the path', () => {
  assert.deepEqual(fieldProblem('missing', 'validations[2].type', 'is required.'), {
    code: 'missing_validations_type',
    message: 'validations[2].type is required.',
  });
  assert.equal(fieldProblem('invalid', 'zip', 'is wrong.').code, 'invalid_zip');
  assert.equal(fieldProblem('too_long', 'zip', 'is long.').code, 'zip_too_long');
});

test('every code of the catalogue has its own status, with or without a qualifier', () => {
  for (const [code, { status }] of ENTRIES) {
    assert.equal(statusOf(code), status);
    if (!code.includes('|')) {
      assert.equal(statusOf(`${code}|something`), status);
    }
  }
});

test('the code of a field, and any that the catalogue does not have, is a bad request', () => {
  for (const code of [
    'missing_name',
    'name_too_long',
    '',
    'constructor',
    '__proto__',
    'toString|x',
  ]) {
    assert.equal(statusOf(code), 400, code);
  }
});
