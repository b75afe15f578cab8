/**
 * Folding: the one pure function behind sorting and searching. What it makes is compared bytewise (as
 * UTF-8), so every database orders every script alike.
 */

/** Nothing but this folds to its lower case, which most texts are. */
const ASCII = /^[\x20-\x7E]*$/;

/**
 * The form of a text in which case and compatibility variants are equal: `"ＡＢＣ"`, `"abc"` and
 * `"ABC"` fold alike, so do `"Straße"` and `"STRASSE"`. Accents count. What is folded stays as it is.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) {
    return text.toLowerCase();
  }
  const compatible = text.normalize('NFKC');
  // By way of upper case, which has one form for letters with several lower-case ones (ß and ss,
  // dotless i); lower case before it, because the upper case of a capital sharp s is itself.
  const lower = compatible.toLowerCase().toUpperCase().toLowerCase();
  // The lower case of Σ depends on its place in the word; a search term is no whole word.
  return lower.replaceAll('ς', 'σ').normalize('NFKC');
}
