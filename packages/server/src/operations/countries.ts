/** The countries that addresses may be in, and their states and provinces. */
import type { CountryList, StateList } from '@orgvet/contract';
import { listCountries as listAllCountries } from '../domain/country-names.ts';
import { isCountry, listSubdivisions } from '../domain/subdivision.ts';
import { type Context, refuseAsNotFound } from './context.ts';

export async function listCountries(): Promise<CountryList> {
  return { countries: listAllCountries() };
}

/** @param request.params.country its code, in any case */
export async function listStates(
  _context: Context,
  { params: { country } }: { readonly params: { readonly country: string } },
): Promise<StateList> {
  if (!isCountry(country)) {
    refuseAsNotFound('country');
  }
  return { states: listSubdivisions(country.toUpperCase()) };
}
