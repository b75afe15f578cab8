/**
 * Validations: the rules of a request for them, who becomes a verified contact by it, and the status
 * that a validation has at a moment. What validating takes stands in requirements.ts and rules/.
 */
import {
  fieldProblem,
  findLanguage,
  isBlank,
  type Problem,
  problem,
  ROLES_BY_VALIDATION_TYPE,
  readBody,
  VALIDATION_TYPES,
  type ValidationRequest,
  ValidationsRequest,
  type ValidationTypeName,
  type VerifiedRole,
  type VerifiedUserRequest,
} from '@orgvet/contract';
import { FORMATS } from './formats.ts';
import type { CompletedValidation } from './rules/validity.ts';

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
export function memberOf(value: unknown, name: string): unknown {
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
  /** 0 where nobody said. */
  readonly language_id: number;
  readonly roles: readonly VerifiedRole[];
  /** The types that the request names the contact for. */
  readonly validation_types: readonly ValidationTypeName[];
}

/**
 * Reads the body of "Submit organization for validation".
 *
 * @returns the problems, or the requests, each type at most once
 */
export function checkValidationsRequest(body: unknown): {
  problems: Problem[];
  validations: readonly ValidationRequest[];
} {
  const used = dropIgnoredMembers(body);
  const { problems, faulty, value } = readBody(ValidationsRequest, used, FORMATS);
  problems.push(...checkValidationRequests(value.validations, faulty));
  return { problems, validations: value.validations ?? [] };
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

/** Whether a request names somebody who is no user. */
export function namesNonUsers(requests: readonly (ValidationRequest | undefined)[] = []): boolean {
  return requests.some((request) => usersOf(request).some((user) => user?.id === undefined));
}

/** Whether a user has what a verified contact must have (List approvers). */
export function canApprove({ job_title, telephone }: KnownUser): boolean {
  return job_title !== '' && telephone !== '';
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
  const contacts = new Map<string, NamedContact>();
  const types = new Map<string, ValidationTypeName[]>();
  for (const request of requests) {
    for (const named of usersOf(request)) {
      const contact = contactOf(named, users);
      const { user_id, first_name, last_name, email } = contact;
      const person = JSON.stringify([user_id, first_name, last_name, email]);
      contacts.set(person, contacts.get(person) ?? contact);
      types.set(person, [...(types.get(person) ?? []), request.type]);
    }
  }
  return [...contacts].map(([person, contact]) => {
    const validation_types = [...new Set(types.get(person))];
    const roles = validation_types.flatMap((type) => ROLES_BY_VALIDATION_TYPE[type]);
    return { ...contact, roles: [...new Set(roles)], validation_types };
  });
}

type NamedContact = Omit<PlannedContact, 'roles' | 'validation_types'>;

/** The verified users of a request; none for a type that does not use them, or that was not read. */
function usersOf(request: ValidationRequest | undefined): readonly VerifiedUserRequest[] {
  if (request?.type === undefined || !getValidationType(request.type).requires_user) {
    return [];
  }
  return request.verified_users ?? [];
}

function contactOf(named: VerifiedUserRequest, users: readonly KnownUser[]): NamedContact {
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
    language_id: user === undefined ? (findLanguage(named.language_id ?? '')?.id ?? 0) : 0,
  };
}

/** A validation as answers show it. */
export interface ShownValidation {
  readonly type: ValidationTypeName;
  /** Empty while nothing serves. */
  readonly date_created: string;
  readonly validated_until: string;
  /** Whether it is being worked on. */
  readonly is_open: boolean;
}

/** What is kept of a validation. */
interface KeptValidation extends CompletedValidation {
  readonly is_open: number;
  readonly rejected_at: string;
  readonly outdated_at: string;
}

/**
 * A validation as answers show it: with dates where it was completed for the details that count.
 *
 * @param served_at the moment whose details count: now, or that of an order
 * @returns undefined for one that was rejected and never served
 */
export function planValidationRecord(
  kept: KeptValidation,
  findEnd: (validation: CompletedValidation) => string,
  served_at: string,
): ShownValidation | undefined {
  const { type, date_created, outdated_at } = kept;
  const is_open = kept.is_open === 1;
  if (date_created === '') {
    return is_open ? { type, date_created: '', validated_until: '', is_open } : undefined;
  }
  const end = findEnd(kept);
  const fits = outdated_at === '' || served_at < outdated_at;
  if (fits) {
    return { type, date_created, validated_until: end, is_open };
  }
  return is_open
    ? { type, date_created: '', validated_until: '', is_open }
    : { type, date_created, validated_until: end < outdated_at ? end : outdated_at, is_open };
}

/**
 * The status of a validation at a moment. Never stored: a validation expires by itself. One that is being
 * worked on is pending unless it still serves.
 *
 * @param validation times as on the wire, empty while pending
 * @param time the moment, as on the wire
 */
export function statusAt(
  {
    date_created,
    validated_until,
    is_open = false,
  }: {
    readonly date_created: string;
    readonly validated_until: string;
    readonly is_open?: boolean;
  },
  time: string,
): ValidationStatus {
  if (date_created !== '' && time < validated_until) {
    return 'active';
  }
  return date_created === '' || is_open ? 'pending' : 'expired';
}
