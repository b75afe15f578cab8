/** All that the work on validations leaves behind of an organization, to be deleted with it. */
import type { Handle, Transaction } from './database.ts';
import { deleteFilesOfOrganization } from './files.ts';
import { statement } from './statement.ts';

/**
 * Deletes evidence with its files, the profile, decisions, completions, rejections and reminders of an
 * organization. Its validations stay.
 */
export async function deleteVettingRecords(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  for (const deletion of [deleteReliances, ...DELETIONS]) {
    await tx.run(deletion, { account_id, organization_id });
  }
  await deleteFilesOfOrganization(tx, account_id, organization_id);
}

/** Whether anything was ever decided about an organization. */
export async function hasDecisions(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<boolean> {
  return (await handle.first(selectDecision, { account_id, organization_id })) !== undefined;
}

type OfOrganization = { account_id: number; organization_id: number };

const deleteReliances = statement<OfOrganization, unknown>((db, args) =>
  db
    .deleteFrom('decision_evidence')
    .where('account_id', '=', args.account_id)
    .where('decision_id', 'in', (eb) =>
      eb
        .selectFrom('decisions as d')
        .select('d.id')
        .where('d.account_id', '=', args.account_id)
        .where('d.organization_id', '=', args.organization_id),
    ),
);

const selectDecision = statement<OfOrganization, { id: number }>((db, args) =>
  db
    .selectFrom('decisions')
    .select('id')
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .limit(1),
);

const TABLES = [
  'decisions',
  'evidence',
  'organization_profiles',
  'completions',
  'rejections',
  'reminders',
] as const;

const DELETIONS = TABLES.map((table) =>
  statement<OfOrganization, unknown>((db, args) =>
    db
      .deleteFrom(table)
      .where('account_id', '=', args.account_id)
      .where('organization_id', '=', args.organization_id),
  ),
);
