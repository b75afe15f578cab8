/**
 * What whoever calls the server needs before it works: how it is set up, which version it is, and by which
 * errors it says no. Every command loads it, so that it loads no library but the check of an email address,
 * and of the contract nothing.
 */
export { renderCsvLine } from './domain/csv.ts';
export { RequestRefused } from './domain/problems.ts';
export {
  findFileFormat,
  type ImportSettings,
  parseImportSettings,
} from './import-settings.ts';
export type { DatabaseLocation } from './settings.ts';
export {
  describeLocation,
  parseCopySettings,
  parseServeSettings,
  SERVE_OPTIONS,
  SettingsError,
} from './settings.ts';
export { StoreUnavailable } from './store/database.ts';
export { VERSION } from './version.ts';
