/**
 * Findings about numbers that others gave an organization: registration number, LEI, organization
 * identifier, and whether these agree. Pure; asks no register.
 */
import type { Finding, ValidationTypeName } from '@orgvet/contract';
import { findUnknownState } from './findings-places.ts';
import { isLei } from './lei.ts';
import { normalize } from './normalize.ts';
import { isFormat, matchesFormat } from './number-format.ts';
import {
  countryOfIdentifier,
  type OrganizationIdentifier,
  readOrganizationIdentifier,
} from './organization-identifier.ts';
import { findState } from './state-names.ts';
import { EV_IDENTIFIER_SCHEMES, type SubjectProfile } from './subject.ts';

/** What is known of an organization's registration; empty is not known. */
export interface RegistrationProfile extends SubjectProfile {
  readonly lei?: string | undefined;
}

/** The form of a source's numbers. */
export interface RegistrationFormat {
  readonly source_name: string;
  /** See `matchesFormat`. */
  readonly pattern: string;
}

interface Registration {
  readonly profile: RegistrationProfile;
  readonly format: RegistrationFormat | undefined;
  /** Where the organization does business. */
  readonly country: string;
  readonly types: readonly ValidationTypeName[];
}

/** Everything that there is to say about the numbers. */
export function listIdentifierFindings(registration: Registration): Finding[] {
  const { jurisdiction_country = '', jurisdiction_state = '', lei = '' } = registration.profile;
  const found: Finding[] = [];
  if (lei !== '' && !isLei(lei)) {
    found.push({
      code: 'lei_invalid',
      field: 'lei',
      reason: `"${lei}" is no LEI: one has 20 capital letters and digits, of which the last two are made of the others (ISO 17442). Compare it with the register.`,
      severity: 'error',
    });
  }
  const country = jurisdiction_country.toUpperCase();
  const state =
    country === ''
      ? undefined
      : findUnknownState('jurisdiction_state', country, jurisdiction_state, '');
  if (state !== undefined) {
    found.push(state);
  }
  return [
    ...found,
    ...listNumberFindings(registration),
    ...listOrganizationIdentifier(registration),
  ];
}

function listNumberFindings({ profile, format, types }: Registration): Finding[] {
  const number = profile.registration_number ?? '';
  // A form that cannot be read is the fault of the source, not of the number.
  if (number === '' || format === undefined || !isFormat(format.pattern)) {
    return [];
  }
  if (matchesFormat(format.pattern, number)) {
    return [];
  }
  const forms = format.pattern.split('|').join('" or "');
  return [
    {
      code: 'registration_number_format',
      field: 'registration_number',
      reason: `"${number}" is not how ${format.source_name} writes its numbers: "${forms}", where 9 is a digit, A a letter and * either (EVG 7.1.4.2.5). Compare it with the register.`,
      severity: types.includes('ev') || types.includes('ev_cs') ? 'error' : 'warning',
    },
  ];
}

function listOrganizationIdentifier(registration: Registration): Finding[] {
  const text = registration.profile.organization_identifier ?? '';
  if (text === '') {
    return [];
  }
  const read = readOrganizationIdentifier(text);
  if ('fault' in read) {
    return [
      {
        code: 'organization_identifier_invalid',
        field: 'organization_identifier',
        reason: `"${text}" is no organization identifier. ${read.fault} See EVG 7.1.4.2.8 and SBR 7.1.4.2.2.`,
        severity: 'error',
      },
    ];
  }
  return [
    ...listPlaceMismatches(read.identifier, registration),
    ...listReferenceMismatches(read.identifier, registration),
  ];
}

/** Whether an identifier is of the place that it should be of. */
function listPlaceMismatches(
  identifier: OrganizationIdentifier,
  registration: Registration,
): Finding[] {
  const { country, types } = registration;
  const found = listJurisdictionMismatches(identifier, registration);
  const own = countryOfIdentifier(identifier);
  if (own !== '' && types.includes('smime') && own !== country) {
    found.push(
      mismatch(
        `It is of ${own}, and the address in ${country}: a certificate can carry both only if they agree (SBR 7.1.4.2.2).`,
        'warning',
      ),
    );
  }
  if (types.includes('ev') && !EV_IDENTIFIER_SCHEMES.has(identifier.scheme)) {
    found.push(
      mismatch(
        `EV certificates carry no ${identifier.scheme} identifier; they will be without one (EVG Appendix H).`,
        'notice',
      ),
    );
  }
  return found;
}

/** An identifier of a trade register is of the jurisdiction, as far down as that goes. */
function listJurisdictionMismatches(
  identifier: OrganizationIdentifier,
  { profile, types }: Registration,
): Finding[] {
  const { jurisdiction_country = '', jurisdiction_state = '' } = profile;
  const jurisdiction = jurisdiction_country.toUpperCase();
  const own = countryOfIdentifier(identifier);
  if (identifier.scheme !== 'NTR' || own === '' || jurisdiction === '') {
    return [];
  }
  if (own !== jurisdiction) {
    return [
      mismatch(
        `It is of ${own}, but the organization is registered in ${jurisdiction} (EVG Appendix H).`,
        types.includes('ev') ? 'error' : 'warning',
      ),
    ];
  }
  const state = findState(jurisdiction, jurisdiction_state);
  const expected = state === undefined ? own : state.code.replace('-', '+');
  const given = identifier.subdivision === '' ? own : `${own}+${identifier.subdivision}`;
  // A state that is not known by name has another finding.
  const isKnown = state !== undefined || jurisdiction_state === '';
  return types.includes('ev') && isKnown && expected !== given
    ? [
        mismatch(
          `By the jurisdiction it must begin with "NTR${expected}-" (EVG Appendix H).`,
          'warning',
        ),
      ]
    : [];
}

/** Whether an identifier has the number that is known otherwise. */
function listReferenceMismatches(
  { scheme, reference }: OrganizationIdentifier,
  { profile }: Registration,
): Finding[] {
  const number = normalize(profile.registration_number ?? '');
  const lei = profile.lei ?? '';
  const given = normalize(reference);
  // European registers put their own code before the number (SBR 7.1.4.2.2, note 3).
  const isNumber = given === number || (reference.includes('.') && given.endsWith(number));
  if (scheme === 'NTR' && number !== '' && !isNumber) {
    return [
      mismatch(
        `It ends with "${reference}", but the registration number is "${profile.registration_number}" (EVG Appendix H).`,
        'warning',
      ),
    ];
  }
  if (scheme === 'LEI' && lei !== '' && reference !== lei) {
    return [mismatch(`It has the LEI "${reference}", but "${lei}" was recorded.`, 'warning')];
  }
  return [];
}

function mismatch(sentence: string, severity: Finding['severity']): Finding {
  return {
    code: 'organization_identifier_mismatch',
    field: 'organization_identifier',
    reason: `The organization identifier does not fit. ${sentence}`,
    severity,
  };
}
