/** Reads an operator's files of rules from the disk. What is in them is for others to judge. */
import { readFile } from 'node:fs/promises';
import {
  combineRuleFiles,
  parseRuleFiles,
  type RuleFile,
  type RulesInForce,
  type RuleText,
} from '../operations/rule-files.ts';

/** @throws RulesRefused with every fault of every file */
export async function readRuleFiles(paths: readonly string[]): Promise<RuleFile[]> {
  return await parseRuleFiles(await Promise.all(paths.map(readText)));
}

/** The rules that are in force with some files. @throws RulesRefused */
export async function readRulebook(paths: readonly string[]): Promise<RulesInForce> {
  return combineRuleFiles(await readRuleFiles(paths));
}

async function readText(file: string): Promise<RuleText> {
  try {
    return { file, text: await readFile(file, 'utf8') };
  } catch (error) {
    return { file, failure: (error as Error).message };
  }
}
