/** What rows of the table of who may do what are made of: who asks, what for, and with which bodies. */
import { organizationBody } from './harness.ts';

/** What a request can be about. */
export interface Objects {
  readonly organization: number;
  readonly container: number;
  readonly user: number;
  readonly key: number;
  readonly ip_rule: number;
  readonly subaccount: number;
  readonly order: number;
  readonly verified_contact: number;
  readonly evidence: number;
  /** An organization about which another specialist has decided what a second person must review. */
  readonly decided: number;
  /** An organization whose `ov` is completed. */
  readonly completed: number;
  readonly source: number;
  /** The digest of a file of the organization. */
  readonly file: string;
  readonly root: number;
}

/** Whoever asks, for an object of one account, in a division of it. */
export const ACTORS = [
  // Of the account, with keys that are not restricted:
  'administrator',
  'manager',
  'standard user',
  'finance manager',
  'limited user',
  // An administrator who is restricted to the object's division, and one to another division:
  'of the division',
  'of another division',
  // Administrators with keys that are restricted:
  'key for orders',
  'key for organizations',
  'view only key',
  'key for users',
  // Administrators of other accounts:
  'sibling account',
  'parent account',
  'subaccount',
  // Standard users of the account who are appointed:
  'specialist',
  'reviewer',
  'auditor',
] as const;
export type Actor = (typeof ACTORS)[number];

/** An operation's path, with objects in braces that are made for each request, and its statuses. */
export interface Row {
  readonly path: string;
  readonly statuses: readonly number[];
  readonly body?: (objects: Objects) => object;
}

export function row(path: string, statuses: string, body?: Row['body']): Row {
  return { path, statuses: statuses.trim().split(/\s+/).map(Number), ...(body && { body }) };
}

let names = 0;
/** Something that nothing else is called. */
export const nextName = () => {
  names += 1;
  return `Name ${names}`;
};
export const newOrganization = () => organizationBody({ name: nextName() });
export const APPROVER = {
  first_name: 'Jane',
  last_name: 'Doe',
  job_title: 'Manager',
  telephone: '555-555-0100',
  email: 'jane.doe@example.com',
};
/** As `newOrganization`, submitted for validation with a verified contact. */
export const newSubmittedOrganization = () => ({
  ...newOrganization(),
  validations: [{ type: 'ov' }, { type: 'ev', verified_users: [APPROVER] }],
});
/** An order for a new organization. */
export const newOrder = () => {
  const { organization_contact, ...details } = newOrganization();
  const contacts = [{ ...(organization_contact as object), contact_type: 'organization_contact' }];
  return { certificate: { common_name: 'example.com' }, organization: { ...details, contacts } };
};
export const newSource = () => ({ name: nextName(), kind: 'government_register' });
export const newEvidence = () => ({
  kind: 'government_register',
  reference: nextName(),
  obtained_at: '2026-11-20T00:00:00Z',
});
export const newPerson = () => ({
  username: nextName().replace(' ', '-'),
  first_name: 'New',
  last_name: 'Person',
  email: 'new.person@example.com',
  access_roles: [{ id: 5 }],
});
