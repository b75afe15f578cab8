/**
 * Addresses at which nobody does business: postal boxes, and care of somebody else (EVG 3.2.2.4.1), in
 * the languages of many countries. Pure. Sees only how an address is written: that a street has nothing
 * but mail boxes, a person must find out.
 */
import { fold } from './fold.ts';

/** What a postal box stands beside. */
export type BoxSurroundings = 'nothing' | 'words' | 'street';

/** Begins and ends a word, in any script. */
const START = String.raw`(?<![\p{L}\p{M}\p{N}])`;
const END = String.raw`(?![\p{L}\p{M}\p{N}])`;
/** "No. 12", "# 12", "12 34 56", "N34", "X12-3": what follows the word for a box. */
const NUMBER = String.raw`(?:n[o°º]?\.?\s*|#\s*|nr\.?\s*)?[a-z]{0,2}[\s-]?(?:\d{1,2}(?:\s\d{2})+(?!\d)|\d[\d/-]*)`;

/** Words that mean a box in every country, with a number or without, and what may be left out. */
const BOX_WORDS: readonly string[] = [
  // English; "P O BOX", "PO-Box", "P. O. B. 12", "Post Office Drawer".
  String.raw`p\s?\.?\s?o\s?\.?\s?-?\s?(?:box|bx|drawer)`,
  String.raw`post(?:al)?\s?-?(?:office)?\s?-?(?:box|drawer)`,
  String.raw`g\.?p\.?o\.?\s?-?box`,
  'private\\s(?:mail\\s?)?(?:bag|box)',
  'locked\\sbag',
  'poste\\srestante',
  'general\\sdelivery',
  // German, Dutch, Scandinavian
  'postfach',
  'postbus',
  'antwoordnummer',
  'postboks',
  // French, Italian, Spanish, Portuguese, Romanian
  String.raw`bo[iî]te\s?-?\s?postale`,
  String.raw`case\spostale`,
  String.raw`casella\spostale`,
  String.raw`(?:apartado|apdo\.?|aptdo\.?)\s(?:de\s)?(?:correos?|postal|a[eé]reo)`,
  String.raw`casilla\s(?:de\s)?(?:correos?|postal)`,
  String.raw`(?:caixa|cx\.?)\spostal`,
  String.raw`c[aă]su[tțţ][aă]\spo[sșş]tal[aă]`,
  // Polish, Czech, Slovak, Hungarian, Croatian, Finnish, Turkish
  String.raw`skr(?:ytka|zynka)\spocztowa`,
  String.raw`po[sš]tovn[ií]\sp[rř]ihr[aá]dka`,
  String.raw`po[sš]tov[aá]\spriehradka`,
  'postafi[oó]k',
  String.raw`po[sš]tanski\spretinac`,
  'postilokero',
  String.raw`posta\skutusu`,
  // Russian, Ukrainian, Bulgarian, Greek
  String.raw`а\s?/\s?[яс]`,
  String.raw`абонентский\sящик`,
  String.raw`абонентська\sскринька`,
  String.raw`пощенска\sкутия`,
  String.raw`ταχ(?:\.|υδρομικη|υδρομική)\s(?:θυρ(?:\.|ιδα|ίδα))`,
  String.raw`τ\.\s?θ\.`,
  // Arabic, Hebrew
  String.raw`ص\s?\.\s?ب`,
  'صندوق\\s(?:ال)?بريد',
  String.raw`ת\s?\.\s?ד`,
  // Indonesian, Malay, Vietnamese
  String.raw`kotak\spos`,
  String.raw`peti\ssurat`,
  String.raw`h[oò]m\sth[uư]`,
];

/** Chinese, Japanese, Korean and Thai put no spaces between words. */
const UNSPACED_BOX_WORDS = '私書箱|郵政信箱|邮政信箱|郵政信筒|사서함|ตู้\\s?ปณ';

/** Abbreviations that only mean a box before a number: "BP plc" has none. */
const BOX_ABBREVIATIONS: readonly string[] = [
  String.raw`p\.?\s?o\.?\s?b\.?`,
  String.raw`p\.?\s?m\.?\s?b\.?`,
  String.raw`b\.?\s?p\.?`,
  'apartado',
  String.raw`apdo\.?`,
  'casilla',
  'private\\s?bag',
];

/** Abbreviations that mean a box in some countries and something else in others. */
const BOX_ABBREVIATIONS_BY_COUNTRY: readonly (readonly [countries: string, word: string])[] = [
  ['DE AT CH HU', String.raw`pf\.?`],
  ['CH CA', String.raw`c\.?\s?p\.?`],
  ['FI', 'pl'],
  ['TR', String.raw`p\.?\s?k\.?`],
  ['BG', String.raw`п\.\s?к\.`],
  ['SE', '^box'],
];

const BOX = new RegExp(
  `${START}(?:${BOX_WORDS.join('|')})(?:\\s*${NUMBER}|${END})` +
    `|${START}(?:${BOX_ABBREVIATIONS.join('|')})\\s*${NUMBER}${END}` +
    `|(?:${UNSPACED_BOX_WORDS})\\s*(?:第?\\s?\\d[\\d-]*\\s?[号號호]?)?`,
  'gu',
);

const BOX_BY_COUNTRY: ReadonlyMap<string, RegExp> = new Map(
  BOX_ABBREVIATIONS_BY_COUNTRY.flatMap(([countries, word]) =>
    countries
      .split(' ')
      .map(
        (country) => [country, new RegExp(`${START}(?:${word})\\s*${NUMBER}${END}`, 'gu')] as const,
      ),
  ),
);

const CARE_OF = new RegExp(
  `${START}c\\s?/\\s?o${END}|^\\s*(?:in\\s)?care\\sof\\s|^\\s*(?:aux\\s)?bons\\ssoins\\sde\\s|気付|様方|转交|轉交`,
  'u',
);

/**
 * What an address has beside the postal box in it: the rest of the lines.
 *
 * @param country ISO 3166-1 alpha-2, upper case
 * @returns undefined where there is no box
 */
export function findBoxSurroundings(
  lines: readonly string[],
  country: string,
): BoxSurroundings | undefined {
  const folded = lines.map(foldLine);
  const others = folded.map((line) => {
    const rest = line.replace(BOX, ' ');
    const local = BOX_BY_COUNTRY.get(country);
    return local === undefined ? rest : rest.replace(local, ' ');
  });
  if (others.every((other, index) => other === folded[index])) {
    return undefined;
  }
  const rest = others.join(' ');
  if (/\p{N}/u.test(rest) && /\p{L}/u.test(rest)) {
    return 'street';
  }
  return /\p{L}{3}|[\p{Script=Han}\p{Script=Hangul}]/u.test(rest) ? 'words' : 'nothing';
}

/** Whether a line of an address says that somebody else passes the mail on. */
export function isCareOf(line: string): boolean {
  return CARE_OF.test(foldLine(line));
}

/** One line: its spaces are all alike, and so are its letters, small or capital. */
function foldLine(line: string): string {
  return fold(line)
    .replaceAll(/[\s\p{Z}]+/gu, ' ')
    .trim();
}
