/** Who can be named as a verified contact: users, and people who have been named before. */
import { sql } from 'kysely';
import type { Handle } from './database.ts';
import type { VerifiedContactRow } from './schema-contacts.ts';
import { statement } from './statement.ts';
import { isWithinContainers } from './user-list.ts';

/** What an answer shows of somebody. */
export type ApproverRow = Pick<
  VerifiedContactRow,
  'first_name' | 'last_name' | 'job_title' | 'telephone' | 'email'
>;

/**
 * The active users of an account who have a job title and a telephone number, by id; no service users.
 *
 * @param visible_container_ids only users who are restricted to none but these; absent for all
 */
export async function listApprovingUsers(
  handle: Handle,
  account_id: number,
  visible_container_ids: readonly number[] | undefined,
): Promise<(ApproverRow & { readonly id: number })[]> {
  return visible_container_ids === undefined
    ? await handle.all(selectUsers, { account_id })
    : await handle.all(selectVisibleUsers, {
        account_id,
        visible: JSON.stringify(visible_container_ids),
      });
}

/**
 * The people without an account who are verified contacts of an organization, each once for what is
 * known of them, by name.
 *
 * @param visible_container_ids only of organizations of these containers; absent for all
 */
export async function listNamedPeople(
  handle: Handle,
  account_id: number,
  visible_container_ids: readonly number[] | undefined,
  limit: number,
): Promise<ApproverRow[]> {
  return visible_container_ids === undefined
    ? await handle.all(selectPeople, { account_id, limit })
    : await handle.all(selectVisiblePeople, {
        account_id,
        visible: JSON.stringify(visible_container_ids),
        limit,
      });
}

type Db = Parameters<Parameters<typeof statement>[0]>[0];

const usersOf = (db: Db, account_id: number) =>
  db
    .selectFrom('users as u')
    .select(['u.id', 'u.first_name', 'u.last_name', 'u.job_title', 'u.telephone', 'u.email'])
    .where('u.account_id', '=', account_id)
    .where('u.status', '=', 'active')
    .where('u.is_api_only', '=', 0)
    .where('u.job_title', '<>', '')
    .where('u.telephone', '<>', '')
    .orderBy('u.id');

const selectUsers = statement<{ account_id: number }, ApproverRow & { id: number }>((db, args) =>
  usersOf(db, args.account_id),
);

const selectVisibleUsers = statement<
  { account_id: number; visible: string },
  ApproverRow & { id: number }
>((db, args, dialect) =>
  usersOf(db, args.account_id).where(isWithinContainers(args.visible, dialect)),
);

const peopleOf = (db: Db, account_id: number, limit: number) =>
  db
    .selectFrom('verified_contacts as v')
    .select([
      'v.first_name as first_name',
      'v.last_name as last_name',
      'v.job_title as job_title',
      'v.telephone as telephone',
      'v.email as email',
    ])
    .distinct()
    .where('v.account_id', '=', account_id)
    .where('v.user_id', '=', 0)
    .where('v.withdrawn_at', '=', '')
    .orderBy('last_name')
    .orderBy('first_name')
    .orderBy('email')
    .limit(limit);

const selectPeople = statement<{ account_id: number; limit: number }, ApproverRow>((db, args) =>
  peopleOf(db, args.account_id, args.limit),
);

const selectVisiblePeople = statement<
  { account_id: number; visible: string; limit: number },
  ApproverRow
>((db, args, { isIn }) =>
  peopleOf(db, args.account_id, args.limit).where(
    sql<boolean>`exists (select 1 from organizations o
      where o.account_id = v.account_id and o.id = v.organization_id
        and (${isIn(sql.ref('o.container_id'), args.visible, 'bigint')}
          or exists (select 1 from container_organizations c
            where c.account_id = o.account_id and c.organization_id = o.id
              and ${isIn(sql.ref('c.container_id'), args.visible, 'bigint')})))`,
  ),
);
