/**
 * Findings about the letters of names: capitals only, letters that nobody sees, and words that look like
 * words of another script. Pure. Knows the letters that are drawn alike in most fonts, no more.
 */
import type { Finding } from '@orgvet/contract';
import type { OrganizationDetails } from './organization.ts';

type NamedField = 'name' | 'assumed_name' | 'address' | 'city' | 'state';

/** Scripts that have letters in common with each other, to the eye. */
const SCRIPTS = {
  Latin: /\p{Script=Latin}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Greek: /\p{Script=Greek}/u,
  Armenian: /\p{Script=Armenian}/u,
} as const;
type Script = keyof typeof SCRIPTS;
const SCRIPT_NAMES = Object.keys(SCRIPTS) as Script[];

/** Where a script is at home: a word of it is no surprise there. */
const HOMES: Readonly<Record<Script, ReadonlySet<string>>> = {
  Latin: new Set(),
  Cyrillic: new Set('BA BG BY KG KZ MD ME MK MN RS RU TJ TM UA UZ'.split(' ')),
  Greek: new Set(['CY', 'GR']),
  Armenian: new Set(['AM']),
};

/** Letters that are drawn like a letter of one of the other scripts. */
const LOOKALIKES: ReadonlySet<string> = new Set([
  // Cyrillic
  ...'аесорхуіјѕһԁԛԝӏԍᴦАВЕЗКМНОРСТУХІЈЅҺԚԜӀӔӕ',
  // Greek
  ...'αγικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ',
  // Armenian
  ...'աոսօհզցՍՕԼՏ',
  // Latin, drawn like one of those
  ...'aceopxyijshdqwlABEZHIKMNOPCTYXSJLrutkvnTuq',
]);

/** Words in capitals of at least so many letters are no abbreviations. */
const LONG_WORD_LETTERS = 4;

/** Formatting characters, and controls. Two of the former belong to the spelling of some scripts. */
const INVISIBLE = /(?![\u200C\u200D])[\p{Cf}\p{Cc}\p{Co}\u115F\u1160\u3164\uFFA0\u2800]/u;

/** What there is to say about the letters of an organization's details. */
export function listLetterFindings(details: OrganizationDetails): Finding[] {
  const fields: readonly NamedField[] = ['name', 'assumed_name', 'address', 'city', 'state'];
  return fields.flatMap((field) => {
    const found = [findMixedScripts(field, details), findInvisible(field, details[field])];
    if (field === 'name' || field === 'assumed_name') {
      found.push(findCapitals(field, details[field]));
    }
    return found.filter((finding) => finding !== undefined);
  });
}

function findCapitals(field: 'name' | 'assumed_name', value: string): Finding | undefined {
  const words = value.match(/[\p{L}\p{M}]+/gu) ?? [];
  const long = words.filter((word) => [...word].length >= LONG_WORD_LETTERS);
  const isCapitals = !/\p{Ll}/u.test(value) && long.filter(isUpperCase).length >= 2;
  return isCapitals
    ? {
        code: 'capitals_only',
        field,
        reason: `"${value}" is written in capital letters only. Certificates carry a name as its register writes it: check whether that is so.`,
        severity: 'notice',
      }
    : undefined;
}

function isUpperCase(word: string): boolean {
  return /^[\p{Lu}\p{M}]+$/u.test(word);
}

function findInvisible(field: NamedField, value: string): Finding | undefined {
  const character = INVISIBLE.exec(value)?.[0];
  if (character === undefined) {
    return undefined;
  }
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return {
    code: 'invisible_characters',
    field,
    reason: `The value has a character that nobody sees (U+${code}). Type it anew, without copying.`,
    severity: 'warning',
  };
}

/** The first word that mixes scripts, or that is not of the script that it seems to be of. */
function findMixedScripts(field: NamedField, details: OrganizationDetails): Finding | undefined {
  const value = details[field];
  for (const [word] of value.matchAll(/[\p{L}\p{M}]+/gu)) {
    const scripts = SCRIPT_NAMES.filter((script) => SCRIPTS[script].test(word));
    if (scripts.length > 1) {
      return describeMixture(field, word, scripts);
    }
    const [script] = scripts;
    if (script !== undefined && isDisguised(word, script, details.country)) {
      return {
        code: 'mixed_scripts',
        field,
        reason: `The word "${word}" is written in ${script} letters that all look like letters of another script. Type it anew in the letters of the register.`,
        severity: 'warning',
      };
    }
  }
  return undefined;
}

function describeMixture(field: NamedField, word: string, scripts: readonly Script[]): Finding {
  const counted = scripts
    .map((script) => ({ script, letters: [...word].filter((one) => SCRIPTS[script].test(one)) }))
    .toSorted((one, other) => other.letters.length - one.letters.length);
  const strangers = counted.slice(1).flatMap(({ letters }) => letters);
  const isDeceptive = strangers.every((letter) => LOOKALIKES.has(letter));
  return {
    code: 'mixed_scripts',
    field,
    reason: `The word "${word}" mixes ${counted.map(({ script }) => script).join(' and ')} letters (${strangers.join(', ')})${
      isDeceptive ? ', which look alike' : ''
    }. Type it anew in the letters of the register.`,
    severity: isDeceptive ? 'warning' : 'notice',
  };
}

/** Whether a word would be read as one of another script, where its own is not at home. */
function isDisguised(word: string, script: Script, country: string): boolean {
  const letters = [...word].filter((letter) => /\p{L}/u.test(letter));
  return (
    script !== 'Latin' &&
    !HOMES[script].has(country) &&
    letters.length > 1 &&
    letters.every((letter) => LOOKALIKES.has(letter))
  );
}
