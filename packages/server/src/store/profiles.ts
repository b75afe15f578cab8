/** The profiles of organizations: what was found out about them. Each is one text of JSON. */
import type { Insertable, Selectable } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { OrganizationProfileRow } from './schema-vetting.ts';
import { statement } from './statement.ts';

export type StoredProfile = Selectable<OrganizationProfileRow>;

export async function findProfile(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<StoredProfile | undefined> {
  return await handle.first(selectOne, { account_id, organization_id });
}

/** Puts a profile in the place of the one before, if there was any. */
export async function saveProfile(
  tx: Transaction,
  profile: Insertable<OrganizationProfileRow>,
): Promise<void> {
  await tx.run(upsert, profile);
}

const selectOne = statement<{ account_id: number; organization_id: number }, StoredProfile>(
  (db, args) =>
    db
      .selectFrom('organization_profiles')
      .selectAll()
      .where('account_id', '=', args.account_id)
      .where('organization_id', '=', args.organization_id),
);

const upsert = statement<Insertable<OrganizationProfileRow>, unknown>((db, args) =>
  db
    .insertInto('organization_profiles')
    .values({
      account_id: args.account_id,
      organization_id: args.organization_id,
      facts: args.facts,
      updated_at: args.updated_at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'organization_id'])
        .doUpdateSet({ facts: args.facts, updated_at: args.updated_at }),
    ),
);
