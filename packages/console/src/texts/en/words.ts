/** What the API names by a word, as people read it, wherever it is shown. */
import type { DETAIL_FIELDS, EvidenceKind, PROFILE_FIELDS } from '@orgvet/contract';

/** What evidence can be. */
const evidence_kinds = {
  government_register: 'Government register',
  qgis: 'Government information source (QGIS)',
  qtis: 'Government tax information source (QTIS)',
  qiis: 'Independent information source (QIIS)',
  reliable_data_source: 'Reliable data source',
  lei_record: 'LEI record',
  site_visit: 'Site visit',
  attestation_letter: 'Attestation letter',
  professional_letter: 'Verified professional letter',
  supporting_document: 'Supporting document',
  independent_confirmation: 'Independent confirmation',
  superior_entity: 'Superior government entity',
  court_confirmation: 'Confirmation by a court',
  constituent_document: 'Constituent document',
  official_list: 'Official list',
  utility_bill: 'Utility bill',
  bank_statement: 'Bank statement',
  card_statement: 'Credit card statement',
  tax_document: 'Tax document',
  other_address_document: 'Other document of an address',
  domain_record: 'Domain record',
  telephone_record: 'Telephone company record',
  communication_response: 'Answer by the verified method',
  deposit_account: 'Deposit account',
  corporate_resolution: 'Corporate resolution',
  contract: 'Contract',
  signer_representation: 'Contract signer’s statement',
  verified_contact_confirmation: 'Verified contact’s confirmation',
  photo_id: 'Photo identity document',
  secondary_identity_document: 'Further identity document',
  financial_identity_document: 'Financial identity document',
  personal_statement: 'Personal statement',
  identity_session: 'Identity session',
  digital_signature: 'Digital signature',
  subscriber_agreement: 'Subscriber agreement',
  screening_result: 'Screening result',
  romanization: 'Romanization',
  applicant_statement: 'Applicant’s statement',
  own_database: 'Earlier validations',
  other: 'Other',
} as const satisfies Record<EvidenceKind, string>;

/** Details of an organization, and what is recorded of it in the course of validating it. */
const fields = {
  name: 'Legal name',
  assumed_name: 'Assumed name',
  address: 'Address',
  address2: 'Address 2',
  city: 'City',
  state: 'State / province',
  zip: 'Zip code / postal code',
  country: 'Country',
  telephone: 'Organization phone number',
  entity_class: 'Kind of entity',
  formed_on: 'Formed on',
  jurisdiction_country: 'Country of jurisdiction',
  jurisdiction_state: 'State of jurisdiction',
  jurisdiction_locality: 'Locality of jurisdiction',
  registration_number: 'Registration number',
  registration_source_id: 'Registration source',
  lei: 'LEI',
  organization_identifier: 'Organization identifier',
  latin_name: 'Name in Latin letters',
  relies_on_affiliate: 'Relies on an affiliate',
  has_preauthorized_approvers: 'Approvers authorized in advance',
} as const satisfies Record<
  (typeof DETAIL_FIELDS)[number] | (typeof PROFILE_FIELDS)[number],
  string
>;

export const words = {
  validation_types: { ov: 'OV', ev: 'EV', cs: 'CS', ev_cs: 'EV CS', ds: 'DS', smime: 'SMIME' },
  evidence_kinds,
  fields,
  /** Who must act. */
  actors: {
    specialist: 'Specialist',
    applicant: 'Applicant',
    verified_contact: 'Verified contact',
  },
} as const;
