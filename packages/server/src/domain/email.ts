/** What counts as an email address. Pure. */
import emailModule from 'validator/lib/isEmail.js';

// One module of the library, not all of it: the rest would be loaded at every start for nothing.
const isEmail = emailModule.default;

export function isEmailAddress(text: string): boolean {
  return isEmail(text, { ignore_max_length: true, allow_utf8_local_part: true });
}
