/**
 * Findings about values that stand where the real one is missing: defaults of programs, keyboard rows,
 * tests, and words for nothing. Pure. Only whole values count: "Test Rite International" is a name.
 */
import type { Finding } from '@orgvet/contract';
import { fold } from './fold.ts';
import { normalize } from './normalize.ts';
import type { OrganizationDetails } from './organization.ts';
import { findState, howWellStatesAreKnown } from './state-names.ts';

type Field = keyof OrganizationDetails;
type Severity = Finding['severity'];

/** What kind of placeholder a value is, as part of a sentence, and how sure that is. */
interface Placeholder {
  readonly what: string;
  /** What to do, where it is not to give the real value. */
  readonly advice?: string;
  readonly severity: Severity;
}

/** What OpenSSL, its distributions and other programs fill into a request that nobody filled in. */
const PROGRAM_DEFAULTS: Readonly<Partial<Record<Field, string>>> = {
  name:
    'internet widgits pty ltd|internet widgets pty ltd|default company ltd|default company|' +
    'company name|organization name|organisation name|my company|your company|my organization|' +
    'your organization|company name here|snakeoil|snake oil ltd',
  city: 'default city|some city|city|town|locality|your city|my city|anytown|any town|snake town',
  state: 'some state|default state|state|province|your state|my state|any state|state or province',
  address: 'address|street|street address|your address|my address|default address|some street',
};

/** Signs that a value is missing; no certificate may carry one (BR 7.1.2.7.4). */
const ABSENT_MARKS = new Set(['n/a', 'n.a.', 'n.a', 'n\\a', 'n/v', 'k.a.', 'k/a']);

/** Words for the same, each of which could be somebody's name after all. */
const ABSENT_WORDS = new Set(
  'none unknown null nil undefined tbd tba xx blank empty nothing nowhere notapplicable notavailable notprovided'.split(
    ' ',
  ),
);

/** Places that are called like a word for nothing. */
const REAL_PLACES = new Set(['IT none']);

/** Words that a name is made of where somebody tries a program out. */
const TRIAL_WORDS = new Set(
  (
    'test tests testing tester testcompany testorg test1 demo sample example dummy fake foo foobar ' +
    'placeholder asd asdf asdfasdf asdfgh qwe qwer qwert qwerty qwertz zxcv zxcvbn hjkl sdf sdfsdf fdsa ' +
    'lorem muster musterfirma mustermann beispiel beispielfirma exemple prueba ejemplo exemplo esempio ' +
    'teste prova тест тестовая тестовый пример テスト サンプル 测试 測試 테스트 اختبار'
  ).split(' '),
);

/** Words that say nothing beside them, in names and in addresses. */
const FILLER_WORDS = new Set(
  (
    'the a de of my your our company companies co corp corporation inc incorporated ltd limited llc llp plc pty ' +
    'pvt private gmbh ag kg ug mbh se sa sas sarl srl spa sl bv nv ab as aps oy lda ltda kft sro doo ' +
    'org organization organisation organizacion firma empresa société societe group account name user ' +
    'bar baz ipsum dolor only one two three ооо оао ао зао компания организация ' +
    'street st road rd avenue ave lane drive address city town state strasse straße str weg rue calle ' +
    'rua via 株式会社 有限会社 会社 有限公司 公司 주식회사'
  ).split(' '),
);

/** Legal forms and kinds that are written without a space beside the name. */
const UNSPACED_FILLERS = /株式会社|有限会社|有限責任公司|有限责任公司|有限公司|公司|주식회사/gu;

/** Addresses that people invent. Some exist, so these are only looked at. */
const INVENTED_ADDRESSES =
  /^(?:1|12|123|1234|12345) ?(?:main|any|fake|first|elm|anywhere|some) ?(?:st|str|street|rd|road|ave|avenue)?$|^742 evergreen terrace$|^calle falsa 123$|^musterstra(?:ss|ß)e \d+$|^musterweg \d+$/u;

/** Countries without postal codes: clients must send one all the same. */
const WITHOUT_POSTAL_CODES = new Set(
  (
    'AE AG AO AW BF BI BJ BO BS BW BZ CD CF CG CI CK CM DJ DM ER FJ GA GD GH GM GQ GY HK JM KI KM KN KP ' +
    'LY ML MO MR MW NR NU PA QA RW SB SC SL SR ST SY TD TG TK TL TO TV UG VU YE ZW'
  ).split(' '),
);

/** The ZIP code 12345 is real: it is that of a city's largest employer. */
const REAL_RUN_ZIP = { country: 'US', city: 'schenectady' };

/** Numbers that regulators keep for films and books, by the code of their countries. */
const FICTION_NUMBERS: readonly (readonly [code: string, countries: string, form: RegExp])[] = [
  [
    '1',
    'US CA PR VI GU AS MP AG AI BB BM BS DM DO GD JM KN KY LC MS SX TC TT VC VG',
    /^1?[2-9]\d{2}55501\d{2}$/,
  ],
  ['44', 'GB GG IM JE', /^(?:44|0)(?:207946\d{4}|1632960\d{3}|7700900\d{3})$/],
];

