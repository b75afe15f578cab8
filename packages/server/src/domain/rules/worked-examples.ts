/**
 * Runs the examples that a rule pack gives of itself through the interpreter, so that a pack says at once
 * where it does not mean what its author thought. It looks at the pack alone: no policy is applied.
 */
import {
  type RuleFileFault,
  type RulePack,
  renderPath,
  type WorkedExample,
} from '@orgvet/contract';
import { type ConditionAnswers, holds } from '../facts.ts';
import { isEnough } from './evidence-check.ts';
import { createRulebook, findEndOfUse, type Rulebook } from './rulebook.ts';

/** The examples whose answers are not the pack's, with what they are. */
export function listFailedExamples(pack: RulePack): RuleFileFault[] {
  const rulebook = createRulebook([pack]);
  return pack.worked_examples.flatMap((example, index) => {
    const rules = pack.types.find(({ type }) => type === example.type);
    const check = rules?.checks.find(({ id }) => id === example.check);
    if (check === undefined) {
      return [];
    }
    const answers = {
      usable_until: findUsableUntil(rulebook, example),
      is_enough:
        example.evidence && isEnough(check, example.evidence, answersOf(example.facts ?? {})),
      applies: example.facts && holds(check.applies_when, answersOf(example.facts)) !== false,
    };
    return (['usable_until', 'is_enough', 'applies'] as const)
      .filter((member) => example[member] !== undefined && example[member] !== answers[member])
      .map((member) => ({
        path: renderPath(['worked_examples', index, member]),
        message: `says ${example[member]}, and the pack ${answers[member]}: ${example.title}.`,
        section: check.section,
      }));
  });
}

function findUsableUntil(
  rulebook: Rulebook,
  { type, check, obtained_on }: WorkedExample,
): string | undefined {
  if (obtained_on === undefined) {
    return undefined;
  }
  const end_ms = findEndOfUse(rulebook, type, check, { since_ms: Date.parse(obtained_on) });
  return end_ms === undefined ? 'never' : new Date(end_ms).toISOString().slice(0, 10);
}

/** Facts of an example are the answers to the questions of conditions themselves. */
function answersOf(facts: NonNullable<WorkedExample['facts']>): ConditionAnswers {
  return facts as ConditionAnswers;
}
