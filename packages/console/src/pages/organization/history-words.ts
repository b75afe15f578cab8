/** What events recorded, in words: the names of fields, and their values. */
import { LANGUAGES } from '@orgvet/contract';
import type { Texts } from '../../texts/texts.ts';

/** Numbers by which Orgvet finds things again: they tell people nothing. */
const UNTOLD = new Set([
  'id',
  'account_id',
  'organization_id',
  'approval_request_id',
  'confirmation_id',
  'completion_id',
  'rejection_id',
  'decision_id',
  'mail_id',
  'verified_contact_id',
]);

/** Nobody, no language, nothing chosen: zero is how these say so. */
const EMPTY_WHEN_ZERO = new Set(['user_id', 'language_id']);

/** Whether a change is of interest to people. */
export function isTold({
  field,
  before,
  after,
}: {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}): boolean {
  const name = field.split('.').at(-1) ?? field;
  const isEmpty = EMPTY_WHEN_ZERO.has(name) && (before ?? 0) === 0 && (after ?? 0) === 0;
  return !UNTOLD.has(name) && !isEmpty;
}

/** @param field with dots, where it is inside of something */
export function labelOf(field: string, texts: Texts): string {
  return field
    .split('.')
    .map((name) => findText(name, texts) ?? name.replaceAll('_', ' '))
    .join(' › ');
}

function findText(name: string, { words, organization_history }: Texts): string | undefined {
  const labels: Readonly<Record<string, string>> = {
    ...words.fields,
    ...organization_history.fields,
  };
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}

/** @param name of the field that has the value */
export function tellValue(name: string, value: unknown, texts: Texts): string {
  const { organization_history } = texts;
  if (Array.isArray(value)) {
    return value.length === 0
      ? organization_history.nothing
      : value.map((one) => tellValue(name, one, texts)).join(', ');
  }
  switch (typeof value) {
    case 'boolean':
      return value ? organization_history.yes : organization_history.no;
    case 'object':
      return tellMembers(value, texts);
    case 'number':
      return tellNumber(name, value, texts);
    default:
      return tellText(String(value), texts);
  }
}

function tellMembers(value: object | null, texts: Texts): string {
  return Object.entries(value ?? {})
    .filter(([name, member]) => isTold({ field: name, after: member }))
    .map(([name, member]) =>
      texts.organization_history.pair(labelOf(name, texts), tellValue(name, member, texts)),
    )
    .join('; ');
}

function tellNumber(name: string, value: number, texts: Texts): string {
  if (value === 0 && EMPTY_WHEN_ZERO.has(name)) {
    return texts.organization_history.nothing;
  }
  const language = name === 'language_id' && LANGUAGES.find(({ id }) => id === value);
  return language ? tellLanguage(language.locale, texts) : String(value);
}

function tellLanguage(locale: string, { language }: Texts): string {
  return (
    new Intl.DisplayNames(language, { type: 'language' }).of(locale.replace('_', '-')) ?? locale
  );
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+00:00$/;

/** Times of the wire in the reader's zone with UTC beside, validation types by their names. */
function tellText(value: string, { language, organization_contacts, parts, words }: Texts): string {
  if (TIME.test(value)) {
    const local = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
    const utc = new Date(value).toISOString().slice(0, 16).replace('T', ' ');
    return `${local.format(new Date(value))} (${parts.utc(utc)})`;
  }
  const known: Readonly<Record<string, string>> = {
    ...words.validation_types,
    ...organization_contacts.kinds,
  };
  return Object.hasOwn(known, value) ? (known[value] ?? value) : value;
}
