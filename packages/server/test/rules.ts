/** Rule packs, checks and policies for tests: the smallest that there can be, with what a test changes. */
import type { RuleCheck, RulePack, RulePolicy, TypeRules } from '@orgvet/contract';

export function makeCheck(changes: Partial<RuleCheck> = {}): RuleCheck {
  return {
    id: 'identity',
    title: 'Identity',
    section: 'T 1',
    statement: 'The organization exists.',
    evidence: { any_of: [{ all_of: ['qgis'] }, { all_of: ['site_visit'] }], never: ['other'] },
    reuse: [{ days: 800, section: 'T 9' }],
    second_person: false,
    touched_by: ['name'],
    next_actor: 'specialist',
    applicant: 'Nothing.',
    ...changes,
  };
}

export function makeType(changes: Partial<TypeRules> = {}): TypeRules {
  return {
    type: 'ov',
    sample_percent: 3,
    sample_section: 'T 8',
    checks: [makeCheck()],
    ...changes,
  };
}

export function makePack(changes: Partial<RulePack> = {}): RulePack {
  return {
    id: 'test-text',
    version: '1',
    title: 'Text of a test',
    authority: 'ca_browser_forum',
    published_on: '2020-01-01',
    in_force_from: '2020-01-01',
    notes: [],
    types: [makeType()],
    worked_examples: [],
    ...changes,
  };
}

export function makePolicy(changes: Partial<RulePolicy> = {}): RulePolicy {
  return {
    id: 'test-policy',
    version: '1',
    title: 'Policy of a test',
    caps: [],
    extra_checks: [],
    second_person: [],
    refused_evidence: [],
    ...changes,
  };
}

/** A pack of one type with one check that differs from the usual one. */
export function makePackOf(check: Partial<RuleCheck>, changes: Partial<RulePack> = {}): RulePack {
  return makePack({ types: [makeType({ checks: [makeCheck(check)] })], ...changes });
}
