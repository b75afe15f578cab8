/** Whether the database answers. */
import { getSchemaVersion } from '../store/migrations.ts';
import type { Environment } from './context.ts';

/** @throws what the database says, if it does not answer */
export async function checkDatabase({ store }: Environment): Promise<void> {
  await getSchemaVersion(store.reader);
}
