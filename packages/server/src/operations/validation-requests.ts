/**
 * Submitting organizations for validation: the types, and the people who are named as verified contacts.
 * The work of validating begins after it.
 */
import { fieldProblem, type Problem, problem, type ValidationRequest } from '@orgvet/contract';
import { refuseIfAny } from '../domain/problems.ts';
import {
  canApprove,
  checkValidationsRequest,
  type KnownUser,
  listNamedUsers,
  namesNonUsers,
  planVerifiedContacts,
} from '../domain/validation.ts';
import type { Handle } from '../store/database.ts';
import { hasOrganization } from '../store/organizations.ts';
import { findUser } from '../store/users.ts';
import { getStoredAccount } from './account-info.ts';
import { type Context, recordEvent, refuseAsNotFound } from './context.ts';
import { settleScripts } from './due-work.ts';
import { openValidations } from './validation-lifecycle.ts';
import { askVerifiedContacts } from './verified-contact-requests.ts';

/**
 * Submits an organization for validation types. A type that is being worked on stays as it is; one that
 * serves goes on to its own end, while it is validated anew beside; any other is pending. People are asked
 * whatever becomes of the types.
 *
 * @throws RequestRefused with every problem of the request
 */
export async function submitValidations(
  context: Context,
  {
    params: { organization_id },
    body,
  }: { readonly params: { readonly organization_id: number }; readonly body: unknown },
): Promise<void> {
  const { account_id } = context.principal;
  const { problems, validations } = checkValidationsRequest(body);
  if (!(await hasOrganization(context.store.reader, account_id, organization_id))) {
    refuseAsNotFound('organization');
  }
  const named = await findNamedUsers(context, validations);
  refuseIfAny([...problems, ...named.problems]);
  await context.store.transaction(async (tx) => {
    const types = validations.map(({ type }) => type);
    await openValidations(tx, context, organization_id, types);
    const contacts = planVerifiedContacts(validations, named.users);
    await askVerifiedContacts(tx, context, organization_id, contacts);
    await recordEvent(tx, context, {
      action: 'organization_submitted',
      object_type: 'organization',
      object_id: organization_id,
      after: { validations },
    });
  });
  await settleScripts(context);
}

/**
 * The users whom a request names as verified contacts, and a problem for each who cannot be one: who is
 * not there, or lacks what an approver needs, or is no user where the account wants users.
 */
export async function findNamedUsers(
  { store, principal }: Context,
  requests: readonly ValidationRequest[] | undefined,
): Promise<{ users: KnownUser[]; problems: Problem[] }> {
  const users = new Map<number, KnownUser>();
  const problems: Problem[] = [];
  for (const { user_id, path } of listNamedUsers(requests)) {
    const user =
      users.get(user_id) ?? (await findUser(store.reader, principal.account_id, user_id));
    if (user === undefined) {
      problems.push(fieldProblem('invalid', path, `${user_id} is no user of this account.`));
    } else {
      users.set(user_id, user);
      problems.push(...checkApprover(user, path));
    }
  }
  if (namesNonUsers(requests)) {
    problems.push(...(await checkNonUsers(store.reader, principal.account_id)));
  }
  return { users: [...users.values()], problems };
}

/** @param path where the request names the user */
export function checkApprover(user: KnownUser, path: string): Problem[] {
  return canApprove(user)
    ? []
    : [
        fieldProblem(
          'invalid',
          path,
          `names the user ${user.id}, who needs a job title and a telephone number to be a verified contact.`,
        ),
      ];
}

/** The problem with people who are no users, where the account wants users. */
export async function checkNonUsers(handle: Handle, account_id: number): Promise<Problem[]> {
  const { allow_non_user_verified_contacts } = await getStoredAccount(handle, account_id);
  return allow_non_user_verified_contacts === 1
    ? []
    : [problem('non_user_verified_contacts_not_allowed')];
}
