/**
 * What a country is called, so that its name is recognized where another value should be. Pure; the
 * names are those that the runtime knows.
 */
import { iso31661 } from 'iso-3166/1.js';
import { normalize } from './normalize.ts';
import { isCountry } from './subdivision.ts';

/** Languages in which forms are filled in. */
const LANGUAGES =
  'en de fr es it pt nl pl sv da fi cs tr ru uk el ar he hi ja ko zh-Hans zh-Hant'.split(' ');

/** What the lists leave out. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  US: ['USA', 'U.S.A.', 'U.S.', 'United States', 'America', 'Estados Unidos'],
  GB: ['UK', 'U.K.', 'United Kingdom', 'Great Britain', 'Britain'],
  NL: ['Holland', 'The Netherlands', 'Netherlands'],
  CN: ['PRC', 'P.R. China'],
  KR: ['South Korea', 'Korea'],
  AE: ['UAE'],
  CZ: ['Czech Republic'],
};

/** Whose capital is called like the country, or is all of it. */
const NAMED_LIKE_A_CITY = new Set('AD DJ GI GT HK KW LU MC MO MX PA SG SM SV VA'.split(' '));

/** Both are made when first asked for. */
const namesByCountry = new Map<string, ReadonlySet<string>>();
const namesByLanguage = new Map<string, Intl.DisplayNames>();

/** The English name of a country, to stand in a sentence. */
export function getCountryName(country: string): string {
  return (isCountry(country) ? findName('en', country) : undefined) ?? country;
}

/** Every country with its English name, in the order of their names. */
export function listCountries(): { readonly code: string; readonly name: string }[] {
  const { compare } = new Intl.Collator('en');
  return iso31661
    .map(({ alpha2 }) => ({ code: alpha2, name: getCountryName(alpha2) }))
    .sort((one, other) => compare(one.name, other.name));
}

/** Whether a text is a name of the country, and of no city in it. */
export function isCountryName(country: string, text: string): boolean {
  return (
    isCountry(country) && !NAMED_LIKE_A_CITY.has(country) && listNames(country).has(normalize(text))
  );
}

function listNames(country: string): ReadonlySet<string> {
  let names = namesByCountry.get(country);
  if (names === undefined) {
    const iso = iso31661.find(({ alpha2 }) => alpha2 === country);
    const others = Object.hasOwn(OTHER_NAMES, country) ? OTHER_NAMES[country] : undefined;
    const inLanguages = LANGUAGES.map((language) => findName(language, country));
    const all = [iso?.name, iso?.alpha3, ...inLanguages, ...(others ?? [])];
    names = new Set(all.filter((name) => name !== undefined).map(normalize));
    namesByCountry.set(country, names);
  }
  return names;
}

function findName(language: string, country: string): string | undefined {
  let names = namesByLanguage.get(language);
  if (names === undefined) {
    names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    namesByLanguage.set(language, names);
  }
  return names.of(country);
}
