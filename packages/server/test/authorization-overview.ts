/** The part of the table of who may do what that is about rules, log and system: see authorization-matrix.ts. */
import type { OperationName } from '@orgvet/contract';
import { type Row, row } from './authorization-rows.ts';

// Columns:          admin mgr  std  fin  lim  division  other  100  101  102  103  sib  par  sub  spec rev  aud
export const OVERVIEW_ROWS = {
  listAuditLogEntries: row(
    '/vetting/v1/audit-log/entries',
    '                 200  403  403  403  403  403       403    403  403  200  403  200  200  200  403  403  200',
  ),
  verifyAuditLog: row(
    '/vetting/v1/audit-log/verification?limit=1',
    '                 200  403  403  403  403  403       403    403  403  200  403  200  200  200  403  403  200',
  ),
  listRules: row(
    '/vetting/v1/rules',
    '                 200  200  403  403  403  200       200    403  200  200  403  200  200  200  200  200  200',
  ),
  getRulePack: row(
    '/vetting/v1/rules/tls-br',
    '                 200  200  403  403  403  200       200    403  200  200  403  200  200  200  200  200  200',
  ),
  compareRules: row(
    '/vetting/v1/rules/impact',
    '                 200  200  403  403  403  200       200    403  200  403  403  200  200  200  200  200  200',
    () => ({ change: '2026-03-15' }),
  ),
  // Only of an account that is below no other, as the demo's.
  getSystemStatus: row(
    '/vetting/v1/system',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  200  403  403  403  403',
  ),
} as const satisfies Partial<Record<OperationName, Row>>;
