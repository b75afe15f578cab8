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
import { TEXTS, type TextLocale, type Texts } from './texts/index.ts';
import {
  type Detail,
  detail,
  formatMoment,
  formatPersonName,
  makeTextSafe,
  withoutEmpty,
} from './wording.ts';

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

function listOrganizationDetails(view: ConfirmationView, locale: TextLocale): Detail[] {
  const { labels, types }: Texts = TEXTS[locale];
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

/**
 * The types that whoever confirms may approve from then on. With `ev` goes the role for EV code signing
 * (a recorded fact), so the request must not hide it.
 */
function listApprovedTypes(requested: readonly ValidationTypeName[]): ValidationTypeName[] {
  const roles = requested.flatMap((type) => ROLES_BY_VALIDATION_TYPE[type]);
  const types = new Set<string>([...requested, ...roles.map((role) => role.toLowerCase())]);
  return VALIDATION_TYPE_NAMES.filter((type) => types.has(type));
}

function formatCountry(code: string, locale: TextLocale): string {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code;
}

/** The same with every text made safe. */
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
