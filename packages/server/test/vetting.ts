/** People who validate, made over HTTP: for the tests that are about their work. */
import assert from 'node:assert/strict';
import { VALIDATION_TYPE_NAMES, type ValidationTypeName, type VettingRole } from '@orgvet/contract';
import { formatTime } from '../src/domain/time.ts';
import { insertDecision, insertDecisionEvidence, saveReview } from '../src/store/decisions.ts';
import { findEvidence } from '../src/store/evidence.ts';
import { listValidations, saveValidation } from '../src/store/validations.ts';
import type { TestServer } from './harness.ts';
import { createKey, createUser } from './people.ts';

/** Somebody who validates, and a key of theirs. */
export interface Appointed {
  readonly user_id: number;
  readonly key: string;
}

/** For what somebody is appointed in a test account, until when, and by whom. */
interface Qualification {
  /** All types where they are left out. */
  readonly types?: readonly ValidationTypeName[];
  readonly until?: string;
  /** The key of the account's administrator. */
  readonly by?: string;
  /** What their key is restricted to. */
  readonly restricted_to_role_id?: number;
  /** What the user is beside. */
  readonly user?: Readonly<Record<string, unknown>>;
}

/** An appointment as requests have it. */
export interface Appointment {
  readonly role: VettingRole;
  readonly validation_type?: ValidationTypeName;
  readonly qualified_until: string;
}

const FAR = '2099-12-31T00:00:00+00:00';

/** The appointments that qualify somebody. */
export function appointmentsOf(
  role: VettingRole,
  { types = VALIDATION_TYPE_NAMES, until = FAR }: Qualification = {},
): Appointment[] {
  const qualified_until = until;
  return role === 'auditor'
    ? [{ role, qualified_until }]
    : types.map((validation_type) => ({ role, validation_type, qualified_until }));
}

/** Says all that a user is appointed for from now on. */
export async function appoint(
  server: TestServer,
  user_id: number,
  appointments: readonly Appointment[],
  key: string = server.administrator,
): Promise<void> {
  const body = { appointments };
  const answer = await server.send('PUT', `/control/v1/appointment/${user_id}`, { key, body });
  assert.equal(answer.status, 204, answer.text);
}

export async function appointSpecialist(
  server: TestServer,
  qualification?: Qualification,
): Promise<Appointed> {
  return await appointNew(server, 'specialist', qualification);
}

export async function appointReviewer(
  server: TestServer,
  qualification?: Qualification,
): Promise<Appointed> {
  return await appointNew(server, 'reviewer', qualification);
}

export async function appointAuditor(
  server: TestServer,
  qualification?: Qualification,
): Promise<Appointed> {
  return await appointNew(server, 'auditor', qualification);
}

/** A standard user, who sees no organizations but for the appointment. */
const STANDARD_USER = { access_roles: [{ id: 5 }] };

async function appointNew(
  server: TestServer,
  role: VettingRole,
  qualification: Qualification = {},
): Promise<Appointed> {
  const { by = server.administrator, restricted_to_role_id = 0, user } = qualification;
  const user_id = await createUser(server, { ...STANDARD_USER, ...user }, by);
  await appoint(server, user_id, appointmentsOf(role, qualification), by);
  const { api_key } = await createKey(server, user_id, restricted_to_role_id, by);
  return { user_id, key: api_key };
}

/** A decision as tests put it into the database, past all rules. */
interface PlacedDecision {
  readonly organization_id: number;
  /** None where it is left out. */
  readonly evidence_id?: number;
  readonly validation_type?: ValidationTypeName;
  readonly check_id?: string;
  readonly review?: 'agreed' | 'disagreed';
}

/** Puts a decision into the database, for the tests that are only about what hangs on it. @returns its id */
export async function insertDecisionOn(
  { app }: TestServer,
  {
    organization_id,
    evidence_id,
    validation_type = 'ov',
    check_id = 'identity',
    review,
  }: PlacedDecision,
  account_id = 1,
): Promise<number> {
  const decided_at = formatTime(app.environment.clock.now_ms());
  return await app.environment.store.transaction(async (tx) => {
    const id = await insertDecision(tx, {
      ...{ account_id, organization_id, validation_type, check_id, decided_at },
      ...{ rules: 'none', outcome: 'met', reason: 'Placed by a test.', facts: '{}' },
      ...{ serves_types: JSON.stringify([validation_type]), contract_until: '' },
      decided_by_user_id: 0,
    });
    if (evidence_id !== undefined) {
      const evidence = await findEvidence(tx, account_id, organization_id, evidence_id);
      assert.ok(evidence);
      const { collected_by_user_id } = evidence;
      await insertDecisionEvidence(tx, {
        ...{ account_id, decision_id: id, evidence_id, collected_by_user_id },
      });
    }
    if (review !== undefined) {
      await saveReview(tx, {
        ...{ account_id, id, review_outcome: review, review_reason: 'Placed by a test.' },
        ...{ reviewed_by_user_id: 999_999_999, reviewed_at: decided_at },
      });
    }
    return id;
  });
}

/** Puts into the database that a validation was completed by a decision. */
export async function setReliedOn(
  { app }: TestServer,
  organization_id: number,
  type: ValidationTypeName,
  decision_id: number,
  account_id = 1,
): Promise<void> {
  const { store, clock } = app.environment;
  const time = formatTime(clock.now_ms());
  await store.transaction(async (tx) => {
    const validations = await listValidations(tx, account_id, [organization_id]);
    const validation = validations.find((one) => one.type === type);
    assert.ok(validation);
    const relied_on = JSON.stringify([{ check_id: 'identity', since: time, decision_id }]);
    await saveValidation(tx, { ...validation, is_open: 0, date_created: time, relied_on });
  });
}
