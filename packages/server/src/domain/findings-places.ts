/**
 * Findings about where an organization is: states that do not exist, values in each other's fields,
 * postal boxes, telephone numbers of nowhere. Pure; knows no towns and no streets.
 */
import type { Finding, ValidationTypeName } from '@orgvet/contract';
import { getCountryName, isCountryName } from './country-names.ts';
import { isAbsent } from './findings-placeholders.ts';
import { normalize } from './normalize.ts';
import type { OrganizationDetails } from './organization.ts';
import { findBoxSurroundings, isCareOf } from './postal-box.ts';
import { findNearestState, findState, howWellStatesAreKnown } from './state-names.ts';
import { findSubdivision } from './subdivision.ts';
import { findE164 } from './telephone.ts';

type Severity = Finding['severity'];
type Field = keyof OrganizationDetails;

/** Where a city is called like the state that it is in. */
const CITIES_LIKE_THEIR_STATE = new Set(['US-NY', 'US-DC', 'US-GU', 'US-PR', 'CA-QC']);

const E_MAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;
const URL = /^(?:https?:\/\/|www\.)\S+$/i;

/** More digits than any postal code has. */
const POSTAL_CODE_DIGITS_MAX = 10;
/** Fewer digits are a short code or the end of a number. */
const TELEPHONE_DIGITS_MIN = 7;

/** Everything that there is to say about the places. */
export function listPlaceFindings(
  details: OrganizationDetails,
  types: readonly ValidationTypeName[],
): Finding[] {
  return [
    ...listStates(details),
    ...listMisplacedValues(details),
    ...listBoxes(details, types),
    ...listTelephones(details),
  ];
}

function listStates({ country, state, city }: OrganizationDetails): Finding[] {
  if (state.trim() === '' && howWellStatesAreKnown(country) !== 'some') {
    return [
      {
        code: 'state_missing',
        field: 'state',
        reason: `Addresses in the country (${getCountryName(country)}) name a state. Give its name or code.`,
        severity: 'warning',
      },
    ];
  }
  const unknown = findUnknownState('state', country, state, city);
  return unknown === undefined ? [] : [unknown];
}

/**
 * What there is to say of a state that the country does not have.
 *
 * @param city named in the same address, empty if there is none
 */
export function findUnknownState(
  field: 'state' | 'jurisdiction_state',
  country: string,
  state: string,
  city: string,
): Finding | undefined {
  if (state.trim() === '' || isAbsent(state) || findState(country, state) !== undefined) {
    return undefined;
  }
  const nearest = findNearestState(country, state);
  const known = howWellStatesAreKnown(country);
  if (known === 'some' && nearest === undefined) {
    return undefined;
  }
  const severities: Readonly<Record<typeof known, Severity>> = {
    all: 'error',
    most: 'warning',
    some: 'notice',
  };
  const advice =
    nearest !== undefined
      ? `Is it "${nearest.name}"?`
      : city !== '' && normalize(state) === normalize(city)
        ? 'It is the city once more: give the state that the city is in.'
        : 'Give the name or the code of the state.';
  return {
    code: 'state_unknown',
    field,
    reason: `"${state}" is no state or province of the country (${getCountryName(country)}). ${advice}`,
    severity: severities[known],
  };
}

function listMisplacedValues(details: OrganizationDetails): Finding[] {
  return [
    ...listForeignValues(details),
    ...listCityFindings(details),
    ...listNumbersInWrongPlaces(details),
  ];
}

/** Mail and web addresses where names and places should be, and one value twice. */
function listForeignValues(details: OrganizationDetails): Finding[] {
  const found: Finding[] = [];
  for (const field of [
    'name',
    'assumed_name',
    'address',
    'address2',
    'city',
    'state',
    'zip',
  ] as const) {
    const value = details[field].trim();
    if (E_MAIL.test(value)) {
      found.push(misplace(field, `"${value}" is an email address.`));
    } else if (URL.test(value)) {
      found.push(misplace(field, `"${value}" is a web address.`));
    }
  }
  if (isSame(details.name, details.city)) {
    // Towns are organizations too, and some write their name as short as that.
    found.push(misplace('name', 'The name is the city. Give the full legal name.', 'notice'));
  }
  if (isSame(details.name, details.address)) {
    found.push(misplace('address', 'The address is the name. Give the street and number.'));
  }
  if (isSame(details.address, details.city)) {
    found.push(
      misplace('address', 'The address is the city. Give the street and number.', 'notice'),
    );
  }
  if (details.assumed_name !== '' && isSame(details.name, details.assumed_name)) {
    found.push({
      code: 'assumed_name_same',
      field: 'assumed_name',
      reason: 'The assumed name is the name once more. Leave it out, or give the name in use.',
      severity: 'warning',
    });
  }
  return found;
}

