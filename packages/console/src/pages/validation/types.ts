/** What the pages of those who validate have in common: types of the contract, and what tells them apart. */
import { type ResponseOf, VALIDATION_TYPE_NAMES, type ValidationTypeName } from '@orgvet/contract';

/** How a type of an organization stands, check by check. */
export type TypeRequirements = ResponseOf<'listRequirements'>['types'][number];
export type Requirement = TypeRequirements['checks'][number];
export type Evidence = ResponseOf<'listEvidence'>['evidence'][number];
export type Source = ResponseOf<'listSources'>['sources'][number];
/** What an organization says of itself. */
export type OrganizationDetails = ResponseOf<'listRequirements'>['details'];
export type QueueItem = ResponseOf<'listQueue'>['items'][number];
/** A check as its rule pack describes it. */
export type DescribedCheck = ResponseOf<'getRulePack'>['rules'][number]['checks'][number];

/** A validation of an organization, by names for people. */
export interface ValidationPlace {
  readonly organization_id: number;
  readonly organization_name: string;
  readonly type: ValidationTypeName;
}

export function isValidationType(text: string): text is ValidationTypeName {
  return VALIDATION_TYPE_NAMES.some((name) => name === text);
}

export function pathOf({ organization_id, type }: Omit<ValidationPlace, 'organization_name'>) {
  return `/organizations/${organization_id}/validations/${type}`;
}
