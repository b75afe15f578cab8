/**
 * Organization identifiers (`NTRUS+CA-12345678`): their parts, and whether they are well-formed by EVG
 * 7.1.4.2.8 and Appendix H, SBR 7.1.4.2.2(d) and Appendix A.1. Pure; asks no register.
 */
import { isLei } from './lei.ts';
import { findSubdivision, isCountry } from './subdivision.ts';

const SCHEMES = ['NTR', 'VAT', 'PSD', 'LEI', 'GOV', 'INT'] as const;
type Scheme = (typeof SCHEMES)[number];

/** An identifier in its parts. */
export interface OrganizationIdentifier {
  readonly scheme: Scheme;
  /** As it stands there: `XG` is no country, and `EL` is a prefix of tax authorities. */
  readonly country: string;
  /** Local code of the subdivision, empty for a scheme of the whole country. */
  readonly subdivision: string;
  /** Empty for governments and international organizations. */
  readonly reference: string;
}

/** What stands in the place of a country where a scheme is the world's. */
const WORLD = 'XG';

/** Prefixes of tax authorities that are no ISO codes (Directive 2006/112/EC, article 215). */
const TAX_PREFIXES: Readonly<Record<string, string>> = { EL: 'GR', XI: 'GB' };

/** Schemes that name nobody: what is identified is the government, or that it is international. */
const WITHOUT_REFERENCE: ReadonlySet<Scheme> = new Set(['GOV', 'INT']);
/** Schemes that are operated for all the world. */
const OF_THE_WORLD: ReadonlySet<Scheme> = new Set(['LEI', 'INT']);
/** Schemes that states and provinces have too. */
const OF_SUBDIVISIONS: ReadonlySet<Scheme> = new Set(['NTR', 'GOV']);

const FORM = /^([A-Z]{3})([A-Z]{2})(?:\+([A-Z0-9]{1,3}))?(?:-(.*))?$/su;

/** Authority, hyphen, number: what a payment service provider's reference is made of (ETSI TS 119 495). */
const PAYMENT_REFERENCE = /^[A-Z]{2,8}-\S.*$/su;

/** The parts of an identifier, or what is wrong with it as a sentence. */
export function readOrganizationIdentifier(
  text: string,
): { identifier: OrganizationIdentifier } | { fault: string } {
  const [, scheme = '', country = '', subdivision = '', reference = ''] = FORM.exec(text) ?? [];
  if (!isScheme(scheme)) {
    return {
      fault: `It must begin with one of ${SCHEMES.join(', ')} and a country of two capital letters, as in "NTRGB-12345678".`,
    };
  }
  const identifier = { scheme, country, subdivision, reference };
  const fault =
    findCountryFault(identifier) ??
    findSubdivisionFault(identifier) ??
    findReferenceFault(identifier, text);
  return fault === undefined ? { identifier } : { fault };
}

/** The ISO country that an identifier is of; empty where it is the world's. */
export function countryOfIdentifier({ scheme, country }: OrganizationIdentifier): string {
  if (country === WORLD) {
    return '';
  }
  return scheme === 'VAT' && Object.hasOwn(TAX_PREFIXES, country)
    ? (TAX_PREFIXES[country] ?? country)
    : country;
}

function isScheme(text: string): text is Scheme {
  return SCHEMES.some((scheme) => scheme === text);
}

function findCountryFault(identifier: OrganizationIdentifier): string | undefined {
  const { scheme, country } = identifier;
  if (OF_THE_WORLD.has(scheme)) {
    return country === WORLD
      ? undefined
      : `${scheme} is followed by ${WORLD} instead of a country.`;
  }
  const isOfTheWorld = scheme === 'NTR' && country === WORLD;
  return isOfTheWorld || isCountry(countryOfIdentifier(identifier))
    ? undefined
    : `"${country}" is not the code of a country.`;
}

function findSubdivisionFault(identifier: OrganizationIdentifier): string | undefined {
  const { scheme, country, subdivision } = identifier;
  if (subdivision === '') {
    return undefined;
  }
  if (!OF_SUBDIVISIONS.has(scheme)) {
    return `${scheme} has no part for a state or province.`;
  }
  return findSubdivision(country, subdivision)?.code === `${country}-${subdivision}`
    ? undefined
    : `"${country}-${subdivision}" is not the ISO 3166-2 code of a state or province.`;
}

function findReferenceFault(
  { scheme, country, reference }: OrganizationIdentifier,
  text: string,
): string | undefined {
  if (WITHOUT_REFERENCE.has(scheme)) {
    return text.includes('-') ? `Nothing follows the place after ${scheme}.` : undefined;
  }
  if (reference.trim() === '' || reference !== reference.trim()) {
    return 'A hyphen and the number in the register must follow, without spaces around it.';
  }
  if (scheme === 'LEI' && !isLei(reference)) {
    return 'What follows is no LEI: its form is wrong, or its check digits do not fit.';
  }
  if (scheme === 'PSD' && !PAYMENT_REFERENCE.test(reference)) {
    return `The authority and its number must follow, as in "PSD${country}-NBB-1234.567.890".`;
  }
  return undefined;
}
