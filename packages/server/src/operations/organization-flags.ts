/** The flags of an organization that lists filter by, in step with the counts of those who have them. */
import { addToCount } from '../store/counts.ts';
import type { Transaction } from '../store/database.ts';
import { type StoredOrganization, updateOrganizationFlags } from '../store/organizations.ts';

/** What of an organization is counted, and the document that shows it. */
export type OrganizationFlags = Pick<
  StoredOrganization,
  'is_active' | 'is_pending' | 'has_validations' | 'document' | 'updated_at'
>;

/** Sets the flags of an organization that is locked, and moves it from one count to the other. */
export async function moveCounts(
  tx: Transaction,
  current: StoredOrganization,
  changes: Partial<OrganizationFlags> & Pick<OrganizationFlags, 'updated_at'>,
): Promise<void> {
  const { is_active, is_pending, has_validations, document, updated_at } = {
    ...current,
    ...changes,
  };
  const flags = { is_active, is_pending, has_validations, document, updated_at };
  await updateOrganizationFlags(tx, current.account_id, current.id, flags);
  await addToCount(tx, current, -1);
  await addToCount(tx, { ...current, is_active, is_pending }, 1);
}
