/** Orgvet's own operations for those who look into what was done. */
import { AuditLogLine, AuditLogQuery } from '../audit-log.ts';
import type { Route } from '../route.ts';

export const AUDIT_ROUTES = {
  exportAuditLog: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/audit-log',
    tag: 'Audit',
    summary: 'Export audit log',
    description:
      'All events of the account, or a part of them that follow one another, each on a line with ' +
      'its hash, and a last line that tells how many there are. `orgvet audit verify` proves it.',
    permission: 'view_audit_log',
    query: AuditLogQuery,
    success: { status: 200, schema: AuditLogLine },
    json_lines: 'audit-log.jsonl',
    errors: [],
  },
} as const satisfies Record<string, Route>;
