/**
 * The organization and the technical contact of an organization: what a request may say of them, and
 * what becomes of those it has (Update organization and technical contact). Pure: it decides, and
 * changes nothing.
 */
import {
  type ContactChange,
  ContactsRequest,
  type ContactType,
  fieldProblem,
  findLanguage,
  LANGUAGE_ID_DEFAULT,
  type Problem,
  problem,
  readBody,
} from '@orgvet/contract';
import { FORMATS } from './formats.ts';

/** What is kept of a contact. Absent texts are empty. */
export interface ContactDetails {
  readonly contact_type: ContactType;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly job_title: string;
  /** As it was sent. */
  readonly telephone: string;
  readonly telephone_extension: string;
  readonly language_id: number;
}

/** A contact that an organization has. */
export interface CurrentContact extends ContactDetails {
  readonly id: number;
}

/** What happens to one contact; one that stays exactly as it is has no part in a plan. */
export type PlannedContactChange =
  | { readonly kind: 'add'; readonly after: ContactDetails }
  /** The same contact, with its id. */
  | { readonly kind: 'update'; readonly before: CurrentContact; readonly after: ContactDetails }
  /** Another contact in its place. */
  | { readonly kind: 'replace'; readonly before: CurrentContact; readonly after: ContactDetails }
  | { readonly kind: 'remove'; readonly before: CurrentContact };

/** What must be given of a contact that is not to be removed. */
const REQUIRED_FIELDS = ['first_name', 'last_name', 'email'] as const;

/** By these a contact is the same as before; they are compared exactly as they are kept. */
const SAME_FIELDS = REQUIRED_FIELDS;

/** Reads the body of "Update organization and technical contact". */
export function checkContactsRequest(body: unknown): {
  problems: Problem[];
  request: ContactsRequest;
} {
  const { problems, faulty, value } = readBody(ContactsRequest, body, FORMATS);
  // What could not be read is undefined, and was reported.
  const contacts: readonly (ContactChange | undefined)[] = value.contacts ?? [];
  const sent = contacts.flatMap((contact, index) => {
    const path = `contacts[${index}]`;
    return contact === undefined
      ? []
      : [{ contact, path, isRemoval: hasOnlyType(contact) && !hasFaultyMember(path, faulty) }];
  });
  for (const { contact, path, isRemoval } of sent) {
    problems.push(...(isRemoval ? [] : checkRequiredFields(contact, path, faulty)));
  }
  if (sent.some((one) => one.isRemoval && one.contact.contact_type === 'organization_contact')) {
    problems.push(problem('cannot_remove_organization_contact'));
  }
  const types = sent.flatMap(({ contact }) => contact.contact_type ?? []);
  if (new Set(types).size < types.length) {
    problems.push(problem('contact_type_duplicate'));
  }
  return { problems, request: value };
}

/** A contact that a request gives, as it is kept. */
export function contactOf(
  sent: Omit<ContactChange, 'contact_type'>,
  contact_type: ContactType,
): ContactDetails {
  return {
    contact_type,
    first_name: sent.first_name ?? '',
    last_name: sent.last_name ?? '',
    email: sent.email ?? '',
    job_title: sent.job_title ?? '',
    telephone: sent.telephone ?? '',
    telephone_extension: sent.telephone_extension ?? '',
    language_id: findLanguage(sent.language_id ?? '')?.id ?? LANGUAGE_ID_DEFAULT,
  };
}

/**
 * What becomes of the contacts of an organization. A type that is not submitted stays.
 *
 * @param submitted contacts in which `checkContactsRequest` found no problem
 */
export function planContactChanges(
  current: readonly CurrentContact[],
  submitted: readonly ContactChange[],
): PlannedContactChange[] {
  return submitted.flatMap((sent) => {
    const { contact_type } = sent;
    const before = current.find((contact) => contact.contact_type === contact_type);
    if (hasOnlyType(sent)) {
      return before === undefined ? [] : { kind: 'remove', before };
    }
    const after = contactOf(sent, contact_type);
    if (before === undefined) {
      return { kind: 'add', after };
    }
    if (SAME_FIELDS.some((field) => before[field] !== after[field])) {
      return { kind: 'replace', before, after };
    }
    return isUnchanged(before, after) ? [] : { kind: 'update', before, after };
  });
}

function checkRequiredFields(
  contact: ContactChange,
  path: string,
  faulty: ReadonlySet<string>,
): Problem[] {
  return REQUIRED_FIELDS.filter((field) => contact[field] === undefined)
    .map((field) => `${path}.${field}`)
    .filter((fieldPath) => !faulty.has(fieldPath))
    .map((fieldPath) => fieldProblem('missing', fieldPath, 'is required of a contact.'));
}

/** Whether nothing was sent of a contact but its type: that removes it. */
function hasOnlyType({ contact_type: _, ...members }: ContactChange): boolean {
  return Object.keys(members).length === 0;
}

/** A member that could not be read is not in the contact, yet it was sent. */
function hasFaultyMember(path: string, faulty: ReadonlySet<string>): boolean {
  return [...faulty].some(
    (place) => place.startsWith(`${path}.`) && place !== `${path}.contact_type`,
  );
}

function isUnchanged(before: ContactDetails, after: ContactDetails): boolean {
  const names = Object.keys(after) as (keyof ContactDetails)[];
  return names.every((name) => before[name] === after[name]);
}
