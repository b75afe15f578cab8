/** The part of the table of who may do what that is about validating: see authorization-matrix.ts. */
import type { OperationName } from '@orgvet/contract';
import { newEvidence, newSource, type Row, row } from './authorization-rows.ts';

// Columns:          admin mgr  std  fin  lim  division  other  100  101  102  103  sib  par  sub  spec rev  aud
export const VALIDATION_ROWS = {
  getProfile: row(
    '/vetting/v1/organization/{organization}/profile',
    '                 200  200  403  403  403  200       404    403  200  200  403  404  404  404  200  200  200',
  ),
  changeProfile: row(
    '/vetting/v1/organization/{organization}/profile',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  204  403  403',
    () => ({ entity_class: 'business_entity' }),
  ),
  storeFile: row(
    '/vetting/v1/organization/{organization}/file',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  201  403  403',
    () => ({ json: 'is plain text' }),
  ),
  getFile: row(
    '/vetting/v1/organization/{organization}/file/{file}',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  200  200  200',
  ),
  recordEvidence: row(
    '/vetting/v1/organization/{organization}/evidence',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  201  403  403',
    newEvidence,
  ),
  listEvidence: row(
    '/vetting/v1/organization/{organization}/evidence',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  200  200  200',
  ),
  withdrawEvidence: row(
    '/vetting/v1/organization/{organization}/evidence/{evidence}/withdraw',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  200  403  403',
    () => ({ reason: 'Forged.' }),
  ),
  listSources: row(
    '/vetting/v1/source',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  200  200  200',
  ),
  createSource: row(
    '/vetting/v1/source',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  201  403  403',
    newSource,
  ),
  getSource: row(
    '/vetting/v1/source/{source}',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  200  200  200',
  ),
  changeSource: row(
    '/vetting/v1/source/{source}',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  204  403  403',
    newSource,
  ),
  withdrawSource: row(
    '/vetting/v1/source/{source}/withdraw',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  200  403  403',
    () => ({ reason: 'Closed.' }),
  ),
  listAppointments: row(
    '/vetting/v1/appointment',
    '                 200  200  403  403  403  200       200    403  200  200  403  200  200  200  200  200  200',
  ),
  changeAppointments: row(
    '/control/v1/appointment/{user}',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404  403  403  403',
    () => ({ appointments: [{ role: 'auditor', qualified_until: '2099-12-31T00:00:00Z' }] }),
  ),
} as const satisfies Partial<Record<OperationName, Row>>;
