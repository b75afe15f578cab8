/** Countries, and their states and provinces, for those who fill in addresses. */
import { type Static, Type } from 'typebox';

export const CountryList = Type.Object({
  countries: Type.Array(
    Type.Object({
      code: Type.String({ description: 'ISO 3166-1 alpha-2.', examples: ['US'] }),
      name: Type.String({ description: 'In English.' }),
    }),
    { description: 'By name.' },
  ),
});
export type CountryList = Static<typeof CountryList>;

export const StateList = Type.Object({
  states: Type.Array(
    Type.Object({
      code: Type.String({ description: 'ISO 3166-2.', examples: ['US-MN'] }),
      name: Type.String({ description: 'As ISO 3166-2 has it.' }),
    }),
    { description: 'Divisions of every level, by name; either is taken for a `state`.' },
  ),
});
export type StateList = Static<typeof StateList>;
