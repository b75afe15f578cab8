/**
 * The languages that people without an account are spoken to in, and which of them somebody gets. A new
 * language is a file beside this one and a line here.
 */
import { DE } from './de.ts';
import { EN } from './en.ts';
import { ES } from './es.ts';
import { FR } from './fr.ts';
import { JA } from './ja.ts';
import type { Texts } from './texts.ts';

export type { Texts } from './texts.ts';

/** By locale code, in the order in which they are offered. */
export const TEXTS = { en: EN, de: DE, es: ES, fr: FR, ja: JA } satisfies Record<string, Texts>;
export type TextLocale = keyof typeof TEXTS;

/** Each language by its own name, since whoever looks for it may read no other. */
export const LANGUAGE_NAMES: Readonly<Record<TextLocale, string>> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  ja: '日本語',
};

export const TEXT_LOCALES = Object.keys(TEXTS) as TextLocale[];

const LOCALE_DEFAULT: TextLocale = 'en';

/** The texts for a language tag or locale code, whatever its region: `de-AT` and `de_AT` are German. */
export function findTextLocale(tag: string | undefined): TextLocale | undefined {
  const [language] = (tag ?? '').toLowerCase().split(/[-_]/);
  return TEXT_LOCALES.find((locale) => locale === language);
}

/**
 * The language to speak to somebody in: the first wish that there are texts for, else English.
 *
 * @param wishes language tags or locale codes, the most decisive first
 */
export function chooseTextLocale(wishes: readonly (string | undefined)[]): TextLocale {
  for (const wish of wishes) {
    const locale = findTextLocale(wish);
    if (locale !== undefined) {
      return locale;
    }
  }
  return LOCALE_DEFAULT;
}
