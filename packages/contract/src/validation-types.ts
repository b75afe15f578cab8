/**
 * The six validation types as the wire names them, and the roles that a verified contact gets.
 *
 * The list's order is the order in which `GET /organization/validation-type` answers.
 */

/** One validation type: its wire value, its short name and its description. */
export interface ValidationType {
  readonly type: 'ov' | 'ev' | 'cs' | 'ev_cs' | 'ds' | 'smime';
  readonly name: string;
  readonly description: string;
  /** Whether a request for it must name at least one verified contact. */
  readonly requires_user: boolean;
  /** Whether certificates of this type also need control of a domain; left out where they do not. */
  readonly requires_dcv?: true;
}

export const VALIDATION_TYPES: readonly ValidationType[] = [
  {
    type: 'smime',
    name: 'SMIME',
    description: 'SMIME Organization Validation',
    requires_user: false,
  },
  {
    type: 'cs',
    name: 'CS',
    description: 'Code Signing Organization Validation',
    requires_user: true,
  },
  {
    type: 'ev_cs',
    name: 'EV CS',
    description: 'Code Signing Organization Extended Validation (EV CS)',
    requires_user: true,
  },
  { type: 'ds', name: 'DS', description: 'Document Signing Validation', requires_user: false },
  {
    type: 'ov',
    name: 'OV',
    description: 'Normal Organization Validation',
    requires_user: false,
    requires_dcv: true,
  },
  {
    type: 'ev',
    name: 'EV',
    description: 'Extended Organization Validation (EV)',
    requires_user: true,
    requires_dcv: true,
  },
];

export type ValidationTypeName = ValidationType['type'];

export const VALIDATION_TYPE_NAMES = ['ov', 'ev', 'cs', 'ev_cs', 'ds', 'smime'] as const;

/** A right to approve certificates of one kind, as `verified_roles[].validation_type` spells it. */
export const VERIFIED_ROLES = ['EV', 'EV_CS', 'CS'] as const;
export type VerifiedRole = (typeof VERIFIED_ROLES)[number];

/**
 * Which roles a contact is verified for when named in a request for a type. A contact submitted for
 * `ev` was recorded with both the EV and the EV_CS role.
 */
export const ROLES_BY_VALIDATION_TYPE: Readonly<
  Record<ValidationTypeName, readonly VerifiedRole[]>
> = {
  ov: [],
  ev: ['EV', 'EV_CS'],
  cs: ['CS'],
  ev_cs: ['EV_CS'],
  ds: [],
  smime: [],
};
