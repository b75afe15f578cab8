/** What somebody has typed for a new subaccount, and the request that it becomes. */
import type { RequestOf } from '@orgvet/contract';
import { DETAIL_FIELDS, type DetailField, type Details } from '../organization-form/draft.ts';

export type Body = RequestOf<'createSubaccount'>['body'];
export type AccountType = Body['account_type'];

export type Values = Readonly<
  Record<
    | 'account_type'
    | 'child_name'
    | `user_${'first_name' | 'last_name' | 'email' | 'username' | 'job_title' | 'telephone'}`
    | `organization_${DetailField}`,
    string
  >
>;

/** @param account_type the one that is chosen at first */
export function startValues(account_type: AccountType): Values {
  const details = DETAIL_FIELDS.map((field) => [`organization_${field}`, ''] as const);
  return {
    account_type,
    child_name: '',
    user_first_name: '',
    user_last_name: '',
    user_email: '',
    user_username: '',
    user_job_title: '',
    user_telephone: '',
    ...(Object.fromEntries(details) as Record<`organization_${DetailField}`, string>),
  };
}

/** The organization's part, by the names that it has by itself. */
export function detailsOf(values: Values): Details {
  const details = DETAIL_FIELDS.map((field) => [field, values[`organization_${field}`]]);
  return Object.fromEntries(details) as Details;
}

/** Changes of the organization's part, by the names that they have among the others. */
export function nameChanges(changes: Partial<Details>): Partial<Values> {
  const named = Object.entries(changes).map(([field, value]) => [`organization_${field}`, value]);
  return Object.fromEntries(named);
}

/** What is required is sent empty too: the server says what is missing, and of all fields at once. */
export function planSubaccount(
  values: Values,
  rest: Pick<Body, 'allowed_grandchildren' | 'bill_parent' | 'account_manager_user_id'>,
): Body {
  return {
    account_type: values.account_type as AccountType,
    child_name: values.child_name,
    user: {
      first_name: values.user_first_name,
      last_name: values.user_last_name,
      email: values.user_email,
      username: values.user_username,
      job_title: values.user_job_title,
      telephone: values.user_telephone,
    },
    organization: detailsOf(values),
    ...rest,
  };
}
