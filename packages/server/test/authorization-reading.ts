/** The part of the table of who may do what that is about looking: see authorization-matrix.ts. */
import type { OperationName } from '@orgvet/contract';
import { nextName, type Row, row } from './authorization-rows.ts';

// Columns:          admin mgr  std  fin  lim  division  other  100  101  102  103  sib  par  sub  spec rev  aud
export const READING_ROWS = {
  getOrganizationHistory: row(
    '/vetting/v1/organization/{organization}/history',
    '                 200  200  403  403  403  200       404    403  200  200  403  404  404  404  200  200  200',
  ),
  getCertificateSubject: row(
    '/vetting/v1/organization/{organization}/subject?type=ov',
    '                 200  200  403  403  403  200       404    403  200  200  403  404  404  404  200  200  200',
  ),
  checkDuplicates: row(
    '/vetting/v1/organization/duplicate-check',
    '                 200  200  403  403  403  200       200    403  200  403  403  200  200  200  403  403  403',
    () => ({ name: nextName() }),
  ),
  getExpiry: row(
    '/vetting/v1/expiry',
    '                 200  200  403  403  403  200       200    403  200  200  403  200  200  200  200  200  200',
  ),
  listCountries: row(
    '/vetting/v1/country',
    '                 200  200  200  200  200  200       200    200  200  200  200  200  200  200  200  200  200',
  ),
  listStates: row(
    '/vetting/v1/country/us/state',
    '                 200  200  200  200  200  200       200    200  200  200  200  200  200  200  200  200  200',
  ),
} as const satisfies Partial<Record<OperationName, Row>>;
