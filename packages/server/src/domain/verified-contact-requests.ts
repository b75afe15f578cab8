/**
 * Who is asked when people are named as verified contacts: who is known already, what each may approve
 * afterwards, and what is left to ask. Pure: plans, and changes nothing.
 */
import {
  ROLES_BY_VALIDATION_TYPE,
  type ValidationTypeName,
  type VerifiedRole,
} from '@orgvet/contract';
import { fold } from './fold.ts';
import type { PlannedContact } from './validation.ts';

/** What tells a person from others: the user, or name and e-mail of who is none. */
type Person = Pick<PlannedContact, 'user_id' | 'first_name' | 'last_name' | 'email'>;

/** A role as it is kept. */
export interface KeptRole {
  readonly role: VerifiedRole;
  readonly status: 'pending' | 'active' | 'declined';
}

/** A verified contact of the organization. */
export interface KnownContact extends Person {
  readonly withdrawn_at: string;
  readonly roles: readonly KeptRole[];
}

/** What becomes of a person who is named. */
export interface PlannedAsk<Known extends KnownContact> {
  readonly contact: PlannedContact;
  /** The contact that the person is already. */
  readonly known: Known | undefined;
  /** Roles that the contact does not have yet. */
  readonly added_roles: readonly VerifiedRole[];
  /** Roles that the contact has declined, and is asked about once more. */
  readonly reopened_roles: readonly VerifiedRole[];
  /** What the contact is to confirm; nothing where all of it is confirmed. */
  readonly asked_types: readonly ValidationTypeName[];
}

/** Equal for two who are the same person. */
export function keyOfPerson({ user_id, first_name, last_name, email }: Person): string {
  return JSON.stringify(user_id === 0 ? [first_name, last_name, email].map(fold) : user_id);
}

/**
 * Plans what becomes of the people whom a request names, each person once. A withdrawal stands: who was
 * withdrawn, or will be, becomes another contact.
 */
export function planAsks<Known extends KnownContact>(
  known: readonly Known[],
  named: readonly PlannedContact[],
): PlannedAsk<Known>[] {
  const present = known.filter(({ withdrawn_at }) => withdrawn_at === '');
  return mergePeople(named).map((contact) => {
    const key = keyOfPerson(contact);
    const found = present.find((one) => keyOfPerson(one) === key);
    const statusOf = (role: VerifiedRole) =>
      found?.roles.find((kept) => kept.role === role)?.status;
    return {
      contact,
      known: found,
      added_roles: contact.roles.filter((role) => statusOf(role) === undefined),
      reopened_roles: contact.roles.filter((role) => statusOf(role) === 'declined'),
      asked_types: contact.validation_types.filter((type) =>
        ROLES_BY_VALIDATION_TYPE[type].some((role) => statusOf(role) !== 'active'),
      ),
    };
  });
}

/** Each person once, with all that they are named for. */
function mergePeople(named: readonly PlannedContact[]): PlannedContact[] {
  const people = Map.groupBy(named, keyOfPerson);
  return [...people.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            ...first,
            roles: union(first.roles, ...others.map(({ roles }) => roles)),
            validation_types: union(
              first.validation_types,
              ...others.map(({ validation_types }) => validation_types),
            ),
          },
        ],
  );
}

function union<Item>(...lists: readonly (readonly Item[])[]): Item[] {
  return [...new Set(lists.flat())];
}

/** The types that give roles, those with the most roles first. */
const TYPES_WITH_ROLES = ['ev', 'cs', 'ev_cs'] as const satisfies readonly ValidationTypeName[];

/** The fewest types that a contact must confirm to have some roles. */
export function listTypesOfRoles(roles: readonly VerifiedRole[]): ValidationTypeName[] {
  const types: ValidationTypeName[] = [];
  let left = [...roles];
  for (const type of TYPES_WITH_ROLES) {
    if (left.some((role) => role === type.toUpperCase())) {
      types.push(type);
      left = left.filter((role) => !ROLES_BY_VALIDATION_TYPE[type].includes(role));
    }
  }
  return types;
}
