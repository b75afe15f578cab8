/**
 * States as people write them: without accents, with "Province of" before it, in English, abbreviated as
 * it was before postal codes. Pure. `subdivision.ts` knows ISO's own codes and names; here is what else
 * means the same, and what was probably meant.
 */
import { iso31662 } from 'iso-3166/2.js';
import { countEdits } from './edit-distance.ts';
import { fold } from './fold.ts';
import { findSubdivision } from './subdivision.ts';

/**
 * How sure it is that a text which is not found is no state. `all`: ISO's list, or an abbreviation
 * below, is how everybody there writes it. `most`: nearly so, but old and translated names are in use.
 * Elsewhere ISO names divisions that addresses leave out, in spellings that few use.
 */
const STATES_KNOWN: Readonly<Record<string, 'all' | 'most'>> = {
  US: 'all',
  CA: 'all',
  AU: 'all',
  BR: 'most',
  IN: 'most',
  MX: 'most',
  MY: 'most',
  NG: 'most',
};

/** Words that say what kind of division it is. */
const KIND_WORDS = new Set(
  (
    'administrative autonomous canton capital city comunidad commonwealth comte county ' +
    'department departamento departement deel district do edo estado federal free ' +
    'freistaat fu gewest governorate gwangyeoksi kanton ken krai kray kraj kreis land municipality ' +
    'oblast okres okrug parish prefecture prefeitura province provinces provincia provincie provinz ' +
    'region regione regiao republic respublika sar sheng shi state teukbyeolsi teukbyeoljachido ' +
    'territory to union voivodeship wojewodztwo zizhiqu autonoma autonomo ' +
    'of the de del della di do da la le and y e und et'
  ).split(' '),
);

/** Other names of states, by ISO's code. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'US-DC': 'Washington DC|Washington D.C.',
  'US-CA': 'Calif',
  'US-CT': 'Conn',
  'US-FL': 'Fla',
  'US-IL': 'Ill',
  'US-MA': 'Mass',
  'US-MI': 'Mich',
  'US-MN': 'Minn',
  'US-PA': 'Penna|Penn',
  'US-TN': 'Tenn',
  'US-TX': 'Tex',
  'US-WA': 'Wash',
  'US-WI': 'Wis|Wisc',
  'CA-NL': 'Newfoundland',
  'CA-QC': 'PQ',
  'BR-DF': 'Brasilia',
  'IN-OD': 'Orissa',
  'IN-PY': 'Pondicherry',
  'IN-UK': 'Uttaranchal|Uttrakhand',
  'IN-CG': 'Chattisgarh',
  'IN-TN': 'Tamilnadu',
  'IN-JK': 'Jammu|Kashmir',
  'IN-DL': 'New Delhi|NCT of Delhi|Delhi NCR',
  'MX-CMX': 'Distrito Federal|DF|D.F.|CDMX|Mexico City|Mexico DF',
  'MX-MEX': 'Estado de México|Edomex',
  'MX-NLE': 'NL',
  'MX-COA': 'Coahuila',
  'MX-MIC': 'Michoacan',
  'MX-VER': 'Veracruz',
  'MY-14': 'Kuala Lumpur|KL|WP Kuala Lumpur',
  'MY-15': 'Labuan',
  'MY-16': 'Putrajaya',
  'MY-07': 'Penang',
  'MY-04': 'Malacca',
  'NG-FC': 'FCT|Federal Capital Territory|Abuja',
  'DE-BY': 'Bavaria',
  'DE-BW': 'Baden-Wuerttemberg|Baden-Wurtemberg',
  'DE-HE': 'Hesse',
  'DE-NI': 'Lower Saxony',
  'DE-NW': 'North Rhine-Westphalia|NRW',
  'DE-RP': 'Rhineland-Palatinate|RLP',
  'DE-SN': 'Saxony',
  'DE-ST': 'Saxony-Anhalt',
  'DE-TH': 'Thuringia|Thueringen',
  'DE-MV': 'Mecklenburg-Western Pomerania',
  'AT-2': 'Carinthia|Kaernten',
  'AT-3': 'Lower Austria|Niederoesterreich',
  'AT-4': 'Upper Austria|Oberoesterreich',
  'AT-6': 'Styria',
  'AT-7': 'Tyrol',
  'AT-9': 'Vienna',
  'CH-GE': 'Geneva|Genf',
  'CH-ZH': 'Zuerich',
  'CH-LU': 'Lucerne',
  'CH-BE': 'Berne',
  'CH-SG': 'St. Gallen|St Gall',
  'CH-GR': 'Grisons|Graubuenden',
  'CH-VS': 'Wallis',
  'CH-VD': 'Waadt',
  'IT-25': 'Lombardy',
  'IT-52': 'Tuscany',
  'IT-21': 'Piedmont',
  'IT-75': 'Apulia',
  'IT-82': 'Sicily',
  'IT-88': 'Sardinia',
  'IT-62': 'Latium',
  'IT-RM': 'Rome',
  'IT-MI': 'Milan',
  'IT-NA': 'Naples',
  'IT-FI': 'Florence',
  'IT-TO': 'Turin',
  'ES-CT': 'Catalonia|Cataluña',
  'ES-AN': 'Andalusia',
  'ES-PV': 'Basque Country|Euskadi',
  'ES-SE': 'Seville',
  'ES-NC': 'Navarre',
  'NL-NH': 'North Holland',
  'NL-ZH': 'South Holland',
  'NL-NB': 'North Brabant',
  'NL-FR': 'Friesland',
  'BE-BRU': 'Brussels|Bruxelles|Brussel|Brussels Capital',
  'BE-VAN': 'Antwerp',
  'BE-VLG': 'Flanders',
  'BE-WAL': 'Wallonia',
  'PL-14': 'Masovia',
  'PL-12': 'Lesser Poland',
  'CZ-10': 'Prague',
  'TH-10': 'Bangkok',
  'RU-MOW': 'Moscow',
  'RU-SPE': 'Saint Petersburg|St. Petersburg',
  'VN-HN': 'Hanoi',
  'VN-SG': 'Ho Chi Minh City',
  'SA-01': 'Riyadh',
  'GR-I': 'Attica',
};

/** Letters that taking the accents off leaves as they are. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ð: 'd',
  þ: 'th',
};

/** How far a misspelling may be from what was meant: one edit in so many letters. */
const LETTERS_PER_EDIT = 4;
const EDITS_MAX = 2;

