/** Splits query strings as clients really send them: brackets raw or encoded, `%` raw or encoded. */
import { parse } from 'node:querystring';

/** @param query what follows the question mark */
export function parseQueryString(query: string): Record<string, unknown> {
  // All of them, as many as a URL can hold: one that is passed over would be ignored in silence.
  return query === '' ? {} : parse(query, '&', '=', { decodeURIComponent: decode, maxKeys: 0 });
}

/**
 * One character in percent-encoded UTF-8, by the well-formed byte sequences of the Unicode Standard
 * (table 3-7); a pattern that cannot look back, since anybody may send anything.
 */
const ENCODED_CHARACTER = new RegExp(
  [
    '%[0-7]X',
    '%(?:C[2-9A-F]|DX)T',
    '%E0%[AB]XT',
    '%E(?:[1-9A-C]|[EF])TT',
    '%ED%[89]XT',
    '%F0%[9AB]XTT',
    '%F[1-3]TTT',
    '%F4%8XTT',
  ]
    .join('|')
    .replaceAll('T', '%[89AB]X')
    .replaceAll('X', '[0-9A-F]'),
  'gi',
);

/**
 * Decodes a name or value. What is no encoding of UTF-8 stays as it is: the documents write
 * `filters[search]=%digicert` with a raw `%`, and `%ac` in `%acme` is no character either.
 */
function decode(text: string): string {
  return text.replaceAll(ENCODED_CHARACTER, (encoded) => decodeURIComponent(encoded));
}
