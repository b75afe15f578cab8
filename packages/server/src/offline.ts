/**
 * What is done on files alone, without a registry: organizations read to be imported somewhere else, rules
 * looked at and compared, bundles and exports of the audit log proved. It loads no database.
 */
export { AuditLogFault, AuditLogVerifier } from './domain/audit-verification.ts';
export { MANIFEST_NAME } from './domain/bundle.ts';
export { checkBundle } from './domain/bundle-check.ts';
export { createRulebookWithout, listChangeDays } from './domain/rules/change-days.ts';
export { listDifferences, type RuleDifference } from './domain/rules/differences.ts';
export {
  type CheckOverview,
  listCheckOverviews,
  listRulesOverviews,
  type RulesOverview,
} from './domain/rules/overview.ts';
export { type Rulebook, RulesRefused } from './domain/rules/rulebook.ts';
export { SHIPPED_PACKS } from './domain/rules/shipped.ts';
export { readArchive } from './files/archive-file.ts';
export { openOrganizationFile } from './files/organization-file.ts';
export { readRuleFiles } from './files/rule-files.ts';
export { loadRules } from './load-rules.ts';
export { combineRuleFiles, proposeRuleFiles, type RuleFile } from './operations/rule-files.ts';
