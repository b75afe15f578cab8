/** What a request compares the rules in force with: rules that it gives, or the rules without a change. Pure. */
import { fieldProblem, type Problem, RulesImpactRequest, readBody } from '@orgvet/contract';
import { FORMATS } from './formats.ts';

/** Reads the body of "Impact of other rules": every problem, or the request, with one of its members. */
export function checkRulesImpactRequest(body: unknown): {
  problems: Problem[];
  request: RulesImpactRequest;
} {
  const { problems, value } = readBody(RulesImpactRequest, body, FORMATS);
  const { rules, change } = value;
  if (rules !== undefined && change !== undefined) {
    problems.push(fieldProblem('invalid', 'change', 'must not stand beside rules.'));
  }
  const isEmpty = rules === undefined && change === undefined;
  if (isEmpty && problems.length === 0) {
    problems.push(fieldProblem('missing', 'rules', 'is required unless change is given.'));
  }
  return { problems, request: value };
}
