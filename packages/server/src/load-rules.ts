/** The rules that this process works by: what Orgvet comes with, and what its operator gives in files. */
import { type Rulebook, RulesRefused } from './domain/rules/rulebook.ts';
import { createShippedRulebook } from './domain/rules/shipped.ts';
import { readRulebook } from './files/rule-files.ts';
import { SettingsError } from './settings-error.ts';

/**
 * The rules that are in force with what an operator gives in files.
 *
 * @throws SettingsError for files that cannot be read, or rules that cannot be
 */
export async function loadRules(rule_files: readonly string[]): Promise<Rulebook> {
  if (rule_files.length === 0) {
    return createShippedRulebook();
  }
  try {
    return await readRulebook(rule_files);
  } catch (error) {
    throw error instanceof RulesRefused ? new SettingsError(error.message) : error;
  }
}
