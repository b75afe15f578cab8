/** An organization that nothing is found about, and what is found when some of it is different. */
import type { Finding, ValidationTypeName } from '@orgvet/contract';
import { type FindingsInput, listFindings } from '../src/domain/findings.ts';
import type { OrganizationDetails } from '../src/domain/organization.ts';

export const PLAIN: OrganizationDetails = {
  name: 'Nordwind Reederei GmbH',
  assumed_name: '',
  address: 'Hafenstraße 4',
  address2: '',
  city: 'Hamburg',
  state: 'Hamburg',
  zip: '20457',
  country: 'DE',
  telephone: '+49 40 30051000',
};

/** What of it a case has otherwise. */
export interface FindingCase extends Partial<OrganizationDetails> {
  readonly profile?: FindingsInput['profile'];
  readonly pattern?: string;
  readonly types?: readonly ValidationTypeName[];
}

export function findingsOf({ profile, pattern, types, ...details }: FindingCase): Finding[] {
  return listFindings({
    details: { ...PLAIN, ...details },
    profile: profile ?? {},
    registration_format:
      pattern === undefined ? undefined : { source_name: 'the trade register', pattern },
    validation_types: types ?? ['ov'],
  });
}

/** `severity code field` of each finding. */
export function summarize(one: FindingCase): string[] {
  return findingsOf(one).map(({ severity, code, field }) => `${severity} ${code} ${field}`);
}

/** The same, of the findings with a code. */
export function summarizeOnly(code: Finding['code'], one: FindingCase): string[] {
  return summarize(one).filter((summary) => summary.split(' ')[1] === code);
}
