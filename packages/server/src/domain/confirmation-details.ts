/**
 * What a confirmation is about, in somebody's language: the details that the mail and the page behind
 * its link both show. Pure; how they are laid out is for those two to say.
 */
import {
  ROLES_BY_VALIDATION_TYPE,
  VALIDATION_TYPE_NAMES,
  type ValidationTypeName,
} from '@orgvet/contract';
import type { ConfirmationView } from './confirmation.ts';
import { escapeHtml } from './html.ts';
import { type ConfirmationTexts, TEXTS, type TextLocale } from './texts/index.ts';

/** A label, and the lines of what it labels. */
export interface Detail {
  readonly label: string;
  readonly lines: readonly string[];
  /** Whether each line is a thing of its own. */
  readonly is_list: boolean;
}

/** A request in words. */
export interface ConfirmationDetails {
  readonly asker: string;
  readonly account_name: string;
  readonly organization_name: string;
  readonly contact_name: string;
  readonly organization: readonly Detail[];
  readonly contact: readonly Detail[];
  /** The three things that whoever confirms declares. */
  readonly meaning: readonly string[];
  readonly expires_at: string;
  /** Empty until there is an answer. */
  readonly answered_at: string;
}

export function describeConfirmation(
  given: ConfirmationView,
  locale: TextLocale,
): ConfirmationDetails {
  const view = makeSafe(given);
  const texts = TEXTS[locale];
  const { contact, organization } = view;
  return {
    asker:
      view.requester_name === ''
        ? view.account_name
        : texts.asker(view.requester_name, view.account_name),
    account_name: view.account_name,
    organization_name: organization.name,
    contact_name: formatPersonName(contact),
    organization: listOrganizationDetails(view, locale),
    contact: withoutEmpty([
      detail(texts.labels.contact_name, formatPersonName(contact)),
      detail(texts.labels.job_title, contact.job_title),
      detail(texts.labels.telephone, contact.telephone),
    ]),
    meaning: [
      texts.request.works_for(organization.name),
      texts.request.is_right,
      texts.request.may_approve(organization.name),
    ],
    expires_at: formatMoment(view.expires_at, locale),
    answered_at: view.answered_at === '' ? '' : formatMoment(view.answered_at, locale),
  };
}

/**
 * The lines of a detail as HTML, each in its own direction of writing.
 *
 * @param list_style of the list, where it is one and no sheet of styles says it
 */
export function renderLines({ lines, is_list }: Detail, list_style = ''): string {
  const isolated = lines.map((line) => `<bdi>${escapeHtml(line)}</bdi>`);
  if (!is_list || lines.length === 1) {
    return isolated.join('<br>');
  }
  const style = list_style === '' ? '' : ` style="${list_style}"`;
  return `<ul${style}>${isolated.map((line) => `<li>${line}</li>`).join('')}</ul>`;
}

function listOrganizationDetails(view: ConfirmationView, locale: TextLocale): Detail[] {
  const { labels, types }: ConfirmationTexts = TEXTS[locale];
  const { name, assumed_name, address, address2, city, state, zip, country } = view.organization;
  const place = [city, state, zip].filter((part) => part !== '').join(', ');
  return withoutEmpty([
    detail(labels.name, name),
    detail(labels.assumed_name, assumed_name),
    detail(labels.address, address, address2, place, formatCountry(country, locale)),
    {
      label: labels.certificates,
      lines: listApprovedTypes(view.validation_types).map((type) => types[type]),
      is_list: true,
    },
  ]);
}

/** A detail that is not known is not shown. */
function withoutEmpty(details: readonly Detail[]): Detail[] {
  return details
    .map((detail) => ({ ...detail, lines: detail.lines.filter((line) => line !== '') }))
    .filter(({ lines }) => lines.length > 0);
}

function detail(label: string, ...lines: readonly string[]): Detail {
  return { label, lines, is_list: false };
}

/**
 * The types that whoever confirms may approve from then on. With `ev` goes the role for EV code signing
 * (a recorded fact), so the request must not hide it.
 */
function listApprovedTypes(requested: readonly ValidationTypeName[]): ValidationTypeName[] {
  const roles = requested.flatMap((type) => ROLES_BY_VALIDATION_TYPE[type]);
  const types = new Set<string>([...requested, ...roles.map((role) => role.toLowerCase())]);
  return VALIDATION_TYPE_NAMES.filter((type) => types.has(type));
}

/** In the order of the name's own script: who writes a name in Han, Kana or Hangul puts the family first. */
function formatPersonName({ first_name, last_name }: ConfirmationView['contact']): string {
  const isFamilyFirst = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Hangul}\s]+$/u.test(
    first_name + last_name,
  );
  return (isFamilyFirst ? [last_name, first_name] : [first_name, last_name]).join(' ').trim();
}

/** A moment in words, to the minute; in UTC, since nobody knows where the reader is. */
function formatMoment(time: string, locale: TextLocale): string {
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

function formatCountry(code: string, locale: TextLocale): string {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code;
}

/**
 * The same with every text in one line and without marks that turn its neighbours around. What comes by
 * the wire has none of these, but a mail's header must not depend on that.
 */
function makeSafe(view: ConfirmationView): ConfirmationView {
  return {
    ...view,
    contact: makeEachSafe(view.contact),
    organization: makeEachSafe(view.organization),
    requester_name: makeTextSafe(view.requester_name),
    account_name: makeTextSafe(view.account_name),
  };
}

function makeEachSafe<Member extends string>(
  texts: Readonly<Record<Member, string>>,
): Record<Member, string> {
  const entries = Object.entries<string>(texts);
  const safe = entries.map(([name, text]) => [name, makeTextSafe(text)]);
  return Object.fromEntries(safe) as Record<Member, string>;
}

function makeTextSafe(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
