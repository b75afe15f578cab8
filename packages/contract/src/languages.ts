/**
 * The languages that a `language_id` can name. That 1 is English is recorded; the documents refer to a
 * table that was never seen, so the other numbers are Orgvet's own. A locale code does as well.
 */

export interface Language {
  readonly id: number;
  /** As the wire writes locales. */
  readonly locale: string;
  /** In English. */
  readonly name: string;
}

export const LANGUAGES = [
  { id: 1, locale: 'en', name: 'English' },
  { id: 2, locale: 'de', name: 'German' },
  { id: 3, locale: 'es', name: 'Spanish' },
  { id: 4, locale: 'fr', name: 'French' },
  { id: 5, locale: 'ja', name: 'Japanese' },
  { id: 6, locale: 'it', name: 'Italian' },
  { id: 7, locale: 'ko', name: 'Korean' },
  { id: 8, locale: 'nl', name: 'Dutch' },
  { id: 9, locale: 'pt', name: 'Portuguese' },
  { id: 10, locale: 'ru', name: 'Russian' },
  { id: 11, locale: 'zh_CN', name: 'Chinese (simplified)' },
  { id: 12, locale: 'zh_TW', name: 'Chinese (traditional)' },
] as const satisfies readonly Language[];

export const LANGUAGE_ID_DEFAULT = 1;

/** The language that a text of the wire names: an id, or a locale code in any case, with `-` or `_`. */
export function findLanguage(text: string): Language | undefined {
  const locale = text.replace('-', '_').toLowerCase();
  return LANGUAGES.find(
    (language) => String(language.id) === text || language.locale.toLowerCase() === locale,
  );
}
