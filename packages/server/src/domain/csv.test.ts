// Proves that CSV lines read back by RFC 4180 as what was written, and that no cell is a formula when a
// spreadsheet opens them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { renderCsvLine } from './csv.ts';

/** Any character, controls included, but never half of a surrogate pair. */
const character = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10_ffff))
  .map((code) => String.fromCodePoint(code).toWellFormed());

/** One record by RFC 4180, section 2; refuses what the section does not allow. */
function parseRecord(line: string): string[] {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    const [whole, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))/.exec(rest) ?? [''];
    cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    rest = rest.slice(whole.length);
    if (rest === '\r\n') {
      return cells;
    }
    assert.equal(rest[0], ',', `after cell ${cells.length} of ${JSON.stringify(line)}`);
    rest = rest.slice(1);
  }
}

function renderCell(cell: string | number | boolean): string {
  const [rendered = '', ...others] = parseRecord(renderCsvLine([cell]));
  assert.deepEqual(others, []);
  return rendered;
}

/** Not beginning with what a spreadsheet takes for the start of a formula. */
const harmless = fc
  .string({ unit: character })
  .filter((text) => !/^[=+\-@\t\r＝＋－＠]/.test(text));

test('a line is its cells with commas between them and ends with CR LF', () => {
  assert.equal(renderCsvLine(['id', 'name']), 'id,name\r\n');
  assert.equal(
    renderCsvLine([112233, 'Example Organization Inc.', true, '']),
    '112233,Example Organization Inc.,true,\r\n',
  );
});

test('a cell is quoted where it has a comma, a quote or a line break, and only there', () => {
  assert.equal(renderCsvLine(['Example, LLC']), '"Example, LLC"\r\n');
  assert.equal(renderCsvLine(['The "Best" Org']), '"The ""Best"" Org"\r\n');
  assert.equal(renderCsvLine(['a\nb', 'a\rb']), '"a\nb","a\rb"\r\n');
  assert.equal(renderCsvLine([' a b; ', "it's", '中𝔘']), " a b; ,it's,中𝔘\r\n");
});

test('any texts read back as they were written', () => {
  fc.assert(
    fc.property(fc.array(harmless, { minLength: 1 }), (cells) => {
      assert.deepEqual(parseRecord(renderCsvLine(cells)), cells);
    }),
  );
});

test('texts made of what CSV is made of read back too', () => {
  const cell = fc
    .array(fc.constantFrom('"', ',', '\r', '\n', "'", 'a'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      const expected = cells.map((text) => (text.startsWith('\r') ? `'${text}` : text));
      assert.deepEqual(parseRecord(renderCsvLine(cells)), expected);
    }),
    { numRuns: 500 },
  );
});

test('numbers and booleans stand as they are, negative ones too', () => {
  assert.equal(renderCsvLine([0, -5, 1.5, true, false]), '0,-5,1.5,true,false\r\n');
});

test('a cell that a spreadsheet would run as a formula is made text by an apostrophe', () => {
  for (const text of [
    '=1+1',
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-cmd|' /C calc'!A0",
    '-2+3',
    '+2+3',
    '-2+3+cmd|x',
    '@SUM(A1)',
    '@SUM(1,2)',
    '=HYPERLINK("http://example.com","x")',
    '\t=1+1',
    '\r=1+1',
    '+A1',
    '-A1',
    '+1*2',
    '-1^2',
    '+1 801-555-0100+A1',
    "+1 801-555-0100 x12|'calc'!A0",
    '=',
    '@',
  ]) {
    assert.equal(renderCell(text), `'${text}`);
  }
});

test('whatever begins with = or @, or with a sign and is no number, is made text', () => {
  const start = fc.oneof(
    fc.constantFrom('=', '@'),
    fc
      .tuple(fc.constantFrom('+', '-', '\t', '\r'), fc.stringMatching(/^[0-9 ]*[a-w=@|!*&^<>'"]$/))
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(start, fc.string({ unit: character }), (first, rest) => {
      const text = first + rest;
      fc.pre(!/^\+?[\d ]*ext?/i.test(text)); // may be a telephone with its extension
      assert.equal(renderCell(text), `'${text}`);
    }),
    { numRuns: 500 },
  );
});

test('a telephone number is left alone, with its plus and its extension', () => {
  for (const telephone of [
    '+1 801-555-0100',
    '+1-801-555-0100',
    '+1 (801) 555-0100',
    '+1.801.555.0100',
    '+18015550100',
    '+49 30/1234567',
    '+1 801-555-0100 x12',
    '+1 801-555-0100 ext. 736',
    '801-701-9600',
    '(801) 555-0100',
  ]) {
    assert.equal(renderCell(telephone), telephone);
  }
});

test('what begins with a minus, a tab or a carriage return is no telephone number', () => {
  for (const text of [
    '-2-3',
    '-1/2',
    '-801 555 0100',
    '\t801-555-0100',
    '\r801-555-0100',
    '\t',
    '\r',
  ]) {
    assert.equal(renderCell(text), `'${text}`);
  }
});
