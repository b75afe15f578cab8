/**
 * The catalogue of error codes: what an answer's `errors[].code` can be, with which status, and why.
 *
 * Two kinds stand here. The fixed codes are listed one by one. The field codes follow from the
 * schemas (`missing_<field>`, `invalid_<field>`, `<field>_too_long`), so that a field added to a
 * schema brings its codes along. `docs/errors.md` is rendered from both.
 */

import type { ErrorEntry } from './error-entry.ts';
import { SIGN_IN_ERRORS } from './sign-in-errors.ts';
import { VETTING_ERRORS } from './vetting-errors.ts';

/** One thing that is wrong with a request, as the wire shows it. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  /** With `duplicate_organization` only: the organization that is already there. */
  readonly existing_organization_id?: number;
}

export const ERROR_CATALOGUE = {
  'access_denied|access_denied_invalid_key': {
    status: 403,
    message: 'Access denied due to access_denied_invalid_key.',
    meaning:
      'The X-DC-DEVKEY header is missing, or its key is unknown, revoked, or of an inactive user.',
    source: 'recorded',
  },
  'access_denied|missing_permission': {
    status: 403,
    message: 'Access denied due to missing_permission.',
    meaning: 'The key may not do this. A view only key may only GET; see access_roles in /user/me.',
    source: 'documented',
  },
  'not_found|route': {
    status: 404,
    message: 'The specified route was not found.',
    meaning: 'No endpoint has this method and path.',
    source: 'recorded',
  },
  'not_found|organization': {
    status: 404,
    message: 'The specified organization was not found.',
    meaning: 'There is no such organization, or it is not yours: the answers are the same.',
    source: 'Orgvet',
  },
  'not_found|container': {
    status: 404,
    message: 'The specified container was not found.',
    meaning: 'There is no such container, or it is not yours: the answers are the same.',
    source: 'Orgvet',
  },
  'not_found|user': {
    status: 404,
    message: 'The specified user was not found.',
    meaning: 'There is no such user, or it is not yours: the answers are the same.',
    source: 'Orgvet',
  },
  'not_found|key': {
    status: 404,
    message: 'The specified key was not found.',
    meaning: 'There is no such key, or it is not yours: the answers are the same.',
    source: 'Orgvet',
  },
  'not_found|subaccount': {
    status: 404,
    message: 'The specified subaccount was not found.',
    meaning: 'There is no such subaccount, or it is not yours: the answers are the same.',
    source: 'Orgvet',
  },
  'not_found|session': {
    status: 404,
    message: 'The specified session was not found.',
    meaning:
      'There is no such session, it has ended, or it is not yours: the answers are the same.',
    source: 'Orgvet',
  },
  'not_found|passkey': {
    status: 404,
    message: 'The specified passkey was not found.',
    meaning: 'There is no such passkey, or it is not yours: the answers are the same.',
    source: 'Orgvet',
  },
  'not_found|template': {
    status: 404,
    message: 'The specified template was not found.',
    meaning: 'There is no such template, or it is not yours: the answers are the same.',
    source: 'Orgvet',
  },
  'not_found|ip_rule': {
    status: 404,
    message: 'The specified IP rule was not found.',
    meaning: 'There is no such IP rule, or it is not yours: the answers are the same.',
    source: 'Orgvet',
  },
  'not_found|order': {
    status: 404,
    message: 'The specified order was not found.',
    meaning: 'There is no such order, or it is not yours: the answers are the same.',
    source: 'documented',
  },
  'not_found|product': {
    status: 404,
    message: 'The specified product was not found.',
    meaning: 'No product has this identifier, or none that needs an organization.',
    source: 'documented',
  },
  'not_found|validation': {
    status: 404,
    message: 'The specified validation was not found.',
    meaning: 'The organization was not submitted for this type.',
    source: 'Orgvet',
  },
  'not_found|verified_contact': {
    status: 404,
    message: 'The specified verified contact was not found.',
    meaning: 'There is no such verified contact, or it is not yours: the answers are the same.',
    source: 'Orgvet',
  },
  'not_found|permission': {
    status: 404,
    message: 'The specified permission was not found.',
    meaning: 'No permission has this name.',
    source: 'Orgvet',
  },
  bad_request_format: {
    status: 400,
    message: 'The request is malformed: {reason}.',
    meaning: 'The body is not a JSON object in UTF-8, or the URL or a header is malformed.',
    source: 'documented',
  },
  request_too_large: {
    status: 413,
    message: 'The request body is larger than {limit_bytes} bytes.',
    meaning: 'The body is over the limit. Nothing was read from it.',
    source: 'Orgvet',
  },
  duplicate_organization: {
    status: 400,
    message:
      'An organization with these details already exists: {existing_organization_id}. Use it, or ' +
      'set skip_duplicate_org_check to true to create another one.',
    meaning:
      'Name, assumed name, address, address2, city, state, zip and country match those of an ' +
      'organization of the account; `existing_organization_id` beside the message is its id.',
    source: 'Orgvet',
  },
  cannot_delete_primary_organization: {
    status: 400,
    message: 'The first organization of the account cannot be deleted.',
    meaning: 'An account keeps its first organization. Deactivate it instead.',
    source: 'Orgvet',
  },
  validation_type_duplicate: {
    status: 400,
    message:
      'A duplicate validation type was submitted: {type}. Make sure the request names each type ' +
      'no more than once.',
    meaning: 'The `validations` of one request hold the same type twice.',
    source: 'Orgvet',
  },
  contact_type_duplicate: {
    status: 400,
    message:
      'A duplicate contact type was submitted. Make sure your request includes no more than one of each contact type and try again.',
    meaning: 'The `contacts` of one request hold the same `contact_type` twice.',
    source: 'documented',
  },
  cannot_remove_organization_contact: {
    status: 400,
    message: 'The organization contact cannot be removed. Replace it instead.',
    meaning: 'An object with nothing but its type removes, and only the technical contact.',
    source: 'Orgvet',
  },
  non_user_verified_contacts_not_allowed: {
    status: 400,
    message:
      'Verified contacts must be users of the account, because its setting allow_non_user_verified_contacts is off.',
    meaning:
      'A request names a person without a user id. Name a user, or let an administrator turn the account setting on.',
    source: 'Orgvet',
  },
  nothing_to_confirm: {
    status: 400,
    message: 'Nothing is open that the verified contact could confirm.',
    meaning: 'The contact has answered, or has been withdrawn.',
    source: 'Orgvet',
  },
  verified_contact_withdrawn: {
    status: 400,
    message: 'The verified contact has been withdrawn already.',
    meaning: 'A withdrawal is not changed. Name the person again to ask anew.',
    source: 'Orgvet',
  },
  organization_has_orders: {
    status: 400,
    message: 'The organization is on orders and cannot be deleted.',
    meaning:
      'An organization that is on any order, of whatever status, stays. Deactivate it instead.',
    source: 'Orgvet',
  },
  organization_has_pending_orders: {
    status: 400,
    message: 'The organization is on pending orders and cannot be deactivated.',
    meaning: 'First reject or cancel the pending orders, or issue them.',
    source: 'Orgvet',
  },
  order_not_pending: {
    status: 400,
    message: 'The order is {status} and stays so.',
    meaning: 'Only a pending order changes its status.',
    source: 'Orgvet',
  },
  order_not_ready: {
    status: 400,
    message: 'The organization of the order has not been validated for its product.',
    meaning: 'See what is missing under /order/certificate/{order_id}/validation.',
    source: 'Orgvet',
  },
  request_limit_exceeded: {
    status: 429,
    message: 'Service unavailable, please limit request volume',
    meaning:
      'The key has sent more requests than it may. The answer has `Retry-After`, in seconds; what is sent before does not count.',
    source: 'documented',
  },
  username_taken: {
    status: 400,
    message: 'The user name is taken: {username}.',
    meaning:
      'Another user of the account has the name, however it is written in upper and lower case.',
    source: 'Orgvet',
  },
  cannot_delete_yourself: {
    status: 400,
    message: 'You cannot delete yourself.',
    meaning: 'A user is deleted with a key of somebody else.',
    source: 'Orgvet',
  },
  cannot_remove_last_administrator: {
    status: 400,
    message: 'The account needs an active administrator who is not restricted to containers.',
    meaning: 'The change would leave the account without one. Make another first.',
    source: 'Orgvet',
  },
  cannot_deactivate_root_container: {
    status: 400,
    message: 'The root container cannot be deactivated.',
    meaning: 'The root container is the account itself.',
    source: 'Orgvet',
  },
  container_parent_inactive: {
    status: 400,
    message: 'The container above is inactive. Activate that one first.',
    meaning: 'A container is not active below one that is inactive.',
    source: 'Orgvet',
  },
  container_too_deep: {
    status: 400,
    message: 'Containers can be nested {limit} deep.',
    meaning: 'There are so many containers above this one that none fits below it.',
    source: 'Orgvet',
  },
  ip_rule_excludes_request: {
    status: 400,
    message: 'The change would shut out the address {ip_address}, from which it was sent.',
    meaning: 'Nobody shuts themselves out by accident. Add a rule for the own address first.',
    source: 'Orgvet',
  },
  unknown_parameter: {
    status: 400,
    message: 'This endpoint has no query parameter {parameter}.',
    meaning: 'The code goes on with the name: `unknown_parameter|<name>`. Nothing is ignored.',
    source: 'Orgvet',
  },
  unknown_filter: {
    status: 400,
    message: 'This endpoint has no filter {parameter}.',
    meaning: 'The code goes on with the name: `unknown_filter|<name>`. Nothing is ignored.',
    source: 'Orgvet',
  },
  internal_error: {
    status: 500,
    message: 'An internal error occurred. The request id is {request_id}.',
    meaning: 'A fault of the server. Its log holds the cause under the request id.',
    source: 'Orgvet',
  },
  service_unavailable: {
    status: 503,
    message: 'The service cannot answer now. Try again shortly.',
    meaning:
      'The database does not answer, or more passwords are to be checked than can be. The answer has ' +
      '`Retry-After`, in seconds. Where the request was a change, it may have been done all the same: ' +
      'look before sending it again.',
    source: 'Orgvet',
  },
  ...SIGN_IN_ERRORS,
  ...VETTING_ERRORS,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** The three faults that a field can have; each makes a family of codes. */
export const FIELD_FAULTS = {
  missing: {
    code: (field: string) => `missing_${field}`,
    meaning: 'is required and was absent, null or blank',
  },
  invalid: {
    code: (field: string) => `invalid_${field}`,
    meaning: 'has the wrong type, form or value',
  },
  too_long: {
    code: (field: string) => `${field}_too_long`,
    meaning: 'has more characters than it may',
  },
} as const;
export type FieldFault = keyof typeof FIELD_FAULTS;

/**
 * The problem for a fixed code.
 *
 * @param values what fills the `{name}` places of the message
 * @param qualifier what goes behind a `|` in the code; reduced to plain characters, since a client
 *   chose it
 */
export function problem(
  code: ErrorCode,
  values: Readonly<Record<string, string | number>> = {},
  qualifier?: string,
): Problem {
  const message = ERROR_CATALOGUE[code].message.replaceAll(/\{(\w+)\}/g, (_, name) =>
    String(values[name] ?? ''),
  );
  return {
    code: qualifier === undefined ? code : `${code}|${plainName(qualifier) || '_'}`,
    message,
  };
}

/**
 * The problem of one field.
 *
 * @param path where the field stands, as the client wrote it: `validations[1].verified_users[0].email`
 * @param detail the end of the sentence that begins with the path
 */
export function fieldProblem(fault: FieldFault, path: string, detail: string): Problem {
  return { code: FIELD_FAULTS[fault].code(fieldOf(path)), message: `${path} ${detail}` };
}

/** The name of a field in codes: its path without indexes, joined by underscores. */
export function fieldOf(path: string): string {
  return path
    .replaceAll(/\[\d+\]/g, '')
    .replace(/\]$/, '')
    .replaceAll(/[.[\]]+/g, '_');
}

/** The HTTP status of an answer with this code. */
export function statusOf(code: string): number {
  const [base = code] = code.split('|');
  const entry: ErrorEntry | undefined =
    ERROR_CATALOGUE[code as ErrorCode] ?? ERROR_CATALOGUE[base as ErrorCode];
  return entry?.status ?? 400;
}

/** A name that a client chose, made safe to repeat: short, and of letters, digits and underscores. */
function plainName(name: string): string {
  return fieldOf(name)
    .replaceAll(/[^A-Za-z0-9_]/g, '_')
    .slice(0, 64);
}