/** The placeholders in an organization's details. */
export function listPlaceholderFindings(details: OrganizationDetails): Finding[] {
  const found: Finding[] = [];
  for (const field of Object.keys(details) as Field[]) {
    const value = details[field].trim();
    const placeholder = value === '' ? undefined : findPlaceholder(field, value, details);
    if (placeholder !== undefined) {
      const { what, advice = 'Give the real value.', severity } = placeholder;
      const reason = `"${value}" ${what}. ${advice}`;
      found.push({ code: 'placeholder_value', field, reason, severity });
    }
  }
  return found;
}

/** Whether a value says no more than that there is none: it is left out of certificates. */
export function isAbsent(value: string): boolean {
  return !/[\p{L}\p{N}]/u.test(value) || ABSENT_MARKS.has(fold(value).trim());
}

function findPlaceholder(
  field: Field,
  value: string,
  details: OrganizationDetails,
): Placeholder | undefined {
  switch (field) {
    case 'name':
    case 'assumed_name':
      return findAbsence(field, value, details) ?? findDefault('name', value) ?? findTrial(value);
    case 'address':
    case 'address2':
      return (
        findAbsence(field, value, details) ??
        findDefault('address', value) ??
        findInventedAddress(value) ??
        findTrial(value)
      );
    case 'city':
      return findAbsence(field, value, details) ?? findDefault('city', value) ?? findTrial(value);
    case 'state':
      // A state that exists is one, however it reads: "NA" is Naples.
      return findState(details.country, value) === undefined
        ? (findAbsence(field, value, details) ?? findDefault('state', value) ?? findTrial(value))
        : undefined;
    case 'zip':
      return findPlaceholderZip(value, details);
    case 'telephone':
      return findAbsence(field, value, details) ?? findPlaceholderTelephone(value, details.country);
    case 'country':
      return undefined;
  }
}

function findAbsence(
  field: Field,
  value: string,
  details: OrganizationDetails,
): Placeholder | undefined {
  const word = normalize(value);
  const isName = field === 'name' || field === 'assumed_name';
  const isWord = ABSENT_WORDS.has(word) || /^x{3,}$/.test(word) || (word === 'na' && !isName);
  const isMark = isAbsent(value);
  if (!isMark && (!isWord || REAL_PLACES.has(`${details.country} ${word}`))) {
    return undefined;
  }
  const what = 'says that there is none';
  if (field === 'address2') {
    return { what, advice: 'Leave it out.', severity: 'notice' };
  }
  if (field === 'state' && howWellStatesAreKnown(details.country) === 'some') {
    // Clients must send one, also where addresses name none.
    return { what, advice: 'Certificates will have no state.', severity: 'notice' };
  }
  return { what, severity: isMark ? 'error' : 'warning' };
}

function findDefault(field: Field, value: string): Placeholder | undefined {
  const defaults = (PROGRAM_DEFAULTS[field] ?? '').split('|');
  const isDefault = defaults.some((one) => normalize(one) === normalize(value));
  return isDefault
    ? { what: 'is what programs and forms suggest where nothing is filled in', severity: 'error' }
    : undefined;
}

/** A name of nothing but words that people try a program out with. */
function findTrial(value: string): Placeholder | undefined {
  const words = fold(value)
    .replaceAll(UNSPACED_FILLERS, ' $& ')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
  const isTrial =
    words.some((word) => TRIAL_WORDS.has(word)) &&
    words.every(
      (word) => TRIAL_WORDS.has(word) || FILLER_WORDS.has(word) || /^\p{N}+$/u.test(word),
    );
  const isKey = /^(\p{L})\1{3,}$/u.test(words.join(''));
  return isTrial || isKey
    ? { what: 'looks like something to try a program out with', severity: 'warning' }
    : undefined;
}

function findInventedAddress(value: string): Placeholder | undefined {
  const simple = fold(value)
    .replaceAll(/[\s\p{P}]+/gu, ' ')
    .trim();
  return INVENTED_ADDRESSES.test(simple)
    ? { what: 'is an address that many people invent', severity: 'notice' }
    : undefined;
}

function findPlaceholderZip(value: string, details: OrganizationDetails): Placeholder | undefined {
  if (WITHOUT_POSTAL_CODES.has(details.country)) {
    return undefined;
  }
  const digits = value.replaceAll(/\D/g, '');
  if (/^0+$/.test(digits)) {
    return { what: 'is no postal code', severity: 'warning' };
  }
  if (digits === '12345' || digits === '123456' || digits === '1234567') {
    const isReal =
      details.country === REAL_RUN_ZIP.country && normalize(details.city) === REAL_RUN_ZIP.city;
    return isReal ? undefined : { what: 'looks like an invented postal code', severity: 'notice' };
  }
  return findAbsence('zip', value, details);
}

function findPlaceholderTelephone(value: string, country: string): Placeholder | undefined {
  const digits = value.replaceAll(/\D/g, '');
  const isRun =
    digits.length >= 5 && ('01234567890'.includes(digits) || '9876543210'.includes(digits));
  if (isRun || /^(\d)\1{4,}$/.test(digits)) {
    return { what: 'looks like an invented number', severity: 'warning' };
  }
  const isFiction = FICTION_NUMBERS.some(([code, countries, form]) => {
    const isOfCountry = value.startsWith('+')
      ? digits.startsWith(code)
      : countries.split(' ').includes(country);
    return isOfCountry && form.test(digits);
  });
  return isFiction
    ? { what: 'is kept for films and books, so nobody has it', severity: 'warning' }
    : undefined;
}
