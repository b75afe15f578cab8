/** Small files of each type that is kept, as sound as a file of a few bytes can be; and some of others. */
import { crc32, deflateSync } from 'node:zlib';
import type { MediaType } from '@orgvet/contract';

function pngChunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name), content]);
  const [size, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, checksum]);
}

/** One black pixel. @param text in a chunk of its own, so that files differ */
export function makePng(text = ''): Buffer {
  const header = Buffer.from('00000001000000010800000000', 'hex');
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    ...(text === '' ? [] : [pngChunk('tEXt', Buffer.from(`Comment\0${text}`, 'latin1'))]),
    pngChunk('IDAT', deflateSync(Buffer.from([0, 0]))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PDF with one empty page. */
export function makePdf(comment = 'extract'): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>',
  ].map((content, index) => `${index + 1} 0 obj\n${content}\nendobj\n`);
  const trailer = 'trailer << /Size 4 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n';
  return Buffer.from(`%PDF-1.7\n%${comment}\n${objects.join('')}${trailer}`);
}

const JPEG_PARTS = [
  'ffd8',
  // JFIF, a table, a frame of one pixel, a scan, the end.
  'ffe000104a46494600010100000100010000',
  `ffdb004300${'01'.repeat(64)}`,
  'ffc0000b080001000101011100',
  'ffda0008010100003f00',
  'd2cf20',
  'ffd9',
];

const TIFF = '49492a00080000000100000104000100000001000000 00000000'.replace(' ', '');

export const MAIL = [
  'Received: from mail.example.com',
  '\tby mx.example.org; Fri, 20 Nov 2026 09:00:00 +0000',
  'Date: Fri, 20 Nov 2026 10:00:00 +0100',
  'From: Clerk <clerk@register.example>',
  'Subject: Your enquiry',
  '',
  'The company is active.',
  '',
].join('\r\n');

export const SAMPLE_FILES: Readonly<Record<MediaType, Buffer>> = {
  'application/pdf': makePdf(),
  'image/png': makePng(),
  'image/jpeg': Buffer.from(JPEG_PARTS.join(''), 'hex'),
  'image/tiff': Buffer.from(TIFF, 'hex'),
  'image/webp': makeWebp(),
  'message/rfc822': Buffer.from(MAIL),
  'text/plain': Buffer.from('Spoke to Ms Müller of the register:\n\tthe company is active.\n'),
};

function makeWebp(): Buffer {
  const picture = Buffer.from('2f00000000071011fd0ff3fb', 'hex');
  const [size, pictureSize] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32LE(12 + picture.length);
  pictureSize.writeUInt32LE(picture.length);
  return Buffer.concat([Buffer.from('RIFF'), size, Buffer.from('WEBPVP8L'), pictureSize, picture]);
}

/** What is refused, by what it is. */
export const OTHER_FILES: Readonly<Record<string, Buffer>> = {
  nothing: Buffer.alloc(0),
  'a ZIP file, as Office files are': Buffer.from(`504b0304${'00'.repeat(26)}`, 'hex'),
  'an old Office file': Buffer.from(`d0cf11e0a1b11ae1${'00'.repeat(24)}`, 'hex'),
  'a program for Windows': Buffer.from(`4d5a9000${'00'.repeat(60)}`, 'hex'),
  'a program for Linux': Buffer.from(`7f454c46020101${'00'.repeat(57)}`, 'hex'),
  'a GIF': Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'),
  'a page': Buffer.from('<!doctype html><title>x</title>'),
  'a page with a space before it': Buffer.from('\uFEFF\r\n  <HTML><body>x</body></html>'),
  'an SVG': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
  'an SVG as XML': Buffer.from('<?xml version="1.0"?><svg/>'),
  'a comment before a page': Buffer.from('<!-- x --><script>alert(1)</script>'),
  'a script': Buffer.from('#!/bin/sh\nrm -rf /\n'),
  'a rich text': Buffer.from('{\\rtf1 x}'),
  PostScript: Buffer.from('%!PS-Adobe-3.0\nshowpage\n'),
  'a text with a zero in it': Buffer.from('a\0b'),
  'a text in UTF-16': Buffer.from('\uFEFFtext', 'utf16le'),
  'a text in Latin-1': Buffer.from('Müller', 'latin1'),
  'a text with controls': Buffer.from('a\u001b[31mb'),
};
