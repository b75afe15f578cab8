/** Who can be named as a verified contact. */
import type { PotentialApproverList } from '@orgvet/contract';
import {
  type ApproverRow,
  listApprovingUsers,
  listNamedPeople,
} from '../store/potential-approvers.ts';
import { getStoredAccount } from './account-info.ts';
import type { Context } from './context.ts';

/** The answer has no pages; whoever is not among these is named by hand. */
const PEOPLE_MAX = 1000;

/**
 * The users with a job title and a telephone number, and the people without an account who have been
 * named before, where the account still allows such.
 */
export async function listPotentialApprovers({
  store: { reader },
  principal: { account_id, visible_container_ids },
}: Context): Promise<PotentialApproverList> {
  const users = await listApprovingUsers(reader, account_id, visible_container_ids);
  const account = await getStoredAccount(reader, account_id);
  const people =
    account.allow_non_user_verified_contacts === 1
      ? await listNamedPeople(reader, account_id, visible_container_ids, PEOPLE_MAX)
      : [];
  return {
    users: users.map((user) => ({ user_id: String(user.id), ...describe(user) })),
    contacts: people.map(describe),
  };
}

function describe({ first_name, last_name, job_title, telephone, email }: ApproverRow) {
  const name = `${first_name} ${last_name}`;
  return { name, first_name, last_name, job_title, telephone, email };
}
