/**
 * How an organization looks in answers, as JSON text.
 *
 * A list of a thousand organizations is mostly text that never changes between two requests, so the
 * parts that follow from the row alone are rendered once, when the row is written, and only joined when
 * it is read. The member order is the recorded one. What depends on the moment (validations) is rendered
 * at the moment.
 */
import {
  type Contact,
  type ContactType,
  type Validation,
  type ValidationTypeName,
  VERIFIED_ROLES,
  type VerifiedContact,
  type VerifiedRole,
} from '@orgvet/contract';
import { isWithdrawnAt, roleStatusAt } from './confirmation.ts';
import { displayName, type OrganizationDetails } from './organization.ts';
import { getValidationType, statusAt } from './validation.ts';
import type { KeptRole } from './verified-contact-requests.ts';

/** Text that is JSON already. */
export type Json = string;

/** `{"id":…,"telephone":…`: the members up to `container`, without the closing brace. */
export function renderOrganizationDocument(
  id: number,
  details: OrganizationDetails,
  is_active: boolean,
): Json {
  const { name, assumed_name, address, address2, city, state, zip, country, telephone } = details;
  const document = JSON.stringify({
    id,
    status: is_active ? 'active' : 'inactive',
    name,
    assumed_name: assumed_name || undefined,
    display_name: displayName(name, assumed_name),
    is_active,
    is_hidden: false,
    address,
    address2: address2 || undefined,
    city,
    state,
    zip,
    country,
    telephone: telephone || undefined,
  });
  return document.slice(0, -1);
}

/** `,"container":{…}`: the container of an organization. */
export function renderContainerDocument(container: {
  readonly id: number;
  readonly parent_id: number;
  readonly name: string;
  readonly is_active: boolean;
}): Json {
  const { id, parent_id, name, is_active } = container;
  return renderMembers({ container: { id, parent_id, name, is_active } });
}

/** `,"container_id_assignments":["…"]`, or nothing where there is no assignment. */
export function renderAssignmentsDocument(container_ids: readonly number[]): Json {
  return renderMembers({ container_id_assignments: listOrAbsent(container_ids.map(String)) });
}

/** What is known of a validation, with its users. */
export interface ValidationRecord {
  readonly type: ValidationTypeName;
  readonly date_created: string;
  readonly validated_until: string;
  /** Whether it is being worked on. */
  readonly is_open?: boolean;
}

/** What is known of a verified contact. */
export interface VerifiedContactRecord {
  readonly id: number;
  readonly user_id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly job_title: string;
  readonly telephone: string;
  readonly telephone_extension: string;
  readonly email: string;
  /** Since when the contact no longer approves; empty for one who does. */
  readonly withdrawn_at: string;
  readonly roles: readonly KeptRole[];
}

/** The parts of an organization that a list adds with `include_validation`, as JSON members. */
export function renderListValidations(
  validations: readonly ValidationRecord[],
  contacts: readonly VerifiedContactRecord[],
  time: string,
): Json {
  return renderMembers({
    validations: listOrAbsent(describeValidations(validations, contacts, time)),
    ev_approvers: listOrAbsent(listApprovers(contacts, time)),
  });
}

/** The organization and the technical contact, each as JSON, or empty where there is none. */
interface ContactDocuments {
  readonly contact_document: Json;
  readonly technical_contact_document: Json;
}

/**
 * The parts of an organization that organization info adds, as JSON members.
 *
 * @param getTime the moment, as on the wire; asked for only where something depends on it
 */
export function renderInfoParts(
  validations: readonly ValidationRecord[],
  verifiedContacts: readonly VerifiedContactRecord[],
  { contact_document, technical_contact_document }: ContactDocuments,
  getTime: () => string,
): Json {
  const contacts = [contact_document, technical_contact_document].filter((json) => json !== '');
  const organizationContactPart =
    contact_document === '' ? '' : `,"organization_contact":${contact_document}`;
  const contactsPart = contacts.length === 0 ? '' : `,"contacts":[${contacts.join(',')}]`;
  if (validations.length === 0 && verifiedContacts.length === 0) {
    return organizationContactPart + contactsPart;
  }
  const time = getTime();
  return [
    renderMembers({
      validations: listOrAbsent(describeValidations(validations, verifiedContacts, time)),
    }),
    organizationContactPart,
    renderMembers({
      verified_contacts: listOrAbsent(
        verifiedContacts.map((contact) => describeVerifiedContact(contact, time)),
      ),
      ev_approvers: listOrAbsent(listApprovers(verifiedContacts, time)),
    }),
    contactsPart,
  ].join('');
}

