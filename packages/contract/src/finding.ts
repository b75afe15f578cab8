/**
 * Intake findings on the wire: what a program sees in an organization's details before a person looks.
 * A finding decides nothing; it tells the applicant and the specialist where to look.
 */
import { type Static, Type } from 'typebox';
import { DETAIL_FIELDS, PROFILE_FIELDS } from './fact-fields.ts';
import { oneOf } from './fields.ts';

/** What can be found, each with what is meant by it. */
export const FINDING_CODES = {
  assumed_name_same: 'The assumed name is the name once more.',
  capitals_only: 'A name is written in capital letters only.',
  care_of: 'The address is that of somebody else, who passes mail on.',
  invisible_characters: 'A value has characters that nobody sees.',
  lei_invalid: 'The LEI has the wrong form or its check digits do not fit.',
  misplaced_value: 'A value belongs into another field.',
  mixed_scripts: 'A word has letters of several scripts, or looks like a word of another script.',
  organization_identifier_invalid: 'The organization identifier has the wrong form.',
  organization_identifier_mismatch:
    'The organization identifier does not fit the other details, or a requested type.',
  placeholder_value: 'A value stands where the real one is missing.',
  postal_box: 'A postal box is given as place of business.',
  registration_number_format: 'The registration number is not of the form that its source gives.',
  state_missing: 'There is no state, though addresses of the country name one.',
  state_unknown: 'The country has no such state or province.',
  subject_characters: 'A value has characters that its member of the certificate cannot hold.',
  subject_too_long: 'A value is longer than its member of the certificate may be.',
  telephone_unlikely: 'The telephone number is none that the country has.',
} as const;
export type FindingCode = keyof typeof FINDING_CODES;

const FINDING_CODE_NAMES = Object.keys(FINDING_CODES) as FindingCode[];

export const Finding = Type.Object(
  {
    code: oneOf(FINDING_CODE_NAMES, 'What was found.'),
    field: oneOf([...DETAIL_FIELDS, ...PROFILE_FIELDS], 'The field that it is about.'),
    reason: Type.String({ description: 'A sentence for the applicant.' }),
    severity: oneOf(
      ['error', 'warning', 'notice'] as const,
      '`error`: it cannot be validated so; `warning`: most likely wrong; `notice`: look at it.',
    ),
  },
  { description: 'What a program sees in the details before a person looks.' },
);
export type Finding = Static<typeof Finding>;
