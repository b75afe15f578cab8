/**
 * What somebody has typed into the form of an organization, and the requests that it becomes. Fields are
 * called as error codes name them: a refusal finds its field.
 */
import type { RequestOf, ResponseOf } from '@orgvet/contract';

export const DETAIL_FIELDS = [
  'name',
  'assumed_name',
  'country',
  'state',
  'address',
  'address2',
  'city',
  'zip',
  'telephone',
] as const;

const CONTACT_FIELDS = [
  'organization_contact_first_name',
  'organization_contact_last_name',
  'organization_contact_job_title',
  'organization_contact_email',
  'organization_contact_telephone',
  'organization_contact_telephone_extension',
] as const;

export type DetailField = (typeof DETAIL_FIELDS)[number];
type ContactField = (typeof CONTACT_FIELDS)[number];
type Field = DetailField | ContactField;
/** The fields that somebody types into, rather than chooses. */
export type TextField = Exclude<Field, 'country'>;

export type Details = Readonly<Record<DetailField, string>>;
type Contact = Readonly<Record<ContactField, string>>;

type CreateBody = RequestOf<'createOrganization'>['body'];
export type ValidationTypeName = NonNullable<CreateBody['validations']>[number]['type'];

export interface Draft extends Details, Contact {
  /** What to submit for. */
  readonly validations: readonly ValidationTypeName[];
}

export const EMPTY_DRAFT: Draft = {
  ...(Object.fromEntries(
    [...DETAIL_FIELDS, ...CONTACT_FIELDS].map((field) => [field, '']),
  ) as Record<Field, string>),
  validations: [],
};

/** The form of an organization that is there. */
export function detailsOf(organization: ResponseOf<'getOrganization'>): Details {
  const fields = DETAIL_FIELDS.map((field) => [field, organization[field] ?? '']);
  return Object.fromEntries(fields) as Record<DetailField, string>;
}

/** What is required is sent empty too: the server says what is missing, and of all fields at once. */
export function planDetails(details: Details): RequestOf<'changeOrganizationDetails'>['body'] {
  const { assumed_name, address2, ...required } = pickDetails(details);
  return { ...required, ...givenOf({ assumed_name, address2 }) };
}

export function planCreate(draft: Draft): CreateBody {
  return {
    ...planDetails(draft),
    organization_contact: {
      first_name: draft.organization_contact_first_name,
      last_name: draft.organization_contact_last_name,
      email: draft.organization_contact_email,
      ...givenOf({
        job_title: draft.organization_contact_job_title,
        telephone: draft.organization_contact_telephone,
        telephone_extension: draft.organization_contact_telephone_extension,
      }),
    },
    ...(draft.validations.length > 0 && {
      validations: draft.validations.map((type) => ({ type })),
    }),
  };
}

/** What is known so far of whether it is there already. */
export function planDuplicateCheck(details: Details): RequestOf<'checkDuplicates'>['body'] {
  const { name, telephone: _, ...others } = pickDetails(details);
  return { name, ...givenOf(others) };
}

/** Which of the details are others now. */
export function listChanged(before: Details, after: Details): DetailField[] {
  return DETAIL_FIELDS.filter((field) => before[field] !== after[field]);
}

function pickDetails(details: Details): Details {
  const fields = DETAIL_FIELDS.map((field) => [field, details[field]]);
  return Object.fromEntries(fields) as Record<DetailField, string>;
}

/** Those of some fields that something stands in. */
function givenOf<Name extends string>(
  fields: Readonly<Record<Name, string>>,
): Partial<Record<Name, string>> {
  const given = Object.entries<string>(fields).filter(([, value]) => value.trim() !== '');
  return Object.fromEntries(given) as Partial<Record<Name, string>>;
}
