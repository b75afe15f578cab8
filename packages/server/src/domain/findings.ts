/**
 * Intake findings: what a program can see in an organization's details before a person looks. Pure.
 * Decides nothing and asks nobody: a finding is a reason to look, and none is no proof of anything.
 */
import type { Finding, ValidationTypeName } from '@orgvet/contract';
import {
  listIdentifierFindings,
  type RegistrationFormat,
  type RegistrationProfile,
} from './findings-identifiers.ts';
import { listLetterFindings } from './findings-letters.ts';
import { listPlaceholderFindings } from './findings-placeholders.ts';
import { listPlaceFindings } from './findings-places.ts';
import { listSubjectFindings } from './findings-subject.ts';
import type { OrganizationDetails } from './organization.ts';

/** What is looked at. */
export interface FindingsInput {
  readonly details: OrganizationDetails;
  readonly profile: RegistrationProfile;
  /** The form of the numbers of the source that the registration number is from, if it has one. */
  readonly registration_format: RegistrationFormat | undefined;
  /** What the organization is submitted for. */
  readonly validation_types: readonly ValidationTypeName[];
}

/** Everything that is found, by field and then by code. */
export function listFindings(input: FindingsInput): Finding[] {
  const { details, profile, validation_types: types } = input;
  const placeholders = listPlaceholderFindings(details);
  // Of a value that is none there is nothing else to say.
  const empty = new Set(placeholders.map(({ field }) => field));
  const others = [
    ...listPlaceFindings(details, types),
    ...listLetterFindings(details),
    ...listSubjectFindings(details, profile, types),
    ...listIdentifierFindings({
      profile,
      format: input.registration_format,
      country: details.country,
      types,
    }),
  ].filter(({ field }) => !empty.has(field));
  return [...placeholders, ...others].toSorted(compareFindings);
}

function compareFindings(one: Finding, other: Finding): number {
  return (
    compareTexts(one.field, other.field) ||
    compareTexts(one.code, other.code) ||
    compareTexts(one.reason, other.reason)
  );
}

/** By code units: the same order on every machine. */
function compareTexts(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
