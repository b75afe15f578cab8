/** States and provinces by ISO 3166-2: from a name or a code, as clients send either, to one of both. */
import { iso31661 } from 'iso-3166/1.js';
import { iso31662 } from 'iso-3166/2.js';
import { normalize } from './normalize.ts';

/** A first-level or lower division of a country. */
export interface Subdivision {
  /** `US-MN` */
  readonly code: string;
  readonly name: string;
}

const COUNTRIES: ReadonlySet<string> = new Set(iso31661.map(({ alpha2 }) => alpha2));

/** Made when it is first asked for: five thousand names would slow every start. */
let subdivisions: ReadonlyMap<string, Subdivision> | undefined;

/** Whether the code, in any case, is an assigned ISO 3166-1 alpha-2 code. */
export function isCountry(code: string): boolean {
  // The form first: the upper case of some single letters is two, and those a country's.
  return /^[A-Za-z]{2}$/.test(code) && COUNTRIES.has(code.toUpperCase());
}

/**
 * The subdivision that a state names by its full code (`US-MN`), its local code (`MN`) or its name.
 *
 * @param country ISO 3166-1 alpha-2, upper case
 */
export function findSubdivision(country: string, state: string): Subdivision | undefined {
  subdivisions ??= indexSubdivisions();
  return subdivisions.get(`${country} ${normalize(state)}`);
}

/**
 * The divisions of a country, of whatever level, in the order of their names.
 *
 * @param country ISO 3166-1 alpha-2, upper case
 */
export function listSubdivisions(country: string): Subdivision[] {
  const { compare } = new Intl.Collator('en');
  return iso31662
    .filter(({ code }) => code.startsWith(`${country}-`))
    .map(({ code, name }) => ({ code, name }))
    .sort((one, other) => compare(one.name, other.name) || compare(one.code, other.code));
}

function indexSubdivisions(): Map<string, Subdivision> {
  const index = new Map<string, Subdivision>();
  for (const { code, name } of iso31662) {
    const [country = '', local = ''] = code.split('-');
    const subdivision = { code, name };
    // Codes win over names: "IN" in the United States is Indiana, whatever else is called so.
    for (const key of [code, local]) {
      index.set(`${country} ${normalize(key)}`, subdivision);
    }
  }
  for (const { code, name } of iso31662) {
    const key = `${code.slice(0, 2)} ${normalize(name)}`;
    if (!index.has(key)) {
      index.set(key, { code, name });
    }
  }
  return index;
}
