/**
 * What is known of an organization that is validated, made up for the tests of what follows from it: a
 * small rulebook of two types, and decisions with evidence.
 */
import assert from 'node:assert/strict';
import {
  type CheckStanding,
  type KnownDecision,
  type KnownEvidence,
  planRequirements,
  type RequirementBasis,
} from '../src/domain/requirements.ts';
import { createRulebook } from '../src/domain/rules/rulebook.ts';
import { formatTime } from '../src/domain/time.ts';
import { makeCheck, makePack, makeType } from './rules.ts';

export const NOW = '2026-11-21T12:00:00+00:00';
/** When the validation was asked for. */
export const REQUESTED = '2026-11-01T00:00:00+00:00';

const DAY_MS = 86_400_000;

/** So many days after now; before it where they are below 0. */
export function inDays(days: number): string {
  return formatTime(Date.parse(NOW) + days * DAY_MS);
}

const { evidence: _evidence, reuse: _reuse, ...bare } = makeCheck({ touched_by: [] });

/** The checks by what is special about them, in an order that is neither alphabetical nor by age. */
const CHECKS = {
  identity: makeCheck(),
  address: makeCheck({
    id: 'address',
    evidence: { any_of: [{ all_of: ['qgis', 'utility_bill'] }], never: ['own_database'] },
    reuse: [{ days: 400, section: 'T 9' }],
    touched_by: ['address', 'city'],
  }),
  assumed_name: makeCheck({
    id: 'assumed_name',
    applies_when: [{ fact: 'has_assumed_name', is: [true] }],
    touched_by: ['assumed_name'],
    next_actor: 'applicant',
  }),
  person: makeCheck({
    id: 'person',
    applies_when: [{ fact: 'entity_class', is: ['business_entity'] }],
    evidence: { any_of: [{ all_of: ['photo_id'] }], never: [] },
    touched_by: ['entity_class'],
    next_actor: 'applicant',
  }),
  /** Stands on no evidence, and does not age. */
  careful: { ...bare, id: 'careful' },
} as const;

export const RULEBOOK = createRulebook([
  makePack({
    types: [
      makeType({ checks: Object.values(CHECKS) }),
      makeType({
        type: 'ev',
        checks: [
          { ...bare, id: 'whole', is_final: true, second_person: true, touched_by: ['name'] },
          makeCheck({
            evidence: { any_of: [{ all_of: ['qgis'] }], never: [] },
            reuse: [{ days: 398, section: 'T 9' }],
            second_person: true,
          }),
          CHECKS.careful,
          makeCheck({ id: 'approver', next_actor: 'verified_contact', contract_sets_term: true }),
        ],
      }),
      makeType({
        type: 'ev_cs',
        checks: [
          makeCheck({ id: 'code' }),
          { ...bare, id: 'whole', is_final: true, touched_by: ['name'] },
        ],
      }),
    ],
  }),
]);

export const FACTS = {
  name: 'A/S',
  address: 'Vej 1',
  city: 'By',
  country: 'DK',
  entity_class: 'private_organization',
} as const;

let evidences = 0;

export function makeEvidence(changes: Partial<KnownEvidence> = {}): KnownEvidence {
  evidences += 1;
  return { id: evidences, kind: 'qgis', obtained_at: NOW, withdrawn_at: '', ...changes };
}

let decisions = 0;

/** A decision that `identity` is met, by somebody who is qualified for all; newer than those made before. */
export function makeDecision(changes: Partial<KnownDecision> = {}): KnownDecision {
  decisions += 1;
  return {
    id: decisions,
    validation_type: 'ov',
    check_id: 'identity',
    outcome: 'met',
    facts: FACTS,
    serves_types: ['ov', 'ev', 'ev_cs'],
    contract_until: '',
    decided_by_user_id: 1,
    decided_at: NOW,
    review_outcome: '',
    reviewed_at: '',
    evidence: [makeEvidence()],
    ...changes,
  };
}

/** Decisions that leave nothing of `ov` to do. */
export function decideAllOfOv(changes: Partial<KnownDecision> = {}): KnownDecision[] {
  const address = [makeEvidence(), makeEvidence({ kind: 'utility_bill' })];
  return [
    makeDecision(changes),
    makeDecision({ check_id: 'address', evidence: address, ...changes }),
    makeDecision({ check_id: 'careful', evidence: [], ...changes }),
  ];
}

export function makeBasis(changes: Partial<RequirementBasis> = {}): RequirementBasis {
  return {
    rulebook: RULEBOOK,
    type: 'ov',
    facts: FACTS,
    decisions: [],
    evidence: [],
    now_ms: Date.parse(NOW),
    requested_at: REQUESTED,
    ...changes,
  };
}

/** How one check stands. */
export function standingOf(basis: RequirementBasis, check_id: string): CheckStanding {
  const standing = planRequirements(basis).find(({ check }) => check.id === check_id);
  assert.ok(standing, `There is no check ${check_id}.`);
  return standing;
}

/** The status of every check, by its id. */
export function statusesOf(basis: RequirementBasis): Record<string, string> {
  return Object.fromEntries(planRequirements(basis).map(({ check, status }) => [check.id, status]));
}
