/**
 * Files of organizations, CSV or JSON lines: read in pieces, so that a file may be larger than memory,
 * and handed on line by line. What a line must say is not known here; a line that cannot even be read is
 * handed on as such.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { CsvError, parse as parseCsv } from 'csv-parse';
import type { ImportLine } from '../operations/import-line.ts';
import { bodyOfCells, checkColumns, FileError } from './csv-columns.ts';

export type FileFormat = 'csv' | 'jsonl';

/** A file that can be imported. */
export interface OrganizationFile {
  readonly name: string;
  readonly size_bytes: number;
  /** SHA-256 of its bytes, in hexadecimal digits. */
  readonly digest: string;
  /** How much of it has been read by `lots`. */
  readBytes(): number;
  /**
   * Its lines in lots, from the first.
   *
   * @param nextLines asked before each lot how many lines it has, but for those of long lines
   */
  lots(nextLines?: () => number | Promise<number>): AsyncIterable<ImportLine[]>;
}

/** So many lines make a lot for whom it is all the same. */
const LOT_LINES = 1000;

/** A lot that has so much of a file is full, however few its lines are. */
const LOT_MAX_BYTES = 8 * 1_048_576;

/** As a request's body: a longer line is no organization. */
const LINE_MAX_BYTES = 262_144;

const CHUNK_BYTES = 1_048_576;
const NEW_LINE = 10;

/**
 * Opens a file and reads it once for its digest.
 *
 * @param told tells of columns of a CSV file that are not imported
 * @throws if there is no such file, or a CSV file has a column that nobody knows
 */
export async function openOrganizationFile(
  path: string,
  format: FileFormat,
  told: (message: string) => void,
): Promise<OrganizationFile> {
  const { size: size_bytes } = await stat(path);
  const digest = await digestFile(path);
  let stream: ReadStream | undefined;
  return {
    name: basename(path),
    size_bytes,
    digest,
    readBytes: () => stream?.bytesRead ?? 0,
    lots(nextLines = () => LOT_LINES) {
      stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
      const lines = format === 'csv' ? readCsv(stream, told) : readJsonLines(stream);
      return inLots(lines, nextLines, () => stream?.bytesRead ?? 0);
    },
  };
}

async function digestFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    hash.update(chunk);
  }
  return hash.digest('hex');
}

async function* inLots(
  lines: AsyncIterable<ImportLine[]>,
  nextLines: () => number | Promise<number>,
  readBytes: () => number,
): AsyncIterable<ImportLine[]> {
  let lot: ImportLine[] = [];
  let size = await nextLines();
  let first_bytes = 0;
  for await (const some of lines) {
    for (const line of some) {
      lot.push(line);
      if (lot.length === size) {
        yield lot;
        lot = [];
        size = await nextLines();
        first_bytes = readBytes();
      }
    }
    if (readBytes() - first_bytes >= LOT_MAX_BYTES && lot.length > 0) {
      yield lot;
      lot = [];
      size = await nextLines();
      first_bytes = readBytes();
    }
  }
  if (lot.length > 0) {
    yield lot;
  }
}

/** The lines of each piece of the file. Blank lines count but say nothing. */
async function* readJsonLines(stream: AsyncIterable<Buffer>): AsyncIterable<ImportLine[]> {
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    // Of a line that is too long no more is kept than shows that it is.
    const bytes = Buffer.concat([rest.subarray(0, LINE_MAX_BYTES + 1), chunk]);
    const lines: ImportLine[] = [];
    let start = 0;
    for (let end = bytes.indexOf(NEW_LINE); end >= 0; end = bytes.indexOf(NEW_LINE, start)) {
      number += 1;
      lines.push(...parseJsonLine(number, bytes.subarray(start, end)));
      start = end + 1;
    }
    rest = bytes.subarray(start);
    yield lines;
  }
  if (rest.length > 0) {
    yield parseJsonLine(number + 1, rest);
  }
}

function parseJsonLine(number: number, bytes: Buffer): ImportLine[] {
  if (bytes.length > LINE_MAX_BYTES) {
    const fault = `the line is longer than ${LINE_MAX_BYTES} bytes`;
    return [{ number, content: { fault } }];
  }
  if (!isUtf8(bytes)) {
    return [{ number, content: { fault: 'the line is not UTF-8' } }];
  }
  const text = bytes.toString();
  if (text.trim() === '') {
    return [];
  }
  try {
    // A byte order mark may stand before the first line.
    return [{ number, content: { body: JSON.parse(text.replace(/^\uFEFF/, '')) } }];
  } catch {
    return [{ number, content: { fault: 'the line is not valid JSON' } }];
  }
}

/** A record as the parser gives it, with the number of its last line. */
interface CsvRecord {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

async function* readCsv(
  stream: ReadStream,
  told: (message: string) => void,
): AsyncIterable<ImportLine[]> {
  const parser = stream.pipe(
    parseCsv({
      bom: true,
      info: true,
      // Not by the first line's end: files are put together from others.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      // A quote that is never closed would take the rest of the file into memory.
      max_record_size: LINE_MAX_BYTES,
    }),
  );
  stream.on('error', (error) => parser.destroy(error));
  let columns: readonly string[] | undefined;
  let counted_twice = 0;
  try {
    for await (const { info, record } of parser as AsyncIterable<CsvRecord>) {
      counted_twice += countLineEnds(record);
      if (columns === undefined) {
        columns = checkColumns(record, told);
      } else {
        yield [{ number: info.lines - counted_twice, content: contentOf(columns, record) }];
      }
    }
  } catch (error) {
    throw error instanceof CsvError
      ? new FileError(
          `The file is no CSV from some line on: ${error.message}. What stands before that line may ` +
            'have been imported; mend the rest and import it as a file of its own.',
        )
      : error;
  } finally {
    stream.destroy();
  }
}

/** Line ends of two characters inside cells: the parser counts each of them as two lines. */
function countLineEnds(record: readonly string[]): number {
  let count = 0;
  for (const cell of record) {
    if (cell.includes('\r\n')) {
      count += cell.split('\r\n').length - 1;
    }
  }
  return count;
}

function contentOf(columns: readonly string[], record: readonly string[]): ImportLine['content'] {
  if (record.some((cell) => cell.includes('\uFFFD'))) {
    // What stands in the place of bytes that are no character.
    return { fault: 'the line is not UTF-8' };
  }
  return record.length === columns.length
    ? { body: bodyOfCells(columns, record) }
    : { fault: `it has ${record.length} cells, the first line ${columns.length}` };
}
