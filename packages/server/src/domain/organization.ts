/**
 * Organizations: what a request may say of one, and what follows from it. Pure; the limits of single
 * fields are the contract's, the rules between fields are here.
 */
import {
  COMBINED_NAME_MAX_LENGTH,
  fieldProblem,
  OrganizationCreateRequest,
  OrganizationDetailsRequest,
  OrganizationImportRecord,
  type Problem,
  readBody,
} from '@orgvet/contract';
import { computeFingerprint } from './fingerprint.ts';
import { fold } from './fold.ts';
import { FORMATS } from './formats.ts';
import { findSubdivision } from './subdivision.ts';
import { checkValidationRequests, dropIgnoredMembers } from './validation.ts';

/** What identifies an organization and may appear in certificates. Absent texts are empty. */
export interface OrganizationDetails {
  readonly name: string;
  readonly assumed_name: string;
  readonly address: string;
  readonly address2: string;
  readonly city: string;
  /** As it was sent. */
  readonly state: string;
  readonly zip: string;
  /** Upper case. */
  readonly country: string;
  readonly telephone: string;
}

/** What is kept beside the details because it follows from them. */
export interface DerivedDetails {
  readonly state_name: string;
  readonly name_folded: string;
  readonly address_folded: string;
  readonly city_folded: string;
  readonly state_folded: string;
  readonly zip_folded: string;
  readonly telephone_folded: string;
  readonly fingerprint: string;
}

/** A create request that was read. The request is to be used only if there are no problems. */
export interface CheckedCreate {
  readonly problems: Problem[];
  readonly request: OrganizationCreateRequest;
  readonly skips_duplicate_check: boolean;
}

/**
 * Reads the body of "Create organization", every rule of its request parameters that needs no look at
 * the account.
 */
export function checkOrganizationCreate(body: unknown): CheckedCreate {
  const used = dropIgnoredMembers(body);
  const { problems, faulty, value } = readBody(OrganizationCreateRequest, used, FORMATS);
  problems.push(...checkCombinedName(value));
  problems.push(...checkValidationRequests(value.validations, faulty));
  return { problems, request: value, skips_duplicate_check: skipsDuplicateCheck(value) };
}

/** As `checkOrganizationCreate`, for an organization of a file. */
export function checkOrganizationImport(body: unknown): {
  problems: Problem[];
  record: OrganizationImportRecord;
} {
  const used = dropIgnoredMembers(body);
  const { problems, faulty, value } = readBody(OrganizationImportRecord, used, FORMATS);
  problems.push(...checkCombinedName(value));
  problems.push(...checkValidationRequests(value.validations, faulty));
  return { problems, record: value };
}

/** As `checkOrganizationCreate`, for a change of the details of an organization that exists. */
export function checkOrganizationDetails(body: unknown): {
  problems: Problem[];
  request: OrganizationDetailsRequest;
  skips_duplicate_check: boolean;
} {
  const { problems, value } = readBody(OrganizationDetailsRequest, body, FORMATS);
  problems.push(...checkCombinedName(value));
  return { problems, request: value, skips_duplicate_check: skipsDuplicateCheck(value) };
}

/** The details in a request that had no problems. */
export function detailsOf(request: OrganizationDetailsRequest): OrganizationDetails {
  return {
    name: request.name,
    assumed_name: request.assumed_name ?? '',
    address: request.address,
    address2: request.address2 ?? '',
    city: request.city,
    state: request.state,
    zip: request.zip,
    country: request.country.toUpperCase(),
    telephone: request.telephone,
  };
}

/** Everything that follows from the details. */
export function deriveDetails(details: OrganizationDetails): DerivedDetails {
  return {
    state_name: findSubdivision(details.country, details.state)?.name ?? details.state,
    name_folded: fold(details.name),
    address_folded: fold(details.address),
    city_folded: fold(details.city),
    state_folded: fold(details.state),
    zip_folded: fold(details.zip),
    telephone_folded: fold(details.telephone),
    fingerprint: computeFingerprint(details),
  };
}

/** `name (assumed_name)`, or the name alone. */
export function displayName(name: string, assumed_name: string): string {
  return assumed_name === '' ? name : `${name} (${assumed_name})`;
}

/** Which of the details differ. */
export function listChangedDetails(
  before: OrganizationDetails,
  after: OrganizationDetails,
): (keyof OrganizationDetails)[] {
  const names = Object.keys(after) as (keyof OrganizationDetails)[];
  return names.filter((name) => before[name] !== after[name]);
}

/**
 * `name` and `assumed_name` share the certificate's 64 characters with " (" and ")".
 *
 * @param path where the request has the name
 */
export function checkCombinedName(
  request: Partial<Pick<OrganizationDetailsRequest, 'name' | 'assumed_name'>>,
  path = 'name',
): Problem[] {
  const { name, assumed_name } = request;
  if (name === undefined || assumed_name === undefined) {
    return [];
  }
  const length = [...name].length + [...assumed_name].length;
  if (length <= COMBINED_NAME_MAX_LENGTH) {
    return [];
  }
  return [
    fieldProblem(
      'too_long',
      path,
      `and assumed_name together must have at most ${COMBINED_NAME_MAX_LENGTH} characters; they have ${length}.`,
    ),
  ];
}

/** The flag counts in both places where the documents put it. */
export function skipsDuplicateCheck(
  request: Partial<Pick<OrganizationDetailsRequest, 'skip_duplicate_org_check' | 'organization'>>,
): boolean {
  return (
    request.skip_duplicate_org_check === true ||
    request.organization?.skip_duplicate_org_check === true
  );
}
