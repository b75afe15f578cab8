/** Who can be named as a verified contact of an organization. */
import type { RequestOf, ResponseOf } from '@orgvet/contract';
import type { Organization } from './frame.tsx';

type ValidationRequest = RequestOf<'submitValidations'>['body']['validations'][number];
export type VerifiedUser = NonNullable<ValidationRequest['verified_users']>[number];

export interface Candidate {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly from: 'verified_contact' | 'user' | 'named_before';
  /** How a request names them. */
  readonly request: VerifiedUser;
}

/** Each person once: those first who are verified contacts of the organization. */
export function listCandidates(
  { verified_contacts = [] }: Pick<Organization, 'verified_contacts'>,
  { users, contacts }: ResponseOf<'listPotentialApprovers'>,
): Candidate[] {
  const candidates = [
    ...verified_contacts
      .filter(({ verified_roles }) => verified_roles.some(({ status }) => status !== 'withdrawn'))
      .map((one) => describe('verified_contact', one)),
    ...users.map((one) => describe('user', one)),
    ...contacts.map((one) => describe('named_before', { ...one, user_id: NO_USER })),
  ];
  return [...Map.groupBy(candidates, ({ key }) => key).values()].flatMap(([first]) => first ?? []);
}

/** How the wire says that somebody is no user. */
const NO_USER = '0';

function describe(
  from: Candidate['from'],
  person: Named & { readonly name: string; readonly user_id: string },
): Candidate {
  const { name, email, user_id } = person;
  return user_id === NO_USER
    ? {
        key: JSON.stringify([name, email.toLowerCase()]),
        name,
        email,
        from,
        request: nameOf(person),
      }
    : { key: user_id, name, email, from, request: { id: Number(user_id) } };
}

interface Named {
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly job_title?: string;
  readonly telephone?: string;
  readonly telephone_extension?: string;
}

function nameOf({ first_name, last_name, email, ...others }: Named): VerifiedUser {
  const { job_title, telephone, telephone_extension } = others;
  return {
    ...{ first_name, last_name, email },
    ...(job_title !== undefined && { job_title }),
    ...(telephone !== undefined && { telephone }),
    ...(telephone_extension !== undefined && { telephone_extension }),
  };
}

/** Those whom a search means, by name or e-mail. */
export function findCandidates(candidates: readonly Candidate[], typed: string): Candidate[] {
  const wanted = typed.trim().toLowerCase();
  return candidates.filter(
    ({ name, email }) =>
      name.toLowerCase().includes(wanted) || email.toLowerCase().includes(wanted),
  );
}
