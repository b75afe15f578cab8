/** What commands on organizations have in common: the options of their details, and their columns. */
import type { OrganizationListItem, OrganizationListQuery } from '@orgvet/contract';
import type { OptionSpecs, OptionValues } from './command.ts';
import { SEARCH_OPTIONS, searchOf } from './lists.ts';
import type { ListColumn } from './output.ts';

/** The details that an organization is made of, by the wire's names. */
export const DETAILS = {
  name: 'legal name',
  assumed_name: 'public name ("doing business as")',
  country: 'two letters (ISO 3166-1)',
  address: 'first line of the address',
  address2: 'second line of the address',
  city: 'city',
  state: 'state or province',
  zip: 'postal code',
  telephone: 'telephone number',
} as const;

/** A person as contacts and users are given, by the wire's names. */
export const CONTACT = {
  first_name: 'first name',
  last_name: 'last name',
  job_title: 'job title',
  email: 'email address',
  telephone: 'telephone number',
  telephone_extension: 'telephone extension',
} as const;

/** An option of text for each member. */
export function textOptions(members: Readonly<Record<string, string>>, prefix = ''): OptionSpecs {
  return Object.fromEntries(
    Object.entries(members).map(([name, help]) => [
      `${prefix}${name.replaceAll('_', '-')}`,
      { kind: 'text', help },
    ]),
  );
}

export const ORGANIZATION_FILTER_OPTIONS = {
  status: { kind: 'word', words: ['active', 'inactive'], help: 'only this status' },
  ...SEARCH_OPTIONS,
  validation: {
    kind: 'word',
    words: ['pending', 'not_pending'],
    help: 'only those with a validation pending, or without',
  },
} as const satisfies OptionSpecs;

export function organizationFiltersOf(
  options: OptionValues<typeof ORGANIZATION_FILTER_OPTIONS>,
): OrganizationListQuery {
  const search = searchOf(options);
  const { status, validation } = options;
  return {
    ...(status !== undefined && { 'filters[status]': status as 'active' | 'inactive' }),
    ...(validation !== undefined && {
      'filters[validation]': validation as 'pending' | 'not_pending',
    }),
    ...(search !== undefined && { 'filters[search]': search }),
  };
}

type Validations = OrganizationListItem['validations'];

/** `ov active 2027-01-02, ev pending` */
function describeValidations(validations: Validations = []): string {
  return validations
    .map(({ type, status, validated_until = '' }) =>
      `${type} ${status} ${validated_until.slice(0, 'yyyy-mm-dd'.length)}`.trim(),
    )
    .join(', ');
}

/** Id, status and name, which every list of organizations has. */
export const NAME_COLUMNS: readonly ListColumn<
  Pick<OrganizationListItem, 'id' | 'status' | 'display_name'>
>[] = [
  { title: 'ID', align: 'right', is_whole: true, cell: ({ id }) => id },
  { title: 'STATUS', cell: ({ status }) => status },
  { title: 'NAME', cell: ({ display_name }) => display_name },
];

export const VALIDATIONS_COLUMN: ListColumn<{ readonly validations?: Validations }> = {
  title: 'VALIDATIONS',
  cell: ({ validations }) => describeValidations(validations),
};
