/**
 * The rule packs and policies that Orgvet comes with: the files in `rules/`, built in. A test holds each of
 * them against the published schema, so nothing is read or checked when a server starts.
 */
import type { RulePack, RulePolicy } from '@orgvet/contract';
import codeSigningBr from '../../../rules/code-signing-br-3.10.0.json' with { type: 'json' };
import dsPolicy from '../../../rules/ds-policy-1.json' with { type: 'json' };
import evGuidelines from '../../../rules/ev-guidelines-2.0.2.json' with { type: 'json' };
import certcentral from '../../../rules/policies/certcentral-1.json' with { type: 'json' };
import smimeBr from '../../../rules/smime-br-1.0.10.json' with { type: 'json' };
import tlsBr from '../../../rules/tls-br-2.2.6.json' with { type: 'json' };
import { createRulebook, type Rulebook } from './rulebook.ts';

export const SHIPPED_PACKS: readonly RulePack[] = [
  tlsBr as RulePack,
  evGuidelines as RulePack,
  codeSigningBr as RulePack,
  smimeBr as RulePack,
  dsPolicy as RulePack,
];

/** In force where the operator gives none. */
export const SHIPPED_POLICIES: readonly RulePolicy[] = [certcentral as RulePolicy];

/** The rules that a server goes by whose operator gives none. */
export function createShippedRulebook(): Rulebook {
  return createRulebook(SHIPPED_PACKS, SHIPPED_POLICIES);
}
