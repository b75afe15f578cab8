// Proves how request bodies are read by a schema: every problem found at once, blank members absent,
// unknown members dropped, lengths in characters, and nothing a client can send breaks it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Static, Type } from 'typebox';
import { conditional, email, id, oneOf, optional, text, textOrNumber } from './fields.ts';
import { type Formats, listFields, type Reading, readBody } from './read.ts';

/** Any character, controls included, but never half of a surrogate pair. */
const character = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10_ffff))
  .map((code) => String.fromCodePoint(code).toWellFormed());

const Order = Type.Object({
  name: text(10, 'Name.'),
  nickname: optional(text(3, 'Nickname.')),
  email: email('Email.'),
  zip: textOrNumber(5, 'Postal code.'),
  kind: oneOf(['box', 'bag'] as const, 'Kind.'),
  user_id: optional(id('User.')),
  is_gift: optional(Type.Boolean()),
  recipient: optional(Type.Object({ city: text(4, 'City.') })),
  lines: optional(
    Type.Array(Type.Object({ label: text(3, 'Label.'), note: conditional(text(3, 'Note.')) }), {
      maxItems: 2,
    }),
  ),
});

const FORMATS: Formats = { email: (value) => /^[^@]+@[^@]+$/.test(value) };

const VALID = { name: 'Ann', email: 'ann@example.com', zip: '12345', kind: 'box' };

function read(body: unknown): Reading<Static<typeof Order>> {
  return readBody(Order, body, FORMATS);
}

function codesOf(body: unknown): string[] {
  return read(body).problems.map(({ code }) => code);
}

test('a body with every required member is read without problems', () => {
  assert.deepEqual(read(VALID), { problems: [], faulty: new Set(), value: VALID });
});

test('an object that is taken as it was sent keeps all that is in it, and must be an object', () => {
  const Whole = Type.Object({
    rules: Type.Unsafe<object>({ type: 'object', 'x-as-sent': true }),
  });
  const sent = { name: ' ', anything: [null, { deep: 1.5 }] };
  assert.deepEqual(readBody(Whole, { rules: sent }, FORMATS).value, { rules: sent });
  for (const rules of ['{}', [sent], 7, true]) {
    const { problems } = readBody(Whole, { rules }, FORMATS);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['invalid_rules'],
    );
  }
});

test('a body that is no JSON object has one problem of form', () => {
  for (const body of [null, undefined, [], [VALID], 'name', 5, true]) {
    assert.deepEqual(codesOf(body), ['bad_request_format'], JSON.stringify(body));
  }
});

test('every problem of a body is found at once, each naming where it stands', () => {
  const { problems } = read({
    nickname: 'long',
    email: 'nowhere',
    zip: {},
    kind: 'sack',
    user_id: 0,
    is_gift: 'yes',
    recipient: { city: 'London' },
    lines: [{ label: 'a' }, { note: 5 }],
  });
  assert.deepEqual(
    problems.map(({ code, message }) => [code, message.split(' ')[0]]),
    [
      ['missing_name', 'name'],
      ['nickname_too_long', 'nickname'],
      ['invalid_email', 'email'],
      ['invalid_zip', 'zip'],
      ['invalid_kind', 'kind'],
      ['invalid_user_id', 'user_id'],
      ['invalid_is_gift', 'is_gift'],
      ['recipient_city_too_long', 'recipient.city'],
      ['missing_lines_label', 'lines[1].label'],
      ['invalid_lines_note', 'lines[1].note'],
    ],
  );
});

test('the paths of the fields that have a problem are told, those of the others are not', () => {
  const { faulty } = read({ ...VALID, name: null, nickname: 'ok', lines: [{ label: 'long' }] });
  assert.deepEqual([...faulty], ['name', 'lines[0].label']);
});

test('a required member that is absent, null or blank is missing', () => {
  for (const name of [undefined, null, '', ' ', '\t \n', '\u00A0', '\u3000', '\u200B\u00AD']) {
    assert.deepEqual(codesOf({ ...VALID, name }), ['missing_name'], JSON.stringify(name));
  }
});

