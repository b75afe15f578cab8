/** Orgvet's own operations that only read, or only tell what a change would meet: what people look at. */
import { CountryList, StateList } from '../country.ts';
import { DuplicateCheckRequest, DuplicateMatchList } from '../duplicate-check.ts';
import { ExpiryOverview, ExpiryQuery } from '../expiry.ts';
import { HistoryQuery, OrganizationHistory } from '../history.ts';
import { CountryParams, OrganizationParams, type Route } from '../route.ts';
import { CertificateSubject, SubjectQuery } from '../subject.ts';

export const READING_ROUTES = {
  getOrganizationHistory: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/organization/{organization_id}/history',
    tag: 'Vetting',
    summary: 'Organization history',
    description:
      'What was done about an organization and what belongs to it, newest first, each with the ' +
      'fields that it changed. Decisions and evidence are only for those who validate, orders for ' +
      'who sees them.',
    permission: 'view_requirements',
    params: OrganizationParams,
    query: HistoryQuery,
    success: { status: 200, schema: OrganizationHistory },
    errors: ['not_found|organization'],
  },
  getCertificateSubject: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/organization/{organization_id}/subject',
    tag: 'Vetting',
    summary: 'Certificate subject',
    description:
      'The subject that a certificate of a type would have by the details and the profile as they ' +
      'stand, and which of its members are too long.',
    permission: 'view_requirements',
    params: OrganizationParams,
    query: SubjectQuery,
    success: { status: 200, schema: CertificateSubject },
    errors: ['not_found|organization'],
  },
  checkDuplicates: {
    base_path: '/vetting/v1',
    method: 'POST',
    path: '/organization/duplicate-check',
    tag: 'Vetting',
    summary: 'Check for duplicates',
    description:
      'Organizations that are what is described, as a create would find, or are called like it. ' +
      'Changes nothing. Without all details that are compared only names are.',
    permission: 'create_organizations',
    body: DuplicateCheckRequest,
    success: { status: 200, schema: DuplicateMatchList },
    errors: [],
  },
  getExpiry: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/expiry',
    tag: 'Vetting',
    summary: 'Expiry overview',
    description:
      'How many validations end in which month, by type, from this month on by the clock of the ' +
      'account, and how many have ended and nobody works on.',
    permission: 'view_requirements',
    query: ExpiryQuery,
    success: { status: 200, schema: ExpiryOverview },
    errors: [],
  },
  listCountries: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/country',
    tag: 'Vetting',
    summary: 'List countries',
    description: 'The countries that addresses may be in.',
    permission: 'view_own_access',
    success: { status: 200, schema: CountryList },
    errors: [],
  },
  listStates: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/country/{country}/state',
    tag: 'Vetting',
    summary: 'List states of country',
    description: 'The states, provinces and the like of a country.',
    permission: 'view_own_access',
    params: CountryParams,
    success: { status: 200, schema: StateList },
    errors: ['not_found|country'],
  },
} as const satisfies Record<string, Route>;
