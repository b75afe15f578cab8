/** The texts of the console in the reader's language. A language is one more folder beside `en`. */
import { createContext, use } from 'react';
import type { Texts } from './texts.ts';

/** Each language that there is, fetched only where it is read. */
const CATALOGUES: Readonly<Record<string, () => Promise<Texts>>> = {
  en: async () => (await import('./en/index.ts')).en,
};

const LANGUAGE_DEFAULT = 'en';

export const TextsContext = createContext<Texts | undefined>(undefined);

/** @param wished language tags as the browser has them, the most wanted first */
export async function loadTexts(wished: readonly string[]): Promise<Texts> {
  const languages = wished.map((tag) => tag.split('-')[0] ?? '');
  const language = languages.find((one) => Object.hasOwn(CATALOGUES, one)) ?? LANGUAGE_DEFAULT;
  const load = CATALOGUES[language];
  if (load === undefined) {
    throw new Error(`There are no texts in ${language}.`);
  }
  return await load();
}

export function useTexts(): Texts {
  const texts = use(TextsContext);
  if (texts === undefined) {
    throw new Error('There are no texts around this.');
  }
  return texts;
}
