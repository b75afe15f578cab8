/**
 * Proves that files come out line by line, the same however they are split into pieces, and that what
 * cannot be read is told of where it stands.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs, { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, mock, test } from 'node:test';
import fc from 'fast-check';
import type { ImportLine } from '../operations/import-line.ts';
import { bodyOfCells, FileError } from './csv-columns.ts';
import { type FileFormat, openOrganizationFile } from './organization-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'orgvet-file-'));

/** How large the pieces are that files are read in; as large as they are outside of tests, if undefined. */
let piece_bytes: number | undefined;

const { createReadStream } = fs;
mock.method(fs, 'createReadStream', (path: string, options: object) =>
  createReadStream(path, piece_bytes ? { ...options, highWaterMark: piece_bytes } : options),
);
// So that who has imported it by name has this one.
syncBuiltinESMExports();

after(() => {
  mock.restoreAll();
  syncBuiltinESMExports();
  rmSync(directory, { recursive: true });
});

let files = 0;

function write(content: string | Uint8Array): string {
  files += 1;
  const path = join(directory, `file-${files}`);
  writeFileSync(path, content);
  return path;
}

/** A chunk as it is read outside of tests, and the longest line that is taken. */
const CHUNK_BYTES = 1_048_576;
const LINE_MAX_BYTES = 262_144;

const ignore = () => {};

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) {
    collected.push(item);
  }
  return collected;
}

async function readLots(
  path: string,
  format: FileFormat,
  told: (message: string) => void = ignore,
): Promise<ImportLine[][]> {
  const file = await openOrganizationFile(path, format, told);
  assert.equal(file.readBytes(), 0);
  const lots = await collect(file.lots());
  assert.equal(file.readBytes(), file.size_bytes);
  return lots;
}

async function read(content: string | Uint8Array, format: FileFormat): Promise<ImportLine[]> {
  const path = write(content);
  try {
    return (await readLots(path, format)).flat();
  } finally {
    rmSync(path);
  }
}

const numbersOf = (lines: readonly ImportLine[]) => lines.map(({ number }) => number);

const contentsOf = (lines: readonly ImportLine[]) => lines.map(({ content }) => content);

/** A line, or a record, of a file and what must come out of it; nothing for a blank one. */
interface Piece {
  readonly bytes: Buffer;
  readonly content?: ImportLine['content'];
}

const NOT_JSON = { fault: 'the line is not valid JSON' };
const NOT_UTF8 = { fault: 'the line is not UTF-8' };

const jsonLine: fc.Arbitrary<Piece> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.jsonValue({ stringUnit: 'binary', maxDepth: 2 }).map((value) => {
      const text = JSON.stringify(value);
      return { bytes: Buffer.from(text), content: { body: JSON.parse(text) as unknown } };
    }),
  },
  fc.constantFrom('', ' ', '\t ', '\u3000').map((text) => ({ bytes: Buffer.from(text) })),
  fc
    .constantFrom('{"a":', 'name', "{'a':1}", '{}{}', '{"a":1},', '[1,]', '"\u0007"')
    .map((text) => ({ bytes: Buffer.from(text), content: NOT_JSON })),
  fc
    .constantFrom([0xff], [0x22, 0xc3, 0x22], [0x22, 0xe9, 0x22], [0xed, 0xa0, 0x80], [0xc0, 0xaf])
    .map((bytes) => ({ bytes: Buffer.from(bytes), content: NOT_UTF8 })),
);

const jsonFile = fc.record({
  lines: fc.array(jsonLine, { maxLength: 12 }),
  ends: fc.array(fc.constantFrom('\n', '\r\n'), { minLength: 12, maxLength: 12 }),
  hasLastEnd: fc.boolean(),
  hasMark: fc.boolean(),
  piece_bytes: fc.integer({ min: 1, max: 40 }),
});

