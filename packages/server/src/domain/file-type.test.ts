/** What files are told to be, by their bytes and nothing else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MEDIA_TYPES } from '@orgvet/contract';
import fc from 'fast-check';
import { MAIL, makePdf, makePng, OTHER_FILES, SAMPLE_FILES } from '../../test/sample-files.ts';
import { endingOf, findMediaType } from './file-type.ts';

for (const type of MEDIA_TYPES) {
  test(`${type} is told by its bytes`, () => {
    assert.equal(findMediaType(SAMPLE_FILES[type]), type);
    // From wherever the bytes lie in memory.
    const within = new Uint8Array([9, 9, 9, ...SAMPLE_FILES[type]]).subarray(3);
    assert.equal(findMediaType(within), type);
  });
}

for (const [kind, bytes] of Object.entries(OTHER_FILES)) {
  test(`${kind} is of no type that is kept`, () => {
    assert.equal(findMediaType(bytes), undefined);
  });
}

const PICTURES = ['image/png', 'image/jpeg', 'image/tiff', 'image/webp'] as const;

for (const type of PICTURES) {
  test(`${type} that was cut off anywhere before its end is none`, () => {
    const whole = SAMPLE_FILES[type];
    for (let size = 0; size < whole.length; size += 1) {
      assert.notEqual(findMediaType(whole.subarray(0, size)), type, String(size));
    }
  });
}

test('a picture with something behind its end is none, where its format says where the end is', () => {
  for (const type of ['image/png', 'image/webp'] as const) {
    const more = Buffer.concat([SAMPLE_FILES[type], Buffer.from('<script>')]);
    assert.equal(findMediaType(more), undefined, type);
  }
});

test('a PDF begins as one, and ends as one', () => {
  const pdf = makePdf().toString('latin1');
  assert.equal(findMediaType(Buffer.from(` ${pdf}`)), undefined);
  assert.equal(findMediaType(Buffer.from(pdf.replace('%%EOF', ''))), undefined);
  assert.equal(findMediaType(Buffer.from(`${pdf}${'\0'.repeat(100)}`)), 'application/pdf');
  assert.equal(findMediaType(Buffer.from(`${pdf}${'\0'.repeat(2000)}`)), undefined);
  assert.equal(findMediaType(Buffer.from(`\x7fELF${pdf}`)), undefined);
});

test('a PNG begins with its header, which has its size', () => {
  const png = makePng();
  const header = png.indexOf('IHDR');
  const other = Buffer.from(png);
  other.write('IDAT', header);
  assert.equal(findMediaType(other), undefined);
  const huge = Buffer.from(png);
  huge.writeUInt32BE(0xffffffff, header - 4);
  assert.equal(findMediaType(huge), undefined);
});

test('a JPEG has a frame before its picture', () => {
  const jpeg = SAMPLE_FILES['image/jpeg'];
  const frame = jpeg.indexOf(Buffer.from('ffc0', 'hex'));
  const without = Buffer.from(jpeg);
  without.writeUInt8(0xc4, frame + 1);
  assert.equal(findMediaType(without), undefined);
  const filled = Buffer.concat([
    jpeg.subarray(0, frame),
    Buffer.from('ffff', 'hex'),
    jpeg.subarray(frame),
  ]);
  assert.equal(findMediaType(filled), 'image/jpeg');
});

test('a TIFF in either order of bytes has a first directory within it', () => {
  const big = Buffer.from(
    '4d4d002a0000000800010100000400000001000000 0000000000'.replace(' ', ''),
    'hex',
  );
  assert.equal(findMediaType(big), 'image/tiff');
  for (const directory of [0, 4, 1000, 0xffffffff]) {
    const other = Buffer.from(big);
    other.writeUInt32BE(directory, 4);
    assert.equal(findMediaType(other), undefined, String(directory));
  }
});

test('mail has header fields only, up to an empty line, From and Date among them', () => {
  assert.equal(findMediaType(Buffer.from(MAIL.replaceAll('\r\n', '\n'))), 'message/rfc822');
  // What it is about may be in any language and encoding.
  assert.equal(findMediaType(Buffer.from(`${MAIL}Müller`, 'latin1')), 'message/rfc822');
  assert.equal(findMediaType(Buffer.from(`${MAIL}<html>`)), 'message/rfc822');
  for (const text of [
    MAIL.replace('Date:', 'Day:'),
    MAIL.replace('From:', 'Of:'),
    `Dear all,\r\n${MAIL}`,
    MAIL.replace('Subject: ', 'Subject '),
  ]) {
    assert.equal(findMediaType(Buffer.from(text)), 'text/plain', text);
  }
  assert.equal(findMediaType(Buffer.from(`${MAIL}\0`)), undefined);
});

test('a text that speaks of pages, or begins with an address in brackets, is a text', () => {
  for (const text of [
    'Their page says <b>closed</b>.',
    '<jane@example.com> wrote:',
    '1 < 2',
    '<3',
    '# Notes',
    '\uFEFFName;City\r\n',
    '{"name":"x"}',
    '日本',
  ]) {
    assert.equal(findMediaType(Buffer.from(text)), 'text/plain', text);
  }
});

test('every type has a name ending of its own', () => {
  const endings = MEDIA_TYPES.map(endingOf);
  assert.equal(new Set(endings).size, MEDIA_TYPES.length);
  assert.ok(endings.every((ending) => /^[a-z]{3,4}$/.test(ending)));
});

test('whatever the bytes, an answer comes, and the same one again', () => {
  const beginnings = [...Object.values(SAMPLE_FILES), ...Object.values(OTHER_FILES)];
  const file = fc
    .tuple(fc.constantFrom(...beginnings), fc.nat(40), fc.uint8Array({ maxLength: 200 }))
    .map(([beginning, size, rest]) => Buffer.concat([beginning.subarray(0, size), rest]));
  fc.assert(
    fc.property(file, (bytes) => {
      const type = findMediaType(bytes);
      assert.equal(findMediaType(Buffer.from(bytes)), type);
      assert.ok(type === undefined || MEDIA_TYPES.includes(type));
    }),
    { numRuns: 1000 },
  );
});
