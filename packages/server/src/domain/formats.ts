/** What the contract's `format` words mean, for reading bodies. Pure. */
import type { Formats } from '@orgvet/contract';
import emailModule from 'validator/lib/isEmail.js';
import { isCountry } from './subdivision.ts';

// One module of the library, not all of it: the rest would be loaded at every start for nothing.
const isEmail = emailModule.default;

export const FORMATS: Formats = {
  email: (value) => isEmail(value, { ignore_max_length: true, allow_utf8_local_part: true }),
  'iso-3166-1-alpha-2': isCountry,
};
