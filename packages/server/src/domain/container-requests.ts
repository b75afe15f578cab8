/**
 * What requests say of containers: their bodies read, with the rules that the contract's schemas cannot
 * hold. Pure.
 */
import {
  ContainerCreateRequest,
  ContainerEditRequest,
  fieldProblem,
  OrganizationAssignmentsRequest,
  type Problem,
  readBody,
  UserAssignmentsRequest,
} from '@orgvet/contract';
import { FORMATS } from './formats.ts';
import { type PlacedIds, placeIds } from './placed-ids.ts';
import { isAccessRole, isUsername, roleOf } from './user.ts';

/** The template of all containers but roots. */
export const DIVISION_TEMPLATE_ID = 6;

/** Reads the body of "Create child container". The request is to be used only without problems. */
export function checkContainerCreate(body: unknown): {
  problems: Problem[];
  request: ContainerCreateRequest;
} {
  const { problems, value } = readBody(ContainerCreateRequest, body, FORMATS);
  const { template_id, user } = value;
  if (template_id !== undefined && template_id !== DIVISION_TEMPLATE_ID) {
    const detail = `must be ${DIVISION_TEMPLATE_ID}: no container is made below another from ${template_id}.`;
    problems.push(fieldProblem('invalid', 'template_id', detail));
  }
  problems.push(...checkDomainNames(value.allowed_domain_names));
  if (user !== undefined) {
    problems.push(...checkFirstUser(user));
  }
  return { problems, request: value };
}

/** Reads the body of "Edit container". */
export function checkContainerChange(body: unknown): {
  problems: Problem[];
  request: ContainerEditRequest;
} {
  const { problems, value } = readBody(ContainerEditRequest, body, FORMATS);
  problems.push(...checkDomainNames(value.allowed_domain_names));
  return { problems, request: value };
}

type FirstUser = NonNullable<ContainerCreateRequest['user']>;

/** The name that the first user of a container signs in with. */
export function usernameOf({ username, email }: FirstUser): string {
  return username ?? email;
}

/** Members that have a problem already are missing here, whatever the type says. */
function checkFirstUser(user: Partial<FirstUser>): Problem[] {
  const problems: Problem[] = [];
  const username = user.username ?? user.email;
  if (username !== undefined && !isUsername(username)) {
    const detail = 'must have only letters a to z, digits and @ - _ + .';
    const which = user.username === undefined ? ' Without it the email address is the name.' : '';
    problems.push(fieldProblem('invalid', 'user.username', `${detail}${which}`));
  }
  const role_id = roleOf(user);
  if (role_id !== 0 && !isAccessRole(role_id)) {
    const detail = `must be a role, see "List roles"; ${role_id} is none.`;
    problems.push(fieldProblem('invalid', 'user.access_roles[0].id', detail));
  }
  return problems;
}

/** Labels of letters, digits and hyphens in between, in any script: names are kept as they are sent. */
const DOMAIN_LABEL = /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_-]{0,61}[\p{L}\p{M}\p{N}_])?$/u;

function checkDomainNames(names: readonly (string | undefined)[] = []): Problem[] {
  return names.flatMap((name, index) =>
    name === undefined || name.split('.').every((label) => DOMAIN_LABEL.test(label))
      ? []
      : [fieldProblem('invalid', `allowed_domain_names[${index}]`, 'must be a domain name.')],
  );
}

/** Ids that a request assigns. They are to be used only without problems. */
export interface CheckedAssignments {
  readonly problems: Problem[];
  readonly ids: PlacedIds;
}

/** Reads the body of "Assign organizations". */
export function checkOrganizationAssignments(body: unknown): CheckedAssignments {
  const { problems, value } = readBody(OrganizationAssignmentsRequest, body, FORMATS);
  const field = 'organization_id_assignments';
  return { ids: placeIds(field, value[field], problems), problems };
}

/** Reads the body of "Assign users". */
export function checkUserAssignments(body: unknown): CheckedAssignments {
  const { problems, value } = readBody(UserAssignmentsRequest, body, FORMATS);
  const field = 'user_id_assignments';
  return { ids: placeIds(field, value[field], problems), problems };
}