/** Countries and states in the place of cities, and the other way round. */
function listCityFindings({ city, state, country }: OrganizationDetails): Finding[] {
  const found: Finding[] = [];
  if (isCountryName(country, city)) {
    found.push(misplace('city', `"${city}" is the country. Give the city.`));
  }
  if (findState(country, state) === undefined && isCountryName(country, state)) {
    const severity = howWellStatesAreKnown(country) === 'some' ? 'notice' : 'warning';
    found.push(misplace('state', `"${state}" is the country. Give the state.`, severity));
  }
  if (howWellStatesAreKnown(country) !== 'all') {
    return found;
  }
  // By its exact name: there are a Kansas City and an Oregon City.
  const named = findSubdivision(country, city);
  const given = findState(country, state);
  if (named !== undefined && given === undefined) {
    found.push(misplace('city', `"${city}" is a state: city and state seem to be swapped.`));
  } else if (
    named !== undefined &&
    named.code === given?.code &&
    !CITIES_LIKE_THEIR_STATE.has(named.code)
  ) {
    found.push(misplace('city', `"${city}" is the state. Give the city.`));
  }
  return found;
}

function listNumbersInWrongPlaces(details: OrganizationDetails): Finding[] {
  const found: Finding[] = [];
  const zip = digitsOf(details.zip);
  const telephone = digitsOf(details.telephone);
  const isTelephone = zip.length >= TELEPHONE_DIGITS_MIN && zip === telephone;
  if (isTelephone || zip.length > POSTAL_CODE_DIGITS_MAX || details.zip.trim().startsWith('+')) {
    found.push(misplace('zip', `"${details.zip}" is a telephone number. Give the postal code.`));
  } else if (zip === '' && isSame(details.zip, details.city)) {
    found.push(misplace('zip', 'The postal code is the city. Give the postal code.'));
  }
  if (zip !== '' && isSame(details.address, details.zip)) {
    found.push(misplace('address', 'The address is the postal code. Give the street and number.'));
  }
  for (const field of ['name', 'city'] as const) {
    const digits = digitsOf(details[field]);
    if (digits !== '' && !/\p{L}/u.test(details[field]) && [zip, telephone].includes(digits)) {
      found.push(misplace(field, `"${details[field]}" is a number from another field.`));
    }
  }
  return found;
}

function listBoxes(details: OrganizationDetails, types: readonly ValidationTypeName[]): Finding[] {
  const found: Finding[] = [];
  const lines = [details.address, details.address2];
  const surroundings = findBoxSurroundings(lines, details.country);
  const isExtended = types.includes('ev') || types.includes('ev_cs');
  if (surroundings !== undefined) {
    const isFirst = findBoxSurroundings([details.address], details.country) !== undefined;
    const severities: Readonly<Record<typeof surroundings, Severity>> = {
      nothing: isExtended ? 'error' : 'warning',
      words: 'warning',
      street: 'notice',
    };
    found.push({
      code: 'postal_box',
      field: isFirst ? 'address' : 'address2',
      reason:
        surroundings === 'street'
          ? 'Beside the street there is a postal box. Only the street can be the place of business.'
          : 'A postal box is no place of business. Give the street and number where the organization works (EVG 3.2.2.4.1).',
      severity: severities[surroundings],
    });
  }
  for (const field of ['address', 'address2'] as const) {
    if (isCareOf(details[field])) {
      found.push({
        code: 'care_of',
        field,
        reason:
          'The address is care of somebody else. Give the address where the organization itself works (EVG 3.2.2.4.1).',
        severity: 'warning',
      });
    }
  }
  return found;
}

function listTelephones({ telephone, country }: OrganizationDetails): Finding[] {
  if (telephone.trim() === '' || findE164(telephone, country) !== '') {
    return [];
  }
  return [
    {
      code: 'telephone_unlikely',
      field: 'telephone',
      reason: `"${telephone}" is no number of the country (${getCountryName(country)}). Check it; a number of another country begins with + and the code of that country.`,
      severity: 'notice',
    },
  ];
}

function misplace(field: Field, reason: string, severity: Severity = 'warning'): Finding {
  return { code: 'misplaced_value', field, reason, severity };
}

function isSame(one: string, other: string): boolean {
  return one.trim() !== '' && normalize(one) === normalize(other);
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}
