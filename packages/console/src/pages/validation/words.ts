/** Words of the API that may be more tomorrow than there are texts for. */

/** The text for a word; the word itself where there is none. */
export function wordFor(words: Readonly<Record<string, string>>, word: string): string {
  return hasWord(words, word) ? (words[word] ?? word) : word;
}

/** Whether there is a text for a word. */
export function hasWord<Word extends string>(
  words: Readonly<Record<Word, string>>,
  word: string,
): word is Word {
  return Object.hasOwn(words, word);
}
