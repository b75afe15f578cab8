/** Working on validations over HTTP, as specialists do: for the tests that are about what comes of it. */
import assert from 'node:assert/strict';
import type {
  Decision,
  EvidenceKind,
  Requirement,
  RequirementList,
  TypeRequirements,
  Validation,
  ValidationList,
  ValidationTypeName,
} from '@orgvet/contract';
import { type Answer, organizationBody, type TestServer } from './harness.ts';

/** Who works on what. */
export interface Work {
  readonly server: TestServer;
  readonly organization_id: number;
  /** The key of the specialist. */
  readonly key: string;
}

/** A person for `verified_users`. */
const APPROVER = {
  first_name: 'Karin',
  last_name: 'Holm',
  job_title: 'Chief Information Officer',
  telephone: '+45 44 44 88 88',
  email: 'karin.holm@example.com',
};

let serial = 0;

/** Creates an organization that is submitted for some types. @returns its id */
export async function createSubmitted(
  server: TestServer,
  types: readonly ValidationTypeName[],
  details: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const validations = types.map((type) => ({ type, verified_users: [APPROVER] }));
  serial += 1;
  const body = organizationBody({ name: `Submitted ${serial}`, ...details, validations });
  const answer = await server.send('POST', '/organization', { body });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<{ id: number }>().id;
}

export async function submit(
  server: TestServer,
  organization_id: number,
  types: readonly ValidationTypeName[],
): Promise<void> {
  const body = { validations: types.map((type) => ({ type, verified_users: [APPROVER] })) };
  const answer = await server.send('POST', `/organization/${organization_id}/validation`, { body });
  assert.equal(answer.status, 204, answer.text);
}

/** A type of an organization as the wire shows it; undefined where it shows none. */
export async function findShown(
  server: TestServer,
  organization_id: number,
  type: ValidationTypeName,
): Promise<Validation | undefined> {
  const answer = await server.send('GET', `/organization/${organization_id}/validation`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<ValidationList>().validations.find((one) => one.type === type);
}

/** How a type of an organization stands for those who work on it. */
export async function getRequirements(
  { server, organization_id, key }: Work,
  type: ValidationTypeName,
): Promise<TypeRequirements> {
  const path = `/vetting/v1/organization/${organization_id}/requirements?type=${type}`;
  const answer = await server.send('GET', path, { key });
  assert.equal(answer.status, 200, answer.text);
  const [found] = answer.json<RequirementList>().types;
  assert.ok(found);
  return found;
}

export async function getRequirement(
  work: Work,
  type: ValidationTypeName,
  check_id: string,
): Promise<Requirement> {
  const { checks } = await getRequirements(work, type);
  const found = checks.find((one) => one.check_id === check_id);
  assert.ok(found, `${type} has no check ${check_id}`);
  return found;
}

/** Records evidence of a kind, obtained just now unless told otherwise. @returns its id */
export async function record(
  { server, organization_id, key }: Work,
  kind: EvidenceKind,
  more: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const obtained_at = new Date(server.clock.now_ms()).toISOString();
  const body = { kind, reference: `Seen for ${organization_id}`, obtained_at, ...more };
  const path = `/vetting/v1/organization/${organization_id}/evidence`;
  const answer = await server.send('POST', path, { key, body });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<{ id: number }>().id;
}

/** Sends a decision about a check, whatever becomes of it. */
export async function sendDecision(
  { server, organization_id, key }: Work,
  type: ValidationTypeName,
  check_id: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const path = `/vetting/v1/organization/${organization_id}/validation/${type}/check/${check_id}`;
  return await server.send('POST', `${path}/decision`, { key, body });
}

export async function sendReview(
  { server, organization_id, key }: Work,
  type: ValidationTypeName,
  check_id: string,
  body: Readonly<Record<string, unknown>> = { outcome: 'agreed', reason: 'As the evidence shows.' },
): Promise<Answer> {
  const path = `/vetting/v1/organization/${organization_id}/validation/${type}/check/${check_id}`;
  return await server.send('POST', `${path}/review`, { key, body });
}

/** Decides a check as met by new evidence of the first kinds that do. */
export async function meet(
  work: Work,
  type: ValidationTypeName,
  { check_id, next }: Pick<Requirement, 'check_id' | 'next'>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Decision> {
  const evidence_ids: number[] = [];
  for (const kind of next?.accepts[0] ?? []) {
    evidence_ids.push(await record(work, kind, more));
  }
  const body = { outcome: 'met', reason: 'It is so.', evidence_ids };
  const answer = await sendDecision(work, type, check_id, body);
  assert.equal(answer.status, 201, `${type} ${check_id}: ${answer.text}`);
  return answer.json<Decision>();
}

/**
 * Works through all that a type still needs, check by check, with a second person for the reviews.
 *
 * @param reviewer_key of somebody who collects nothing
 */
export async function workThrough(
  work: Work,
  type: ValidationTypeName,
  reviewer_key: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const review = { ...work, key: reviewer_key };
  // What is about all the others is missing until they are met: so often at most.
  for (let round = 0; round < 5; round += 1) {
    const { work: state, checks } = await getRequirements(work, type);
    if (state !== 'open') {
      return;
    }
    const isLast = checks.filter((check) => check.next !== undefined).every(isFinal);
    for (const check of checks.filter((one) => one.next !== undefined)) {
      if (check.status === 'in_review') {
        const answer = await sendReview(review, type, check.check_id);
        assert.equal(answer.status, 201, answer.text);
      } else if (isLast || !isFinal(check)) {
        await meet(work, type, check, more);
      }
    }
  }
  assert.fail(`${type} is not complete: ${JSON.stringify(await getRequirements(work, type))}`);
}

function isFinal({ check_id }: Requirement): boolean {
  return check_id === 'cross_correlation' || check_id === 'due_diligence';
}