test('an optional member that is null or blank is as good as absent', () => {
  const { problems, value } = read({
    ...VALID,
    nickname: ' ',
    user_id: null,
    is_gift: null,
    recipient: null,
    lines: null,
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(Object.keys(value), Object.keys(VALID));
});

test('members come out in the order of the schema, whatever order they were sent in', () => {
  const { value } = read({ kind: 'bag', zip: '1', email: 'a@b', name: 'Ann' });
  assert.deepEqual(Object.keys(value), ['name', 'email', 'zip', 'kind']);
});

test('unknown members are dropped, on every level', () => {
  const { problems, value } = read({ ...VALID, extra: 1, recipient: { city: 'Rome', extra: 2 } });
  assert.deepEqual(problems, []);
  assert.deepEqual(value, { ...VALID, recipient: { city: 'Rome' } });
});

test('members named __proto__ or constructor reach no prototype and stand in for nothing', () => {
  const hostile: unknown = JSON.parse(
    `{"__proto__":{"name":"Eve","polluted":1},"constructor":{"prototype":{"polluted":1}},
      "email":"a@b","zip":"1","kind":"box"}`,
  );
  const { problems, value } = read(hostile);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['missing_name'],
  );
  assert.deepEqual(Object.keys(value), ['email', 'zip', 'kind']);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
});

test('a member that only a prototype has is missing', () => {
  assert.deepEqual(codesOf(Object.create(VALID)), [
    'missing_name',
    'missing_email',
    'missing_zip',
    'missing_kind',
  ]);
});

test('a whole number is taken for its digits only where the schema allows numbers', () => {
  assert.equal(read({ ...VALID, zip: 1234 }).value.zip, '1234');
  assert.equal(read({ ...VALID, zip: 0 }).value.zip, '0');
  assert.deepEqual(codesOf({ ...VALID, zip: 123456 }), ['zip_too_long']);
  for (const zip of [-1, 1.5, 2 ** 53, 1e21, true, ['1'], {}]) {
    assert.deepEqual(codesOf({ ...VALID, zip }), ['invalid_zip'], JSON.stringify(zip));
  }
  assert.deepEqual(codesOf({ ...VALID, name: 5 }), ['invalid_name']);
});

test('an id is a positive whole number that JavaScript holds exactly, and never a text', () => {
  for (const user_id of [1, Number.MAX_SAFE_INTEGER]) {
    assert.deepEqual(read({ ...VALID, user_id }), {
      problems: [],
      faulty: new Set(),
      value: { ...VALID, user_id },
    });
  }
  for (const user_id of [0, -1, 1.5, 2 ** 53, '1', true, [1]]) {
    assert.deepEqual(codesOf({ ...VALID, user_id }), ['invalid_user_id'], JSON.stringify(user_id));
  }
});

test('a boolean in a body is true or false and nothing that looks like it', () => {
  assert.equal(read({ ...VALID, is_gift: false }).value.is_gift, false);
  for (const is_gift of ['true', 1, 0, {}]) {
    assert.deepEqual(codesOf({ ...VALID, is_gift }), ['invalid_is_gift']);
  }
});

test('a word from a list must be spelled as in the list', () => {
  for (const kind of ['BOX', 'boxes', 'toString', 'x'.repeat(1000)]) {
    assert.deepEqual(codesOf({ ...VALID, kind }), ['invalid_kind']);
  }
});

test('an array takes as many items as it may and no more', () => {
  const line = { label: 'abc' };
  assert.deepEqual(read({ ...VALID, lines: [line, line] }).value.lines, [line, line]);
  assert.deepEqual(read({ ...VALID, lines: [] }).value.lines, []);
  assert.deepEqual(codesOf({ ...VALID, lines: [line, line, line] }), ['invalid_lines']);
});

test('an array item that is no object is a problem of the array', () => {
  assert.deepEqual(codesOf({ ...VALID, lines: [null] }), ['invalid_lines']);
  assert.deepEqual(codesOf({ ...VALID, lines: ['abc'] }), ['invalid_lines']);
  assert.deepEqual(codesOf({ ...VALID, lines: { 0: { label: 'a' } } }), ['invalid_lines']);
});

const FORBIDDEN = [
  '\0',
  '\t',
  '\n',
  '\r',
  '\u007F',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u202E',
  '\u2066',
];

test('control characters, line breaks, direction marks and broken Unicode are refused', () => {
  for (const wrong of [...FORBIDDEN, '\uD800', '\uDC00', '\uDC00\uD800']) {
    assert.deepEqual(
      codesOf({ ...VALID, name: `a${wrong}b` }),
      ['invalid_name'],
      JSON.stringify(wrong),
    );
  }
});

test('a text comes out exactly as it was sent, or is refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 10 }), (name) => {
      const { problems, value } = read({ ...VALID, name });
      if (problems.length === 0) {
        assert.equal(value.name, name);
      } else {
        assert.match(name, /^[\s\p{Z}\p{Cf}]*$|[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
      }
    }),
  );
});

test('a limit counts characters, however many bytes or UTF-16 units they have', () => {
  const characters = fc.array(fc.constantFrom('a', 'é', '中', '𝔘', '🏢'), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(characters, (name) => {
      const expected = name.length <= 10 ? [] : ['name_too_long'];
      assert.deepEqual(codesOf({ ...VALID, name: name.join('') }), expected);
    }),
  );
});

test('no JSON that a client can send makes the reading throw, and what is accepted reads again', () => {
  const members = Object.keys(Order.properties).map((name) => [
    name,
    fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<unknown>('box', 'a@b', 7, true)),
  ]);
  const body = fc.record(Object.fromEntries(members), { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(body, fc.jsonValue()), (sent) => {
      const { problems, value } = read(sent);
      if (problems.length === 0) {
        assert.deepEqual(read(value), { problems: [], faulty: new Set(), value });
      }
    }),
  );
});

test('the fields of a schema are listed with their paths and the faults they can have', () => {
  assert.deepEqual(
    listFields(Order).map(({ path, faults }) => `${path}: ${faults.join(' ')}`),
    [
      'name: missing invalid too_long',
      'nickname: invalid too_long',
      'email: missing invalid too_long',
      'zip: missing invalid too_long',
      'kind: missing invalid',
      'user_id: invalid',
      'is_gift: invalid',
      'recipient: invalid',
      'recipient.city: missing invalid too_long',
      'lines: invalid',
      'lines.label: missing invalid too_long',
      'lines.note: missing invalid too_long',
    ],
  );
});

test('a schema without members has no fields', () => {
  assert.deepEqual(listFields(Type.Object({})), []);
  assert.deepEqual(listFields(Type.String()), []);
});
