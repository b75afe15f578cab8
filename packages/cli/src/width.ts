/**
 * How text stands on a terminal: how many columns it takes, how it is cut to fewer, and what of it may
 * reach a terminal at all. Knows Unicode's widths as far as terminals agree on them.
 */

/** What moves a cursor, changes a title or turns the direction of text, shown instead of done. */
const DANGEROUS = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Text that is safe on a terminal and on one line: what is dangerous stands there as `\u{1b}`. */
export function makeSafe(text: string): string {
  return text.replaceAll(DANGEROUS, (character) => `\\u{${codeOf(character).toString(16)}}`);
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Marks and formats that take no place of their own, and the vowels and finals of Korean syllables. */
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11FF\uD7B0-\uD7FF]$/u;

/** An emoji of several characters: joined, shown in colour, a flag, or with a skin tone. */
const EMOJI_SEQUENCE = /\p{Extended_Pictographic}.*[\u200D\uFE0F]|^\p{RI}{2}$|\p{Emoji_Modifier}$/u;

/** Characters of two columns (East Asian Width W and F), as ranges. */
const WIDE_RANGES: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];

/** The columns that text takes on a terminal. */
export function widthOf(text: string): number {
  // Nearly all text: every character takes one.
  if (/^[\x20-\x7e]*$/.test(text)) {
    return text.length;
  }
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += graphemeWidth(segment);
  }
  return width;
}

function graphemeWidth(grapheme: string): number {
  if (EMOJI_SEQUENCE.test(grapheme)) {
    return 2;
  }
  let width = 0;
  for (const character of grapheme) {
    width += characterWidth(character);
  }
  return width;
}

function characterWidth(character: string): number {
  if (NO_WIDTH.test(character)) {
    return 0;
  }
  const code = codeOf(character);
  const isWide =
    WIDE_RANGES.some(([first, last]) => code >= first && code <= last) ||
    /\p{Emoji_Presentation}/u.test(character);
  return isWide ? 2 : 1;
}

const ELLIPSIS = '…';

/** Text cut to a width, with an ellipsis where something is left out. */
export function cutToWidth(text: string, width: number): string {
  if (widthOf(text) <= width) {
    return text;
  }
  let cut = '';
  let left = width - 1;
  for (const { segment } of graphemes.segment(text)) {
    left -= graphemeWidth(segment);
    if (left < 0) {
      break;
    }
    cut += segment;
  }
  return width < 1 ? '' : cut + ELLIPSIS;
}

/** Text with blanks before or behind it, to a width. */
export function padToWidth(text: string, width: number, align: 'left' | 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + blanks : blanks + text;
}