/** Validations as the wire shows them at a moment, in the order they were asked for. */
export function describeValidations(
  validations: readonly ValidationRecord[],
  contacts: readonly VerifiedContactRecord[],
  time: string,
): Validation[] {
  return validations.map((validation) => {
    const { type, date_created, validated_until } = validation;
    const { name, description } = getValidationType(type);
    const users = listOrAbsent(
      listUsers(
        contacts.filter(
          (contact) =>
            !isWithdrawnAt(contact, time) && contact.roles.some(({ role }) => serves(role, type)),
        ),
      ),
    );
    const status = statusAt(validation, time);
    return {
      type,
      name,
      description,
      ...(status !== 'pending' && { date_created, validated_until }),
      status,
      ...(users && { verified_users: users }),
    };
  });
}

/** A contact as it is kept; absent texts are empty. */
interface ContactRecord {
  readonly id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly job_title: string;
  readonly telephone: string;
  readonly telephone_extension: string;
  readonly language_id: number;
  readonly contact_type: ContactType;
}

/** A contact as the wire shows it; absent members are left out. */
export function describeContact(contact: ContactRecord): Contact {
  const { id, first_name, last_name, email, job_title, telephone, telephone_extension } = contact;
  return {
    id,
    first_name,
    last_name,
    email,
    ...(job_title && { job_title }),
    ...(telephone && { telephone }),
    ...(telephone_extension && { telephone_extension }),
    language_id: contact.language_id,
    name: `${first_name} ${last_name}`,
    contact_type: contact.contact_type,
  };
}

/** As `describeContact`, as JSON. */
export function renderContactDocument(contact: ContactRecord): Json {
  return JSON.stringify(describeContact(contact));
}

function describeVerifiedContact(contact: VerifiedContactRecord, time: string): VerifiedContact {
  const { id, user_id, first_name, last_name, job_title, telephone, telephone_extension } = contact;
  return {
    id,
    user_id: String(user_id),
    name: `${first_name} ${last_name}`,
    first_name,
    last_name,
    ...(job_title && { job_title }),
    ...(telephone && { telephone }),
    ...(telephone_extension && { telephone_extension }),
    email: contact.email,
    verified_roles: describeRoles(contact, time),
  };
}

/** The roles of a verified contact at a moment, in the recorded order. */
export function describeRoles(
  contact: Pick<VerifiedContactRecord, 'roles' | 'withdrawn_at'>,
  time: string,
): VerifiedContact['verified_roles'] {
  return VERIFIED_ROLES.flatMap((role) =>
    contact.roles
      .filter((kept) => kept.role === role)
      .map(({ status }) => ({
        validation_type: role,
        status: roleStatusAt(status, contact, time),
      })),
  );
}

/** Who may approve for `ev`: users alone have the id that is shown, and only who has confirmed. */
function listApprovers(contacts: readonly VerifiedContactRecord[], time: string): NamedUser[] {
  return listUsers(
    contacts.filter((contact) =>
      describeRoles(contact, time).some(
        ({ validation_type, status }) => validation_type === 'EV' && status === 'active',
      ),
    ),
  );
}

interface NamedUser {
  readonly id: number;
  readonly first_name: string;
  readonly last_name: string;
}

/** The contacts who are users, each user once: one who was withdrawn may have been named again. */
function listUsers(contacts: readonly VerifiedContactRecord[]): NamedUser[] {
  const users = new Map(contacts.map((contact) => [contact.user_id, contact]));
  users.delete(0);
  return [...users.values()].map(({ user_id, first_name, last_name }) => ({
    id: user_id,
    first_name,
    last_name,
  }));
}

/** A role is named after the type that it belongs to. */
function serves(role: VerifiedRole, type: ValidationTypeName): boolean {
  return role === type.toUpperCase();
}

function listOrAbsent<Item>(items: readonly Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : [...items];
}

/** The members of an object as JSON, each behind a comma; absent ones are left out. */
function renderMembers(members: Record<string, unknown>): Json {
  const json = JSON.stringify(members);
  return json === '{}' ? '' : `,${json.slice(1, -1)}`;
}