test('JSON lines are the same in whatever pieces they are read', async () => {
  await fc.assert(
    fc.asyncProperty(jsonFile, async ({ lines, ends, hasLastEnd, hasMark, ...rest }) => {
      piece_bytes = rest.piece_bytes;
      const parts = lines.flatMap(({ bytes }, index) => [bytes, Buffer.from(ends[index] ?? '\n')]);
      const content = Buffer.concat([
        Buffer.from(hasMark ? '\uFEFF' : ''),
        ...(hasLastEnd ? parts : parts.slice(0, -1)),
      ]);
      const expected = lines.flatMap(({ content }, index) =>
        content === undefined ? [] : [{ number: index + 1, content }],
      );
      assert.deepEqual(await read(content, 'jsonl'), expected);
    }),
    { numRuns: 150 },
  );
  piece_bytes = undefined;
});

const COLUMNS = ['name', 'city', 'organization_contact.first_name', 'skip_duplicate_org_check'];

/** Cells with all that has to be quoted; how cells with both characters of a line's end are counted is open. */
const cell = fc.oneof(
  fc
    .array(fc.constantFrom(...'"",\nab é漢😀', '\r\n', '""', 'true', '\u00a0'), { maxLength: 8 })
    .map((characters) => characters.join('')),
  fc
    .string({ unit: 'binary', maxLength: 8 })
    .map((text) => text.replaceAll(/[\r\ufeff\ufffd]/g, '')),
);

interface CsvPiece {
  readonly cells: readonly string[];
  readonly isQuoted: boolean;
}

const csvRecord: fc.Arbitrary<CsvPiece> = fc.record({
  cells: fc.oneof(
    { weight: 5, arbitrary: fc.array(cell, { minLength: 4, maxLength: 4 }) },
    { weight: 2, arbitrary: fc.constant<string[]>([]) },
    fc.array(cell, { minLength: 2, maxLength: 6 }),
    cell.map((only) => [`${only}.`]),
  ),
  isQuoted: fc.boolean(),
});

const csvFile = fc.record({
  records: fc.array(csvRecord, { maxLength: 8 }),
  ends: fc.array(fc.constantFrom('\n', '\r\n'), { minLength: 9, maxLength: 9 }),
  hasLastEnd: fc.boolean(),
  hasMark: fc.boolean(),
  isHeadQuoted: fc.boolean(),
  piece_bytes: fc.integer({ min: 1, max: 40 }),
});