interface State {
  readonly code: string;
  readonly name: string;
}

/** By country, made when first asked for. */
const statesByCountry = new Map<string, ReadonlyMap<string, State>>();

/** How sure it is that a text which `findState` does not find is no state of the country. */
export function howWellStatesAreKnown(country: string): 'all' | 'most' | 'some' {
  return Object.hasOwn(STATES_KNOWN, country) ? (STATES_KNOWN[country] ?? 'some') : 'some';
}

/**
 * The state that a text means, however it is written.
 *
 * @param country ISO 3166-1 alpha-2, upper case
 */
export function findState(country: string, text: string): State | undefined {
  return findSubdivision(country, text) ?? listStates(country).get(simplify(country, text));
}

/** The state whose name is a misspelling away from a text, if there is exactly one so near. */
export function findNearestState(country: string, text: string): State | undefined {
  const simple = simplify(country, text);
  const editsMax = Math.min(EDITS_MAX, Math.floor([...simple].length / LETTERS_PER_EDIT));
  let nearest: State[] = [];
  let fewest = editsMax;
  for (const [name, state] of listStates(country)) {
    const edits = countEdits(simple, name);
    if (edits < fewest) {
      fewest = edits;
      nearest = [state];
    } else if (edits === fewest && !nearest.some(({ name }) => name === state.name)) {
      nearest.push(state);
    }
  }
  return nearest.length === 1 ? nearest[0] : undefined;
}

function listStates(country: string): ReadonlyMap<string, State> {
  const known = statesByCountry.get(country);
  if (known !== undefined) {
    return known;
  }
  const states = new Map<string, State>();
  for (const { code, name } of iso31662) {
    if (code.startsWith(`${country}-`)) {
      for (const written of [name, ...name.split(/[,/()]/), ...listOtherNames(code)]) {
        const simple = simplify(country, written);
        if (simple !== '' && !states.has(simple)) {
          states.set(simple, { code, name });
        }
      }
    }
  }
  // Whatever a client calls a country: only those that exist are kept.
  if (states.size > 0) {
    statesByCountry.set(country, states);
  }
  return states;
}

function listOtherNames(code: string): readonly string[] {
  return Object.hasOwn(OTHER_NAMES, code) ? (OTHER_NAMES[code] ?? '').split('|') : [];
}

/** Letters and digits without accents, and without the words that every state of a country may have. */
function simplify(country: string, text: string): string {
  const plain = fold(text)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[øłđæœıðþ]/g, (letter) => PLAIN_LETTERS[letter] ?? letter);
  const words = plain
    .replaceAll(/[\u02B0-\u02FF'’.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !KIND_WORDS.has(word));
  const simple = (telling.length > 0 ? telling : words).join('');
  return country === 'JP' ? toKunrei(simple) : simple;
}

/** ISO writes Japanese names by the Kunrei system, everybody else by Hepburn's. */
function toKunrei(text: string): string {
  return text
    .replaceAll('shi', 'si')
    .replaceAll('chi', 'ti')
    .replaceAll('tsu', 'tu')
    .replaceAll('fu', 'hu')
    .replaceAll('ji', 'zi');
}
