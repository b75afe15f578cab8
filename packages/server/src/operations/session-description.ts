/** How far a session has come, of whom it is, and what they may do: what pages are shown by. */
import { type CurrentSession, PERMISSIONS } from '@orgvet/contract';
import { listRolesAt } from '../domain/appointments.ts';
import { isAddressAllowed } from '../domain/ip-address.ts';
import { parseNotes } from '../domain/session-notes.ts';
import { findTotp, listPasskeys } from '../store/second-factors.ts';
import { findPassword } from '../store/user-passwords.ts';
import { findUser } from '../store/users.ts';
import { isAllowed } from './access.ts';
import { getStoredAccount } from './account-info.ts';
import { clockOf, type OpenContext, type Principal, timeOf } from './context.ts';
import { SessionAnswer, type StartedSession } from './session-answer.ts';
import { findSession, readPrincipalOf, type Session } from './sessions.ts';

/** Who is signed in by the cookie of the request; whatever is wrong with it, nobody. */
export async function getSession(context: OpenContext): Promise<CurrentSession> {
  const session = await findSession(context, context.session_token);
  return (
    (session && (await describeSession(context, session))) ?? {
      stage: 'signed_out',
      server_version: context.version,
      ...describeProvider(context),
    }
  );
}

/** The answer that begins a session in the browser that asked. */
export async function answerWith(
  context: OpenContext,
  started: StartedSession,
): Promise<SessionAnswer> {
  const { token: session_token } = started;
  return new SessionAnswer(await getSession({ ...context, session_token }), started);
}

/**
 * @param context by the server's clock
 * @returns undefined where the user may not ask from the address, or has gone
 */
export async function describeSession(
  context: OpenContext,
  session: Session,
): Promise<CurrentSession | undefined> {
  const { reader } = context.store;
  const { account_id, user_id, stage } = session;
  const principal = await readPrincipalOf(context, session);
  const user = await findUser(reader, account_id, user_id);
  if (user === undefined || !isAddressAllowed(principal.ip_rules, context.ip_address)) {
    return undefined;
  }
  const { name, mode } = await getStoredAccount(reader, account_id);
  const { id, username, first_name, last_name, email } = user;
  return {
    stage,
    user: { id, username, first_name, last_name, email },
    account: { id: account_id, name, mode },
    ...(await describeStage(context, session, principal)),
    now: timeOf({ clock: clockOf(context.clock, principal) }),
    server_version: context.version,
    ...describeProvider(context),
  };
}

function describeProvider({ openid }: OpenContext): Pick<CurrentSession, 'openid'> {
  return openid === undefined ? {} : { openid: { name: openid.name } };
}

/** What pages need to know at one stage, and at no other. */
async function describeStage(
  context: OpenContext,
  session: Session,
  principal: Principal,
): Promise<Partial<CurrentSession>> {
  switch (session.stage) {
    case 'full':
      return describeRights(context, principal);
    case 'second_factor':
      return { second_factors: await listSecondFactors(context, session) };
    case 'enrolment':
      return { enrolment_needs: await listEnrolmentNeeds(context, session) };
  }
}

function describeRights({ clock }: OpenContext, principal: Principal): Partial<CurrentSession> {
  const accountClock = clockOf(clock, principal);
  return {
    access_role_id: principal.access_role_id,
    permissions: PERMISSIONS.filter((one) => isAllowed(principal, one, accountClock)),
    vetting_roles: listRolesAt(principal.appointments, timeOf({ clock: accountClock })),
  };
}

type SecondFactors = NonNullable<CurrentSession['second_factors']>;
type EnrolmentNeeds = NonNullable<CurrentSession['enrolment_needs']>;

async function listSecondFactors(
  { store: { reader } }: OpenContext,
  { account_id, user_id }: Session,
): Promise<SecondFactors> {
  const passkeys = await listPasskeys(reader, account_id, user_id);
  const totp = await findTotp(reader, account_id, user_id);
  const factors: SecondFactors = [];
  if (passkeys.length > 0) {
    factors.push('passkey');
  }
  if (totp !== undefined) {
    factors.push('totp');
  }
  return factors;
}

async function listEnrolmentNeeds(context: OpenContext, session: Session): Promise<EnrolmentNeeds> {
  if (isBeginningAnew(session)) {
    return ['password', 'second_factor'];
  }
  const { account_id, user_id } = session;
  const needs: EnrolmentNeeds = [];
  if ((await findPassword(context.store.reader, account_id, user_id)) === undefined) {
    needs.push('password');
  }
  if ((await listSecondFactors(context, session)).length === 0) {
    needs.push('second_factor');
  }
  return needs;
}

/** Whether somebody enrols by a link and has not chosen a password yet: what there was counts no more. */
export function isBeginningAnew({ stage, method, notes }: Session): boolean {
  return isEnrollingByLink({ stage, method }) && parseNotes(notes).has_new_password !== true;
}

export function isEnrollingByLink({ stage, method }: Pick<Session, 'stage' | 'method'>): boolean {
  return stage === 'enrolment' && method === 'link';
}
