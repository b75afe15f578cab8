// Proves every limit of "Create organization" at the limit and one over it, in characters: with texts
// whose bytes and UTF-16 units are more than their characters.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkOrganizationCreate, checkOrganizationDetails } from './organization.ts';

/** 4 bytes and 2 UTF-16 units; 3 bytes and 1 unit; 2 bytes and 1 unit; 1 byte. */
const CHARACTERS = ['𝔘', '中', 'é', 'a'];

const PERSON = {
  first_name: 'John',
  last_name: 'Doe',
  job_title: 'Engineer',
  telephone: '1',
  telephone_extension: '2',
  email: 'john.doe@example.com',
};

/** A valid body in which one member is what it should be. */
function bodyWith(path: string, value: string): Record<string, unknown> {
  const [group = '', member = ''] = path.split('.');
  const contact = group === 'organization_contact' ? { [member]: value } : {};
  const verified = group === 'verified_users' ? { [member]: value } : {};
  return {
    name: 'N',
    country: 'us',
    address: 'A',
    city: 'C',
    state: 'S',
    zip: 'Z',
    telephone: 'T',
    organization_contact: { ...PERSON, ...contact },
    validations: [{ type: 'ev', verified_users: [{ ...PERSON, ...verified }] }],
    ...(member === '' && { [group]: value }),
  };
}

function codesOf(body: unknown): string[] {
  return checkOrganizationCreate(body).problems.map(({ code }) => code);
}

function repeat(character: string, length: number): string {
  return character.repeat(length);
}

/** The character limits of the document's request parameters. */
const LIMITS: readonly (readonly [path: string, limit: number])[] = [
  ['name', 64],
  ['address', 64],
  ['address2', 64],
  ['city', 64],
  ['state', 64],
  ['zip', 40],
  ['telephone', 32],
  ['organization_contact.first_name', 128],
  ['organization_contact.last_name', 128],
  ['organization_contact.job_title', 64],
  ['organization_contact.telephone', 32],
  ['organization_contact.telephone_extension', 16],
  ['verified_users.first_name', 128],
  ['verified_users.last_name', 128],
  ['verified_users.job_title', 64],
  ['verified_users.telephone', 32],
  ['verified_users.telephone_extension', 16],
];

function codePrefix(path: string): string {
  return path.replace('verified_users', 'validations_verified_users').replace('.', '_');
}

for (const [path, limit] of LIMITS) {
  test(`${path} may have ${limit} characters, and one more is too long`, () => {
    for (const character of CHARACTERS) {
      assert.deepEqual(codesOf(bodyWith(path, repeat(character, limit))), [], character);
      const codes = codesOf(bodyWith(path, repeat(character, limit + 1)));
      assert.ok(codes.includes(`${codePrefix(path)}_too_long`), character);
    }
  });
}

for (const path of ['organization_contact.email', 'verified_users.email']) {
  test(`${path} may have 255 characters, and one more is too long`, () => {
    for (const character of ['a', 'é', '中']) {
      const domain = '@mail.example.com';
      const longest = repeat(character, 255 - domain.length) + domain;
      assert.deepEqual(codesOf(bodyWith(path, longest)), []);
      const codes = codesOf(bodyWith(path, character + longest));
      assert.ok(codes.includes(`${codePrefix(path)}_too_long`), character);
    }
  });
}

test('a number counts its digits', () => {
  assert.deepEqual(codesOf({ ...bodyWith('', ''), zip: Number.MAX_SAFE_INTEGER }), []);
  const contact = { ...PERSON, telephone_extension: Number.MAX_SAFE_INTEGER };
  assert.deepEqual(codesOf({ ...bodyWith('', ''), organization_contact: contact }), []);
});

test('64 characters of name alone are accepted, also beside a blank assumed name', () => {
  for (const character of CHARACTERS) {
    const name = repeat(character, 64);
    for (const assumed_name of [undefined, null, '', '  ']) {
      assert.deepEqual(codesOf({ ...bodyWith('name', name), assumed_name }), []);
    }
  }
});

test('name and assumed name may have 61 characters together, however they share them', () => {
  for (const character of CHARACTERS) {
    for (let length = 1; length <= 60; length += 1) {
      const name = repeat(character, length);
      const assumed_name = repeat(character, 61 - length);
      assert.deepEqual(codesOf({ ...bodyWith('name', name), assumed_name }), []);
    }
  }
});

test('name and assumed name with 62 characters together are too long, in one problem', () => {
  for (const character of CHARACTERS) {
    for (let length = 2; length <= 61; length += 1) {
      const name = repeat(character, length);
      const assumed_name = repeat(character, 62 - length);
      assert.deepEqual(codesOf({ ...bodyWith('name', name), assumed_name }), ['name_too_long']);
    }
  }
});

test('an assumed name that cannot fit beside any name is too long by itself', () => {
  assert.deepEqual(codesOf({ ...bodyWith('', ''), assumed_name: repeat('𝔘', 60) }), []);
  assert.deepEqual(codesOf({ ...bodyWith('', ''), assumed_name: repeat('𝔘', 61) }), [
    'assumed_name_too_long',
  ]);
});

test('a change of details has the same limits on names', () => {
  const details = (name: string, assumed_name: string) =>
    checkOrganizationDetails({ ...bodyWith('name', name), assumed_name }).problems;
  assert.deepEqual(details(repeat('𝔘', 64), ''), []);
  assert.deepEqual(details(repeat('𝔘', 30), repeat('中', 31)), []);
  assert.equal(details(repeat('𝔘', 31), repeat('中', 31))[0]?.code, 'name_too_long');
  assert.equal(details(repeat('𝔘', 65), '')[0]?.code, 'name_too_long');
});

test('any name and assumed name are accepted exactly if they fit into a certificate', () => {
  const name = fc.array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 70 });
  const assumed = fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 70 });
  fc.assert(
    fc.property(name, assumed, (names, assumed_names) => {
      const body = bodyWith('name', names.join(''));
      const codes = codesOf({ ...body, assumed_name: assumed_names.join('') });
      const fits =
        assumed_names.length === 0 ? names.length <= 64 : names.length + assumed_names.length <= 61;
      assert.equal(codes.length === 0, fits);
    }),
    { numRuns: 300 },
  );
});

test('at most six validations and fifty verified users are read', () => {
  const validations = (count: number) => Array.from({ length: count }, () => ({ type: 'ov' }));
  assert.deepEqual(
    [...new Set(codesOf({ ...bodyWith('', ''), validations: validations(6) }))],
    ['validation_type_duplicate'],
  );
  assert.deepEqual(codesOf({ ...bodyWith('', ''), validations: validations(7) }), [
    'invalid_validations',
  ]);
  const users = (count: number) => [
    {
      type: 'ev',
      verified_users: Array.from({ length: count }, (_, index) => ({ id: index + 1 })),
    },
  ];
  assert.deepEqual(codesOf({ ...bodyWith('', ''), validations: users(50) }), []);
  assert.ok(
    codesOf({ ...bodyWith('', ''), validations: users(51) }).includes(
      'invalid_validations_verified_users',
    ),
  );
});
