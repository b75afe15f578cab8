/**
 * How the server and its database stand, for those whose machine it is: administrators of an account that
 * is below no other. It tells nothing of what is in accounts.
 */
import { problem, type SystemStatus } from '@orgvet/contract';
import { RequestRefused } from '../domain/problems.ts';
import { formatTime } from '../domain/time.ts';
import { findLastBackup } from '../store/backups.ts';
import { getSchemaVersion } from '../store/migrations.ts';
import type { BackupRow } from '../store/schema.ts';
import { countBacklog, readDatabaseFacts } from '../store/system.ts';
import { getStoredAccount } from './account-info.ts';
import type { Context } from './context.ts';
import { refuseUnlessUnrestricted } from './visibility.ts';

export async function getSystemStatus(context: Context): Promise<SystemStatus> {
  refuseUnlessUnrestricted(context);
  const { version, node_version, started_at, rules, store, principal } = context;
  const { reader } = store;
  const { parent_account_id } = await getStoredAccount(reader, principal.account_id);
  if (parent_account_id !== 0) {
    throw new RequestRefused([problem('access_denied|missing_permission')]);
  }
  const database = await readDatabaseFacts(reader);
  const backlog = await countBacklog(reader);
  const last_backup = await findLastBackup(reader);
  return {
    ...{ version, node_version, started_at },
    database: { ...database, schema_version: await getSchemaVersion(reader) },
    ...(last_backup && { last_backup: describeBackup(last_backup) }),
    rules: [
      ...rules.packs.map((pack) => ({ kind: 'pack' as const, ...nameOf(pack) })),
      ...rules.policies.map((policy) => ({ kind: 'policy' as const, ...nameOf(policy) })),
    ],
    mail: { waiting: backlog.mails },
    search_index: { waiting: backlog.names },
    audit_log: { waiting: backlog.events },
  };
}

function describeBackup({ finished_ms, means, place, size_bytes }: BackupRow) {
  return {
    finished_at: formatTime(finished_ms),
    means,
    place,
    ...(size_bytes > 0 && { size_bytes }),
  };
}

function nameOf({ id, version, title }: { id: string; version: string; title: string }) {
  return { id, version, title };
}
