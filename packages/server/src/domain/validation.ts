/**
 * Validations: the rules of a request for them, who becomes a verified contact by it, and the status
 * that a validation has at a moment. The work of validating is not here yet: it has its own rule packs.
 */
import {
  fieldProblem,
  isBlank,
  type Problem,
  problem,
  ROLES_BY_VALIDATION_TYPE,
  VALIDATION_TYPES,
  type ValidationRequest,
  type ValidationTypeName,
  type VerifiedRole,
  type VerifiedUserRequest,
} from '@orgvet/contract';

export type ValidationStatus = 'pending' | 'active' | 'expired';

/** What must be given of a verified contact who is no user. */
const PERSON_FIELDS = ['first_name', 'last_name', 'job_title', 'telephone', 'email'] as const;

const TYPES_BY_NAME = new Map(VALIDATION_TYPES.map((type) => [type.type, type]));

/** The wire's names for a type. */
export function getValidationType(type: ValidationTypeName) {
  const found = TYPES_BY_NAME.get(type);
  if (found === undefined) {
    throw new Error(`There is no validation type ${type}.`);
  }
  return found;
}

/**
 * The rules between the members of `validations`: each type once; verified users for `ev`, `cs` and
 * `ev_cs`, each an existing user or a person with all that is required (Create organization,
 * `verified_users`). What could not be read was reported already and is passed over.
 *
 * @param faulty the paths of the fields that have a problem already
 */
export function checkValidationRequests(
  requests: readonly (ValidationRequest | undefined)[] = [],
  faulty: ReadonlySet<string> = new Set(),
): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [index, request] of requests.entries()) {
    if (request?.type === undefined) {
      continue;
    }
    if (seen.has(request.type)) {
      problems.push(problem('validation_type_duplicate', { type: request.type }));
    }
    seen.add(request.type);
    if (getValidationType(request.type).requires_user) {
      problems.push(...checkVerifiedUsers(request, `validations[${index}]`, faulty));
    }
  }
  return problems;
}

function checkVerifiedUsers(
  request: ValidationRequest,
  path: string,
  faulty: ReadonlySet<string>,
): Problem[] {
  if (faulty.has(`${path}.verified_users`)) {
    return [];
  }
  const users = request.verified_users;
  if (users === undefined || users.length === 0) {
    return [
      fieldProblem(
        'missing',
        `${path}.verified_users`,
        `is required for the validation type ${request.type}.`,
      ),
    ];
  }
  return users.flatMap((user, index) =>
    checkPerson(user, `${path}.verified_users[${index}]`, faulty),
  );
}

function checkPerson(
  user: VerifiedUserRequest | undefined,
  path: string,
  faulty: ReadonlySet<string>,
): Problem[] {
  if (user === undefined || user.id !== undefined || faulty.has(`${path}.id`)) {
    return [];
  }
  return PERSON_FIELDS.filter((field) => user[field] === undefined)
    .map((field) => `${path}.${field}`)
    .filter((fieldPath) => !faulty.has(fieldPath))
    .map((fieldPath) =>
      fieldProblem('missing', fieldPath, 'is required where no user id is given.'),
    );
}

/**
 * The body of a create without what the documents say is ignored: `verified_users` of a type that does
 * not use them, and everything beside the `id` of a verified user. Ignored means whatever it holds.
 */
export function dropIgnoredMembers(body: unknown): unknown {
  const validations = memberOf(body, 'validations');
  if (!Array.isArray(validations)) {
    return body;
  }
  return { ...(body as object), validations: validations.map(dropFromRequest) };
}

function dropFromRequest(request: unknown): unknown {
  const users = memberOf(request, 'verified_users');
  if (users === undefined) {
    return request;
  }
  const type = VALIDATION_TYPES.find((known) => known.type === memberOf(request, 'type'));
  if (type?.requires_user === false) {
    return { type: type.type };
  }
  return Array.isArray(users)
    ? { ...(request as object), verified_users: users.map(dropFromUser) }
    : request;
}

function dropFromUser(user: unknown): unknown {
  const id = memberOf(user, 'id');
  return isBlank(id) ? user : { id };
}

/** A member of what may be an object; never one that it has from a prototype. */
function memberOf(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** A verified contact that a request brings, with the roles it asks for. */
export interface PlannedContact {
  /** 0 for a person who is no user. */
  readonly user_id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly job_title: string;
  readonly telephone: string;
  readonly telephone_extension: string;
  readonly email: string;
  readonly roles: readonly VerifiedRole[];
}

/** What is known of a user who may become a verified contact. */
export interface KnownUser {
  readonly id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly job_title: string;
  readonly telephone: string;
  readonly email: string;
}

/** The ids of existing users that a request names, with where it does. */
export function listNamedUsers(
  requests: readonly (ValidationRequest | undefined)[] = [],
): { user_id: number; path: string }[] {
  return requests.flatMap((request, index) =>
    usersOf(request).flatMap((user, userIndex) =>
      user?.id === undefined
        ? []
        : [{ user_id: user.id, path: `validations[${index}].verified_users[${userIndex}].id` }],
    ),
  );
}

/**
 * Who becomes a verified contact by a request: one contact for each person, however many types name
 * them, with the roles of all those types.
 */
export function planVerifiedContacts(
  requests: readonly ValidationRequest[],
  users: readonly KnownUser[],
): PlannedContact[] {
  const contacts = new Map<string, Omit<PlannedContact, 'roles'>>();
  const roles = new Map<string, Set<VerifiedRole>>();
  for (const request of requests) {
    for (const named of usersOf(request)) {
      const contact = contactOf(named, users);
      const { user_id, first_name, last_name, email } = contact;
      const person = JSON.stringify([user_id, first_name, last_name, email]);
      contacts.set(person, contacts.get(person) ?? contact);
      const asked = roles.get(person) ?? new Set();
      roles.set(person, asked.union(new Set(ROLES_BY_VALIDATION_TYPE[request.type])));
    }
  }
  return [...contacts].map(([person, contact]) => ({
    ...contact,
    roles: [...(roles.get(person) ?? [])],
  }));
}

/** The verified users of a request; none for a type that does not use them, or that was not read. */
function usersOf(request: ValidationRequest | undefined): readonly VerifiedUserRequest[] {
  if (request?.type === undefined || !getValidationType(request.type).requires_user) {
    return [];
  }
  return request.verified_users ?? [];
}

function contactOf(
  named: VerifiedUserRequest,
  users: readonly KnownUser[],
): Omit<PlannedContact, 'roles'> {
  const user = users.find(({ id }) => id === named.id);
  const source = user ?? named;
  return {
    user_id: user?.id ?? 0,
    first_name: source.first_name ?? '',
    last_name: source.last_name ?? '',
    job_title: source.job_title ?? '',
    telephone: source.telephone ?? '',
    telephone_extension: user === undefined ? (named.telephone_extension ?? '') : '',
    email: source.email ?? '',
  };
}

/**
 * The status of a validation at a moment. Never stored: a validation expires by itself.
 *
 * @param validation times as on the wire, empty while pending
 * @param time the moment, as on the wire
 */
export function statusAt(
  validation: { readonly date_created: string; readonly validated_until: string },
  time: string,
): ValidationStatus {
  if (validation.date_created === '') {
    return 'pending';
  }
  return time < validation.validated_until ? 'active' : 'expired';
}
