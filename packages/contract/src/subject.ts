/** The subject that certificates for an organization would have. */
import { type Static, Type } from 'typebox';
import { DETAIL_FIELDS, PROFILE_FIELDS } from './fact-fields.ts';
import { conditional, oneOf, optional } from './fields.ts';
import { VALIDATION_TYPE_NAMES } from './validation-types.ts';

export const SUBJECT_ATTRIBUTES = [
  'countryName',
  'stateOrProvinceName',
  'localityName',
  'organizationName',
  'commonName',
  'businessCategory',
  'jurisdictionCountry',
  'jurisdictionStateOrProvince',
  'jurisdictionLocality',
  'serialNumber',
  'organizationIdentifier',
] as const;
export type SubjectAttribute = (typeof SUBJECT_ATTRIBUTES)[number];

export const SubjectQuery = Type.Object({
  type: conditional(oneOf(VALIDATION_TYPE_NAMES, 'Required. Submitted for it or not.')),
});
export type SubjectQuery = Static<typeof SubjectQuery>;

const SubjectMember = Type.Object({
  attribute: oneOf(SUBJECT_ATTRIBUTES, 'The attribute, by its name in the standards.'),
  label: Type.String({ description: 'As tools abbreviate it.' }),
  value: Type.String(),
  is_too_long: Type.Boolean({ description: 'Whether it is longer than its attribute holds.' }),
  length_max: optional(
    Type.Integer({ minimum: 1, description: 'Characters that it holds; left out for no bound.' }),
  ),
  section: Type.String({ description: 'Section of the rules where the bound stands.' }),
  field: oneOf([...DETAIL_FIELDS, ...PROFILE_FIELDS], 'The field that the value comes from.'),
});
export type SubjectMember = Static<typeof SubjectMember>;

export const CertificateSubject = Type.Object({
  type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'),
  members: Type.Array(SubjectMember, {
    description: 'In the order that certificates have them; what is not known is left out.',
  }),
});
export type CertificateSubject = Static<typeof CertificateSubject>;
