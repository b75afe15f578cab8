/**
 * Files of rules as an operator writes them: tells packs and policies apart, finds everything that is wrong
 * with one, and puts them together with what is shipped. It reads no file itself.
 */
import { listRuleFileFaults, type RuleFileFault, RulePack, RulePolicy } from '@orgvet/contract';
import { createOperatorRulebook, createProposedRulebook } from '../domain/rules/operator-rules.ts';
import { describeFault, listPackFaults, listPolicyFaults } from '../domain/rules/pack-faults.ts';
import { type OperatorRules, type Rulebook, RulesRefused } from '../domain/rules/rulebook.ts';

/** For those who hand rules on and need not know their parts. */
export type RulesInForce = Rulebook;

/** A file with what stands in it, or with why that could not be read. */
export interface RuleText {
  readonly file: string;
  readonly text?: string;
  readonly failure?: string;
}

/** A file that is right in itself. */
export type RuleFile = { readonly file: string } & (
  | { readonly kind: 'pack'; readonly content: RulePack }
  | { readonly kind: 'policy'; readonly content: RulePolicy }
);

/** @throws RulesRefused with every fault of every file, each with its place and section */
export async function parseRuleFiles(texts: readonly RuleText[]): Promise<RuleFile[]> {
  const read = await Promise.all(texts.map(readOne));
  const problems = read.flatMap(({ problems: ofFile }) => ofFile);
  if (problems.length > 0) {
    throw new RulesRefused(problems);
  }
  return read.flatMap(({ file }) => (file === undefined ? [] : [file]));
}

/**
 * The rules that are in force with some files.
 *
 * @throws RulesRefused also where a pack's own examples come out otherwise, or it asks for less
 */
export function combineRuleFiles(files: readonly RuleFile[]): RulesInForce {
  return createOperatorRulebook(sortFiles(files));
}

/**
 * The rules that would be in force with more files: one takes the place of another of its kind and id.
 *
 * @throws RulesRefused as `combineRuleFiles`
 */
export function proposeRuleFiles(in_force: RulesInForce, files: readonly RuleFile[]): RulesInForce {
  return createProposedRulebook(in_force, sortFiles(files));
}

function sortFiles(files: readonly RuleFile[]): OperatorRules {
  return {
    packs: files.filter((file) => file.kind === 'pack'),
    policies: files.filter((file) => file.kind === 'policy'),
  };
}

async function readOne({
  file,
  text = '',
  failure,
}: RuleText): Promise<{ readonly problems: string[]; readonly file?: RuleFile }> {
  if (failure !== undefined) {
    return { problems: [`${file}: This cannot be read: ${failure}.`] };
  }
  const value = parseJson(text);
  if (value === undefined) {
    return { problems: [`${file}: This is no JSON.`] };
  }
  const isPolicy = typeof value === 'object' && value !== null && 'caps' in value;
  const schema = isPolicy ? RulePolicy : RulePack;
  const misfits = await listRuleFileFaults(schema, value);
  if (misfits.length > 0) {
    return { problems: misfits.map((fault) => describeFault(file, fault)) };
  }
  const read: RuleFile = isPolicy
    ? { file, kind: 'policy', content: value as RulePolicy }
    : { file, kind: 'pack', content: value as RulePack };
  const faults = listFaults(read);
  return { problems: faults.map((fault) => describeFault(file, fault)), file: read };
}

function listFaults({ kind, content }: RuleFile): RuleFileFault[] {
  return kind === 'policy' ? listPolicyFaults(content) : listPackFaults(content);
}

/** @returns undefined for a text that is no JSON */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
