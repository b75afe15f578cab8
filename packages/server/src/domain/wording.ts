/**
 * What people without an account read, wherever it stands: details with their labels, names and moments
 * in words. Pure; how they are laid out is for mails and pages to say.
 */
import { escapeHtml } from './html.ts';
import type { TextLocale } from './texts/index.ts';

/** A label, and the lines of what it labels. */
export interface Detail {
  readonly label: string;
  readonly lines: readonly string[];
  /** Whether each line is a thing of its own. */
  readonly is_list: boolean;
}

export function detail(label: string, ...lines: readonly string[]): Detail {
  return { label, lines, is_list: false };
}

/** A detail that is not known is not shown. */
export function withoutEmpty(details: readonly Detail[]): Detail[] {
  return details
    .map((one) => ({ ...one, lines: one.lines.filter((line) => line !== '') }))
    .filter(({ lines }) => lines.length > 0);
}

/**
 * The lines of a detail as HTML, each in its own direction of writing.
 *
 * @param list_style of the list, where it is one and no sheet of styles says it
 */
export function renderLines(
  { lines, is_list }: Pick<Detail, 'lines' | 'is_list'>,
  list_style = '',
): string {
  const isolated = lines.map((line) => `<bdi>${escapeHtml(line)}</bdi>`);
  if (!is_list || lines.length === 1) {
    return isolated.join('<br>');
  }
  const style = list_style === '' ? '' : ` style="${list_style}"`;
  return `<ul${style}>${isolated.map((line) => `<li>${line}</li>`).join('')}</ul>`;
}

/** In the order of the name's own script: who writes a name in Han, Kana or Hangul puts the family first. */
export function formatPersonName({
  first_name,
  last_name,
}: {
  readonly first_name: string;
  readonly last_name: string;
}): string {
  const isFamilyFirst = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Hangul}\s]+$/u.test(
    first_name + last_name,
  );
  return (isFamilyFirst ? [last_name, first_name] : [first_name, last_name]).join(' ').trim();
}

/** A moment in words, to the minute; in UTC, since nobody knows where the reader is. */
export function formatMoment(time: string, locale: TextLocale): string {
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(new Date(time));
}

/**
 * A text in one line and without marks that turn its neighbours around. What comes by the wire has few
 * of these, but a mail's header must not depend on that.
 */
export function makeTextSafe(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
