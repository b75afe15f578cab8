/** Normalizing: what is left of a text when it is compared with another for being the same. */
import { fold } from './fold.ts';

/**
 * Spaces, what nobody sees, and the punctuation that people write or leave out: "Example, Inc." is
 * "EXAMPLE INC". The signs that tell names apart stay: "A & B" is not "A B".
 */
const INSIGNIFICANT = /(?:[\s\p{Z}\p{Cf}]|(?![&@#%*])\p{P})+/gu;

/** A text without what does not count in a comparison. */
export function normalize(text: string): string {
  const folded = fold(text);
  // A name of nothing but punctuation keeps it, or all such names would be one.
  return folded.replaceAll(INSIGNIFICANT, '') || folded.trim();
}
