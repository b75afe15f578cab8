/**
 * The subject of a certificate, as it would read for an organization's details. Pure. Describes; whether
 * the values were verified, and how a name that is too long is shortened, people decide.
 */
import type {
  Finding,
  SubjectAttribute,
  SubjectMember,
  ValidationTypeName,
} from '@orgvet/contract';
import { isAbsent } from './findings-placeholders.ts';
import type { OrganizationDetails } from './organization.ts';
import { readOrganizationIdentifier } from './organization-identifier.ts';
import { findSubdivision } from './subdivision.ts';

/** What is known of an organization beside its details, as far as subjects have it; empty is not known. */
export interface SubjectProfile {
  readonly entity_class?: string | undefined;
  readonly jurisdiction_country?: string | undefined;
  readonly jurisdiction_state?: string | undefined;
  readonly jurisdiction_locality?: string | undefined;
  readonly registration_number?: string | undefined;
  readonly organization_identifier?: string | undefined;
  readonly latin_name?: string | undefined;
}

/** How many characters, not bytes, an attribute holds, and who says so. */
const BOUNDS = {
  countryName: { label: 'C', length_max: 2, section: 'BR 7.1.4.2' },
  stateOrProvinceName: { label: 'ST', length_max: 128, section: 'BR 7.1.4.2' },
  localityName: { label: 'L', length_max: 128, section: 'BR 7.1.4.2' },
  organizationName: { label: 'O', length_max: 64, section: 'BR 7.1.4.2' },
  commonName: { label: 'CN', length_max: 64, section: 'BR 7.1.4.2' },
  businessCategory: { label: 'businessCategory', length_max: 128, section: 'BR 7.1.4.2' },
  jurisdictionCountry: { label: 'jurisdictionC', length_max: 2, section: 'BR 7.1.4.2' },
  jurisdictionStateOrProvince: { label: 'jurisdictionST', length_max: 128, section: 'BR 7.1.4.2' },
  jurisdictionLocality: { label: 'jurisdictionL', length_max: 128, section: 'BR 7.1.4.2' },
  serialNumber: { label: 'serialNumber', length_max: 64, section: 'BR 7.1.4.2' },
  // The table has it without a bound.
  organizationIdentifier: {
    label: 'organizationIdentifier',
    length_max: undefined,
    section: 'BR 7.1.4.2',
  },
} as const satisfies Record<SubjectAttribute, object>;

/** What business categories are called in certificates (EVG 7.1.4.2.3, CSBR 7.1.4.2.4). */
const BUSINESS_CATEGORIES: Readonly<Record<string, string>> = {
  private_organization: 'Private Organization',
  government_entity: 'Government Entity',
  business_entity: 'Business Entity',
  non_commercial_entity: 'Non-Commercial Entity',
};

/** What EV certificates may carry; the others are of other texts (EVG Appendix H). */
export const EV_IDENTIFIER_SCHEMES: ReadonlySet<string> = new Set(['NTR', 'VAT', 'PSD']);

/**
 * The members of the subject in a certificate of a type, in the order that certificates have them; what
 * is not known is left out.
 */
export function describeSubject(
  details: OrganizationDetails,
  type: ValidationTypeName,
  profile: SubjectProfile = {},
): SubjectMember[] {
  const { country, state, city } = details;
  const members = [
    member('countryName', country, 'country'),
    member('stateOrProvinceName', findSubdivision(country, state)?.name ?? state, 'state'),
    member('localityName', city, 'city'),
    member('organizationName', nameInSubject(details, type, profile), 'name'),
  ];
  if (type === 'cs' || type === 'ev_cs') {
    members.push(member('commonName', legalName(details, type, profile), 'name'));
  }
  if (type === 'ev' || type === 'ev_cs') {
    members.push(...describeRegistration(profile));
  }
  if (carriesIdentifier(type, profile.organization_identifier ?? '')) {
    const identifier = profile.organization_identifier ?? '';
    members.push(member('organizationIdentifier', identifier, 'organization_identifier'));
  }
  // A certificate has no member that only says that there is nothing (BR 7.1.2.7.4).
  return members.filter(({ value }) => !isAbsent(value));
}

function describeRegistration(profile: SubjectProfile): SubjectMember[] {
  const {
    entity_class = '',
    jurisdiction_country = '',
    jurisdiction_state = '',
    jurisdiction_locality = '',
    registration_number = '',
  } = profile;
  const category = Object.hasOwn(BUSINESS_CATEGORIES, entity_class)
    ? (BUSINESS_CATEGORIES[entity_class] ?? '')
    : '';
  const country = jurisdiction_country.toUpperCase();
  // The full name, whatever was recorded (EVG 7.1.4.2.4).
  const state = findSubdivision(country, jurisdiction_state)?.name ?? jurisdiction_state;
  return [
    member('businessCategory', category, 'entity_class'),
    member('jurisdictionCountry', country, 'jurisdiction_country'),
    member('jurisdictionStateOrProvince', state, 'jurisdiction_state'),
    member('jurisdictionLocality', jurisdiction_locality, 'jurisdiction_locality'),
    member('serialNumber', registration_number, 'registration_number'),
  ];
}

/** O: both names where both may stand there, the assumed one first and the legal one in parentheses. */
function nameInSubject(
  details: OrganizationDetails,
  type: ValidationTypeName,
  profile: SubjectProfile,
): string {
  const legal = legalName(details, type, profile);
  const { assumed_name } = details;
  if (assumed_name === '') {
    return legal;
  }
  // CSBR 7.1.4.2.3 allows one of the two; the legal one stands in CN.
  return type === 'cs' ? assumed_name : `${assumed_name} (${legal})`;
}

/** The name in Latin letters where only EV has rules for one (EVG Appendix D, CSBR Appendix D). */
function legalName(
  { name }: OrganizationDetails,
  type: ValidationTypeName,
  { latin_name = '' }: SubjectProfile,
): string {
  return latin_name !== '' && (type === 'ev' || type === 'ev_cs') ? latin_name : name;
}

function carriesIdentifier(type: ValidationTypeName, text: string): boolean {
  const read = readOrganizationIdentifier(text);
  return (
    'identifier' in read &&
    (type === 'smime' || (type === 'ev' && EV_IDENTIFIER_SCHEMES.has(read.identifier.scheme)))
  );
}

function member(
  attribute: SubjectAttribute,
  value: string,
  field: Finding['field'],
): SubjectMember {
  const { label, length_max, section } = BOUNDS[attribute];
  // Characters, not UTF-16 units.
  const is_too_long = length_max !== undefined && [...value].length > length_max;
  const bound = length_max === undefined ? {} : { length_max };
  return { attribute, label, value, is_too_long, ...bound, section, field };
}
