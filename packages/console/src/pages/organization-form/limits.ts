/**
 * How many characters the fields of an organization hold. The figures are the contract's, which a test
 * compares: its schemas are too much for a browser to carry along.
 */
import type { TextField } from './draft.ts';

export const LIMITS: Readonly<Record<TextField, number>> = {
  name: 64,
  assumed_name: 60,
  address: 64,
  address2: 64,
  city: 64,
  state: 64,
  zip: 40,
  telephone: 32,
  organization_contact_first_name: 128,
  organization_contact_last_name: 128,
  organization_contact_job_title: 64,
  organization_contact_email: 255,
  organization_contact_telephone: 32,
  organization_contact_telephone_extension: 16,
};

/** The legal and the assumed name together, where there is an assumed one. */
export const NAMES_LIMIT = 61;
