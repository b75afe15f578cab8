/**
 * What a file is, told by its own bytes: whatever its name or its sender says counts for nothing. Pure.
 * It knows the few types that evidence comes in, and refuses everything else: what could run, what hides
 * other files in it, and what a browser would show as a page.
 */
import type { MediaType } from '@orgvet/contract';

const ENDINGS: Readonly<Record<MediaType, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
  'image/webp': 'webp',
  'message/rfc822': 'eml',
  'text/plain': 'txt',
};

/** What the name of a file of a type ends with. */
export function endingOf(media_type: MediaType): string {
  return ENDINGS[media_type];
}

/** @returns undefined for bytes that are of none of the types that are kept */
export function findMediaType(bytes: Uint8Array): MediaType | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return TYPES.find(({ is }) => is(file))?.media_type;
}

/** Mail before text, of which it is a kind. */
const TYPES: readonly { readonly media_type: MediaType; is(file: Buffer): boolean }[] = [
  { media_type: 'application/pdf', is: isPdf },
  { media_type: 'image/png', is: isPng },
  { media_type: 'image/jpeg', is: isJpeg },
  { media_type: 'image/tiff', is: isTiff },
  { media_type: 'image/webp', is: isWebp },
  { media_type: 'message/rfc822', is: isMail },
  { media_type: 'text/plain', is: isPlainText },
];

const PDF_BEGINNING = /^%PDF-\d\.\d/;

/** Readers look for the end mark in so many bytes at the end (ISO 32000, annex H). */
const PDF_END_BYTES = 1024;

function isPdf(file: Buffer): boolean {
  const beginning = file.toString('latin1', 0, 8);
  return PDF_BEGINNING.test(beginning) && file.subarray(-PDF_END_BYTES).includes('%%EOF');
}

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Length, name and checksum of a chunk. */
const PNG_CHUNK_BYTES = 12;
const PNG_HEADER_BYTES = 13;

/** From the header to the end mark, chunk by chunk, with nothing behind. */
function isPng(file: Buffer): boolean {
  if (!startsWith(file, PNG_SIGNATURE)) {
    return false;
  }
  let position = PNG_SIGNATURE.length;
  let isFirst = true;
  while (position + PNG_CHUNK_BYTES <= file.length) {
    const size_bytes = file.readUInt32BE(position);
    const name = nameAt(file, position + 4);
    const isHeader = name === 'IHDR' && size_bytes === PNG_HEADER_BYTES;
    if (isFirst !== isHeader) {
      return false;
    }
    isFirst = false;
    position += PNG_CHUNK_BYTES + size_bytes;
    if (name === 'IEND') {
      return position === file.length;
    }
  }
  return false;
}

/** The markers of JPEG that begin a frame: all of 0xc0 to 0xcf but three that hold tables. */
const isFrameMarker = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const JPEG_SCAN = 0xda;
const JPEG_END = Buffer.from('ffd9', 'hex');

/** Segment by segment to the picture itself, after a frame that says how large it is; and an end. */
function isJpeg(file: Buffer): boolean {
  if (!startsWith(file, Buffer.from('ffd8ff', 'hex'))) {
    return false;
  }
  let position = 2;
  let hasFrame = false;
  while (position + 4 <= file.length && file[position] === 0xff) {
    const marker = file[position + 1] ?? 0;
    if (marker === 0xff) {
      // Filling between segments.
      position += 1;
      continue;
    }
    if (marker === JPEG_SCAN) {
      return hasFrame && file.includes(JPEG_END, position);
    }
    hasFrame ||= isFrameMarker(marker);
    position += 2 + file.readUInt16BE(position + 2);
  }
  return false;
}

const TIFF_HEADER_BYTES = 8;
const TIFF_ENTRY_BYTES = 12;

/** The header, and a first directory that lies within the file. */
function isTiff(file: Buffer): boolean {
  const isLittle = startsWith(file, Buffer.from('49492a00', 'hex'));
  if (!isLittle && !startsWith(file, Buffer.from('4d4d002a', 'hex'))) {
    return false;
  }
  if (file.length < TIFF_HEADER_BYTES) {
    return false;
  }
  const directory = isLittle ? file.readUInt32LE(4) : file.readUInt32BE(4);
  if (directory < TIFF_HEADER_BYTES || directory + 2 > file.length) {
    return false;
  }
  const entries = isLittle ? file.readUInt16LE(directory) : file.readUInt16BE(directory);
  return entries > 0 && directory + 2 + entries * TIFF_ENTRY_BYTES + 4 <= file.length;
}

const WEBP_HEADER_BYTES = 16;

/** A container that says how long the file is, with a picture as its first part. */
function isWebp(file: Buffer): boolean {
  return (
    file.length > WEBP_HEADER_BYTES &&
    nameAt(file, 0) === 'RIFF' &&
    nameAt(file, 8) === 'WEBP' &&
    file.readUInt32LE(4) + 8 === file.length &&
    ['VP8 ', 'VP8L', 'VP8X'].includes(nameAt(file, 12))
  );
}

/** Longer headers than these no mail has. */
const MAIL_HEADERS_MAX_BYTES = 262_144;
const MAIL_FIELD = /^([!-9;-~]+)[ \t]*:/;

/** Header fields only, up to a line with nothing, with the two that every mail has (RFC 5322, 3.6). */
function isMail(file: Buffer): boolean {
  if (file.includes(0)) {
    return false;
  }
  const [headers = ''] = file.toString('latin1', 0, MAIL_HEADERS_MAX_BYTES).split(/\r?\n\r?\n/, 1);
  const lines = headers.split(/\r?\n/);
  const names = lines.map((line) => MAIL_FIELD.exec(line)?.[1]?.toLowerCase());
  const isEveryLineOne = lines.every(
    (line, index) => names[index] !== undefined || (index > 0 && /^[ \t]/.test(line)),
  );
  return isEveryLineOne && names.includes('from') && names.includes('date');
}

/** What no text for people has: all controls but those that make lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const CONTROLS = /[\x00-\x08\x0b\x0e-\x1f\x7f]/;

/** Beginnings of texts that are read by programs: markup, PDF, PostScript, RTF, scripts. */
const PROGRAM_TEXT = /^\s*(?:<(?:[!?/]|[a-z][\w:.-]*[\s/>])|%PDF-|%!PS|\{\\rtf|#!)/i;

function isPlainText(file: Buffer): boolean {
  const text = file.length === 0 ? undefined : decodeUtf8(file);
  return text !== undefined && !CONTROLS.test(text) && !PROGRAM_TEXT.test(text);
}

/** @returns undefined for bytes that are no UTF-8 */
function decodeUtf8(file: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return undefined;
  }
}

function startsWith(file: Buffer, beginning: Buffer): boolean {
  return file.subarray(0, beginning.length).equals(beginning);
}

/** Four letters that name a part of a file. */
function nameAt(file: Buffer, position: number): string {
  return file.toString('latin1', position, position + 4);
}
