/** The fields of what is validated: by themselves, as a browser needs them without the schemas. */

/** The details of an organization that a check can be about. */
export const DETAIL_FIELDS = [
  'name',
  'assumed_name',
  'address',
  'address2',
  'city',
  'state',
  'zip',
  'country',
  'telephone',
] as const;

/** What is recorded of an organization in the course of validating it; see "Change profile". */
export const PROFILE_FIELDS = [
  'entity_class',
  'formed_on',
  'jurisdiction_country',
  'jurisdiction_state',
  'jurisdiction_locality',
  'registration_number',
  'registration_source_id',
  'lei',
  'organization_identifier',
  'latin_name',
  'relies_on_affiliate',
  'has_preauthorized_approvers',
] as const;
