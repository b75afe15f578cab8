// Proves that query strings are split as clients really send them: brackets and percent signs raw or
// encoded, and never a throw.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseQueryString } from './query-string.ts';

/** The parameters as an ordinary object, so that they compare with one. */
function parse(query: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parseQueryString(query)));
}

/** The one value of a query `filters[search]=…`. */
function searchOf(written: string): unknown {
  return parse(`filters[search]=${written}`)['filters[search]'];
}

/** Any well-formed text. */
const text = fc
  .array(fc.oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10_ffff)))
  .map((codes) => String.fromCodePoint(...codes).toWellFormed());

test('no query has no parameters', () => {
  assert.deepEqual(parse(''), {});
});

test('parameters are split at & and =, and a value may hold more of =', () => {
  assert.deepEqual(parse('limit=500&offset=0'), { limit: '500', offset: '0' });
  assert.deepEqual(parse('sort=a=b'), { sort: 'a=b' });
  assert.deepEqual(parse('sort='), { sort: '' });
  assert.deepEqual(parse('sort'), { sort: '' });
});

test('nothing between two & is no parameter', () => {
  assert.deepEqual(parse('&limit=5&&offset=1&'), { limit: '5', offset: '1' });
});

test('brackets are the same raw and encoded, in either case', () => {
  for (const name of ['filters[status]', 'filters%5Bstatus%5D', 'filters%5bstatus%5d']) {
    assert.deepEqual(parse(`${name}=active`), { 'filters[status]': 'active' });
  }
});

test('a parameter given twice comes as both its values', () => {
  assert.deepEqual(parse('limit=1&limit=2'), { limit: ['1', '2'] });
  assert.deepEqual(parse('filters[status]=a&filters%5Bstatus%5D=b'), {
    'filters[status]': ['a', 'b'],
  });
});

test('a percent sign before a word is the same raw and encoded', () => {
  assert.equal(searchOf('%digicert'), '%digicert');
  assert.equal(searchOf('%25digicert'), '%digicert');
  assert.equal(searchOf('%25acme'), '%acme');
  assert.equal(searchOf('%25cafe'), '%cafe');
});

test('a raw percent sign stays where two letters behind it look like a byte but are no character', () => {
  assert.equal(searchOf('%acme'), '%acme');
  assert.equal(searchOf('%cafe'), '%cafe');
  assert.equal(searchOf('%fe%ac'), '%fe%ac');
});

test('a raw percent sign before any word of letters stays', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-gA-Gx-z]{1,8}$/), (word) => {
      assert.equal(searchOf(`%${word}`), `%${word}`);
    }),
    { numRuns: 500 },
  );
});

test('a raw percent sign by itself, or cut short, stays', () => {
  for (const written of ['%', '%%', '%2', '%x', '100%', '% a', '%zz', '%2x', '%é']) {
    assert.equal(searchOf(written.replaceAll(' ', '%20')), written);
  }
});

test('encoded characters behind a raw percent sign are decoded', () => {
  assert.equal(searchOf('%acme%20inc'), '%acme inc');
  assert.equal(searchOf('%ac%C3%A9'), '%acé');
  assert.equal(searchOf('%%C3%A9lan'), '%élan');
  assert.equal(searchOf('%acme+inc'), '%acme inc');
});

test('encoded characters right before a raw percent sign are decoded', () => {
  assert.equal(searchOf('caf%C3%A9%acme'), 'café%acme');
  assert.equal(searchOf('example%20%acme'), 'example %acme');
  assert.equal(searchOf('example+%acme'), 'example %acme');
});

test('a plus is a space, and an encoded plus is a plus', () => {
  assert.equal(searchOf('a+b'), 'a b');
  assert.equal(searchOf('+'), ' ');
  assert.equal(searchOf('a%2Bb'), 'a+b');
});

test('what is decoded is decoded once', () => {
  assert.equal(searchOf('%2525'), '%25');
  assert.equal(searchOf('%252B'), '%2B');
  assert.equal(searchOf('%25%32%35'), '%25');
});

test('what is no UTF-8 stays as it was written', () => {
  for (const written of [
    '%80',
    '%FF',
    '%C3',
    '%C3%28',
    '%C0%AF',
    '%ED%A0%80',
    '%F4%90%80%80',
    '%E4%B8',
  ]) {
    const expected = written === '%C3%28' ? '%C3(' : written;
    assert.equal(searchOf(written), expected);
  }
});

test('characters that were not encoded at all stay', () => {
  assert.equal(searchOf('中𝔘é'), '中𝔘é');
});

test('names that every object knows are parameters like any other', () => {
  const query = parseQueryString('__proto__=a&constructor=b&__proto__[x]=c&hasOwnProperty=d');
  assert.deepEqual(Object.entries(query), [
    ['__proto__', 'a'],
    ['constructor', 'b'],
    ['__proto__[x]', 'c'],
    ['hasOwnProperty', 'd'],
  ]);
  assert.equal(Object.hasOwn(Object.prototype, 'x'), false);
});

test('any text that was encoded comes back, as a name and as a value', () => {
  fc.assert(
    fc.property(text, text, (name, value) => {
      const query = `${encodeURIComponent(`n${name}`)}=${encodeURIComponent(value)}`;
      assert.deepEqual(Object.entries(parseQueryString(query)), [[`n${name}`, value]]);
    }),
    { numRuns: 500 },
  );
});

test('any text that was encoded as a form encodes it comes back', () => {
  fc.assert(
    fc.property(text, (value) => {
      const query = new URLSearchParams({ 'filters[search]': value }).toString();
      assert.equal(parse(query)['filters[search]'], value);
    }),
  );
});

test('no query makes the splitting throw', () => {
  const pieces = fc
    .array(
      fc.constantFrom('%', '%2', '%25', '%C3', '%A9', '%ac', '&', '=', '+', '[', ']', 'é', 'a'),
    )
    .map((parts) => parts.join(''));
  const units = fc.array(fc.nat(0xffff)).map((codes) => String.fromCharCode(...codes));
  fc.assert(
    fc.property(fc.oneof(pieces, units, text), (query) => {
      assert.doesNotThrow(() => parseQueryString(query));
    }),
    { numRuns: 1000 },
  );
});

test('a query as long as a request line may be is split without harm to it', () => {
  const broken = '%80'.repeat(5000);
  assert.equal(searchOf(broken), broken);
  assert.equal(searchOf('%C3%A9'.repeat(2500)), 'é'.repeat(2500));
});

test('a long query that is no encoding at all stays as it was written', () => {
  // Splitting comes before the key is looked at; the pattern behind it cannot look back.
  for (const written of ['%80'.repeat(5000), '%C3'.repeat(5000), '%F0%9F%98'.repeat(1700)]) {
    assert.equal(searchOf(written), written);
  }
  assert.equal(searchOf(`${'%C3%A9'.repeat(2500)}%80`), `${'é'.repeat(2500)}%80`);
});

test('however many empty parameters stand before it, no parameter is ignored', () => {
  assert.deepEqual(parse(`${'&'.repeat(3000)}limit=5`), { limit: '5' });
});

test('however many parameters stand before it, a repeated one is seen as repeated', () => {
  const names = Array.from({ length: 2000 }, (_, index) => `p${index}=1`).join('&');
  assert.deepEqual(parse(`limit=1&${names}&limit=2`).limit, ['1', '2']);
});
