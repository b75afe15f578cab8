/** Orgvet's own operations for those who look after it: rules, the log, and the system itself. */
import {
  AuditLogPage,
  AuditLogPageQuery,
  AuditLogVerification,
  AuditLogVerificationQuery,
} from '../audit-log-views.ts';
import { type Route, RulePackParams } from '../route.ts';
import { RulesImpact, RulesImpactRequest } from '../rules-impact.ts';
import { DescribedRulePack, RulePackQuery, RulesList } from '../rules-list.ts';
import { SystemStatus } from '../system.ts';

export const OVERVIEW_ROUTES = {
  listAuditLogEntries: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/audit-log/entries',
    tag: 'Audit',
    summary: 'List audit log entries',
    description:
      'The entries of the log, newest first, by action, person or thing. An entry is in the log ' +
      'within about a second.',
    permission: 'view_audit_log',
    query: AuditLogPageQuery,
    success: { status: 200, schema: AuditLogPage },
    errors: ['unknown_parameter', 'unknown_filter'],
  },
  verifyAuditLog: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/audit-log/verification',
    tag: 'Audit',
    summary: 'Verify audit log',
    description:
      'Makes the hashes of a stretch of the log anew and compares them with those that are kept. It ' +
      'trusts the server; an export is proved without it.',
    permission: 'view_audit_log',
    query: AuditLogVerificationQuery,
    success: { status: 200, schema: AuditLogVerification },
    errors: ['unknown_parameter'],
  },
  listRules: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/rules',
    tag: 'Vetting',
    summary: 'List rules',
    description: 'The rule packs and policies that validations are made by.',
    permission: 'view_requirements',
    success: { status: 200, schema: RulesList },
    errors: [],
  },
  getRulePack: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/rules/{pack_id}',
    tag: 'Vetting',
    summary: 'Rule pack info',
    description: 'A rule pack with its checks, as policies make them.',
    permission: 'view_requirements',
    params: RulePackParams,
    query: RulePackQuery,
    success: { status: 200, schema: DescribedRulePack },
    errors: ['not_found|rule_pack', 'unknown_parameter'],
  },
  compareRules: {
    base_path: '/vetting/v1',
    method: 'POST',
    path: '/rules/impact',
    tag: 'Vetting',
    summary: 'Impact of other rules',
    description:
      'Which validations of the account that serve now would end sooner by other rules, or end sooner ' +
      'by a change of the rules in force. Changes nothing.',
    permission: 'compare_rules',
    body: RulesImpactRequest,
    success: { status: 200, schema: RulesImpact },
    errors: [],
  },
  getSystemStatus: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/system',
    tag: 'Accounts',
    summary: 'System status',
    description:
      'Versions, database, and what waits to be done, for administrators of an account that is below ' +
      'no other.',
    permission: 'view_system',
    success: { status: 200, schema: SystemStatus },
    errors: [],
  },
} as const satisfies Record<string, Route>;
