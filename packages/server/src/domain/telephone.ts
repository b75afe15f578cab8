/**
 * Telephone numbers: their E.164 form, where it can be told. Pure. Refuses nothing: what was sent is
 * kept as it was sent, and numbers of the documents themselves are no valid numbers.
 */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** What E.164 allows; some countries have longer numbers. */
const E164_LENGTH_MAX = '+'.length + 15;

/**
 * The E.164 form of a telephone number, without its extension.
 *
 * @param country where it is called from if it names no country itself
 * @returns empty where the text is no valid number
 */
export function findE164(telephone: string, country: string): string {
  const number = parsePhoneNumberFromString(telephone, {
    ...(isSupportedCountry(country) && { defaultCountry: country }),
    // The text as a whole, not a number that stands somewhere in it.
    extract: false,
  });
  const isTold = number?.isValid() === true && number.number.length <= E164_LENGTH_MAX;
  return isTold ? number.number : '';
}