function renderRecord({ cells, isQuoted }: CsvPiece): string {
  return cells
    .map((text) => (isQuoted || /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(',');
}

test('CSV is the same in whatever pieces it is read', async () => {
  await fc.assert(
    fc.asyncProperty(csvFile, async ({ records, ends, hasLastEnd, hasMark, ...rest }) => {
      piece_bytes = rest.piece_bytes;
      const head = renderRecord({ cells: COLUMNS, isQuoted: rest.isHeadQuoted });
      const lines = [head, ...records.map(renderRecord)];
      const parts = lines.flatMap((line, index) => [line, ends[index] ?? '']);
      const text = (hasLastEnd ? parts : parts.slice(0, -1)).join('');
      const content = `${hasMark ? '\uFEFF' : ''}${text}`;
      let number = 1;
      const expected = records.flatMap((record) => {
        number += renderRecord(record).split('\n').length;
        const { cells } = record;
        if (cells.length === 0) {
          return [];
        }
        const fault = `it has ${cells.length} cells, the first line ${COLUMNS.length}`;
        const isWhole = cells.length === COLUMNS.length;
        return [{ number, content: isWhole ? { body: bodyOfCells(COLUMNS, cells) } : { fault } }];
      });
      assert.deepEqual(await read(content, 'csv'), expected);
    }),
    { numRuns: 150 },
  );
  piece_bytes = undefined;
});

/** So many lines that the first chunk ends inside one, `shift` bytes further on each time. */
function fillChunk(shift: number, render: (text: string) => string): Buffer {
  const line = render(`${'漢字😀é'.repeat(40)}`);
  const lines = Math.ceil(CHUNK_BYTES / Buffer.byteLength(line)) + 3;
  const content = Buffer.from(render('x'.repeat(shift)) + line.repeat(lines));
  assert.ok(content.length > CHUNK_BYTES);
  return content;
}

test('characters and lines that fall between two chunks stay whole', async () => {
  for (let shift = 1; shift <= 12; shift += 1) {
    const json = fillChunk(shift, (name) => `${JSON.stringify({ name })}\r\n`);
    const csv = fillChunk(shift, (name) => `${name},"${name}\n"\r\n`);
    const text = '漢字😀é'.repeat(40);
    const [first, ...others] = await read(json, 'jsonl');
    assert.deepEqual(first, { number: 1, content: { body: { name: 'x'.repeat(shift) } } });
    assert.ok(others.length > 1000);
    for (const [index, line] of others.entries()) {
      assert.deepEqual(line, { number: index + 2, content: { body: { name: text } } });
    }
    const [, ...records] = await read(`name,city\r\n${csv}`, 'csv');
    assert.ok(records.length > 500);
    for (const [index, line] of records.entries()) {
      const body = { name: text, city: `${text}\n` };
      assert.deepEqual(line, { number: 2 * index + 5, content: { body } });
    }
  }
});

test('lines come in lots of a thousand, the last one smaller', async () => {
  const names = Array.from({ length: 2500 }, (_, number) => `Name ${number}`);
  const json = names.map((name) => `${JSON.stringify({ name })}\n\n`).join('');
  const csv = `name,city\n${names.map((name) => `${name},\n\n`).join('')}`;
  for (const [content, format] of [
    [json, 'jsonl'],
    [csv, 'csv'],
  ] as const) {
    const lots = await readLots(write(content), format);
    assert.deepEqual(
      lots.map(({ length }) => length),
      [1000, 1000, 500],
    );
    assert.deepEqual(
      contentsOf(lots.flat()),
      names.map((name) => ({ body: { name } })),
    );
  }
});

test('each lot has as many lines as are asked for, the last what is left', async () => {
  const path = write('1\n'.repeat(10_000));
  const file = await openOrganizationFile(path, 'jsonl', ignore);
  for (const [lines, left] of [
    [[1000, 2000, 4000], 3000],
    [[1, 9000, 500], 499],
    [[5000, 5000], 0],
  ] as const) {
    const next = [...lines];
    // Asked once more than there are lots: whoever asks does not know that the file ends there.
    const lots = await collect(file.lots(async () => next.shift() ?? 9000));
    const sizes = lots.map(({ length }) => length);
    assert.deepEqual(sizes, left === 0 ? lines : [...lines, left]);
  }
});

test('a lot of long lines is full before it has all the lines that it may have', async () => {
  const text = 'x'.repeat(100_000);
  const json = `${JSON.stringify({ name: text })}\n`.repeat(250);
  const csv = `name,city\n${`${text},\n`.repeat(250)}`;
  for (const [content, format] of [
    [json, 'jsonl'],
    [csv, 'csv'],
  ] as const) {
    const lots = await readLots(write(content), format);
    assert.equal(lots.flat().length, 250);
    for (const { length } of lots) {
      // Eight megabytes, and what was read beside them.
      assert.ok(length <= 110, `${format}: ${length} lines`);
    }
  }
});

test('a file tells its name, its size and the digest of its bytes, and is read from its beginning', async () => {
  for (const content of [
    Buffer.alloc(0),
    Buffer.from('{"name":"Ünïcode"}\r\n'),
    Buffer.concat([
      Buffer.alloc(CHUNK_BYTES, `${'1'.repeat(99)}\n`),
      Buffer.from([0xff, 0x0a, 0x32]),
    ]),
  ]) {
    const path = write(content);
    const file = await openOrganizationFile(path, 'jsonl', ignore);
    assert.equal(join(directory, file.name), path);
    assert.equal(file.size_bytes, content.length);
    assert.equal(file.digest, createHash('sha256').update(content).digest('hex'));
    const first = await collect(file.lots());
    assert.deepEqual(await collect(file.lots()), first);
  }
});

test('how much was read never goes back and ends at the size', async () => {
  const path = write(fillChunk(3, (name) => `${JSON.stringify({ name })}\n`));
  const file = await openOrganizationFile(path, 'jsonl', ignore);
  let before = 0;
  for await (const lot of file.lots()) {
    assert.ok(lot.length > 0 && file.readBytes() >= before && file.readBytes() > 0);
    before = file.readBytes();
  }
  assert.equal(before, file.size_bytes);
});

test('an empty file, and a CSV file with nothing but its columns, have no lines', async () => {
  for (const content of ['', '\n', '\r\n\r\n', '\uFEFF', ' \n']) {
    assert.deepEqual(await read(content, 'jsonl'), [], JSON.stringify(content));
  }
  for (const content of ['', '\n\n', 'name', 'name,city\n', '\uFEFF"name","city"\r\n\r\n']) {
    assert.deepEqual(await read(content, 'csv'), [], JSON.stringify(content));
  }
});

test('a line longer than a request may be is told of, and those around it are read', async () => {
  const longest = JSON.stringify('x'.repeat(LINE_MAX_BYTES - 2));
  const content = ['1', `${longest} `, '2', longest, '3', 'x'.repeat(3 * CHUNK_BYTES), '4', ''];
  const lines = await read(content.join('\n'), 'jsonl');
  const fault = { fault: `the line is longer than ${LINE_MAX_BYTES} bytes` };
  assert.deepEqual(numbersOf(lines), [1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(contentsOf(lines), [
    { body: 1 },
    fault,
    { body: 2 },
    { body: 'x'.repeat(LINE_MAX_BYTES - 2) },
    { body: 3 },
    fault,
    { body: 4 },
  ]);
  const last = await read(`1\n${'é'.repeat(LINE_MAX_BYTES)}`, 'jsonl');
  assert.deepEqual(contentsOf(last), [{ body: 1 }, fault]);
});

test('columns that are not known are refused before any line, those not imported are told of', async () => {
  const path = write('name,colour\r\nA,red\r\n');
  await assert.rejects(readLots(path, 'csv'), (error) => {
    assert.ok(error instanceof FileError);
    assert.match(error.message, /Not known or there twice: "colour"/);
    return true;
  });
  const told: string[] = [];
  const [lot] = await readLots(write('id,name\r\n7,A\r\n'), 'csv', (message) => told.push(message));
  assert.equal(lot?.length, 1);
  assert.match(told.join('\n'), /^Not imported, .*: id\.$/);
});

test('quotes that are broken end the file with what is wrong and on which line', async () => {
  for (const [record, message] of [
    ['"B,us\nC,us\n', /quote.* line \d/i],
    ['B "and" C,us\n', /quote.* line 3/i],
    ['"B"x,us\n', /quote.* line 3/i],
  ] as const) {
    const path = write(`name,city\nA,us\n${record}D,us\n`);
    await assert.rejects(readLots(path, 'csv'), (error: Error) => {
      assert.match(error.message, message);
      return true;
    });
  }
});

test('a file that is not there, or is none, is refused by its path', async () => {
  const missing = join(directory, 'missing.csv');
  await assert.rejects(openOrganizationFile(missing, 'csv', ignore), (error: Error) => {
    assert.match(error.message, /no such file/);
    assert.ok(error.message.includes(missing));
    return true;
  });
  const other = join(directory, 'directory');
  mkdirSync(other);
  await assert.rejects(openOrganizationFile(other, 'jsonl', ignore), /directory/);
});

test('a file that goes away after it was opened is a failure, not an empty file', async () => {
  for (const format of ['csv', 'jsonl'] as const) {
    const path = write('name\nA\n');
    const file = await openOrganizationFile(path, format, ignore);
    rmSync(path);
    await assert.rejects(collect(file.lots()), /no such file/);
  }
});
