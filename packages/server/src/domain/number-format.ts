/**
 * The forms of registration numbers, as registers publish them: `HRB 99999|HRB 999999`. Pure. Not
 * regular expressions: a form that somebody wrote can neither be misread nor take long.
 */

/** `9` is a digit, `A` a letter, `*` either; any other character is itself. */
const PLACES: Readonly<Record<string, RegExp>> = {
  '9': /^[0-9]$/,
  A: /^[A-Za-z]$/,
  '*': /^[0-9A-Za-z]$/,
};

/** Longer numbers fit no certificate (BR 7.1.4.2). */
const FORMAT_LENGTH_MAX = 64;

/**
 * Whether a text is a list of forms, separated by `|`: each has a place for a digit or letter, and no
 * space at its ends.
 */
export function isFormat(text: string): boolean {
  return text.split('|').every(isSingleFormat);
}

/** Whether a number has one of the forms of a list. */
export function matchesFormat(format: string, text: string): boolean {
  return format.split('|').some((single) => isSingleFormat(single) && matchesSingle(single, text));
}

function isSingleFormat(format: string): boolean {
  const characters = [...format];
  return (
    characters.length <= FORMAT_LENGTH_MAX &&
    format === format.trim() &&
    !/[\p{C}\p{Zl}\p{Zp}]/u.test(format) &&
    characters.some((character) => findPlace(character) !== undefined)
  );
}

function matchesSingle(format: string, text: string): boolean {
  const signs = [...format];
  const characters = [...text];
  return (
    signs.length === characters.length &&
    signs.every((sign, index) => {
      const character = characters[index] ?? '';
      return findPlace(sign)?.test(character) ?? sign === character;
    })
  );
}

function findPlace(sign: string): RegExp | undefined {
  return Object.hasOwn(PLACES, sign) ? PLACES[sign] : undefined;
}
