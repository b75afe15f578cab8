/**
 * Links that sign in once. The token stands behind `#`, which no browser sends anywhere by itself: no log
 * and no other site sees it. Only its hash is kept.
 */
import { hashSecret, isSecretOf, makeSecret, SECRET_SIZE_BYTES } from '../domain/api-key.ts';
import {
  formatSignInToken,
  type LinkPurpose,
  linkEndOf,
  parseSignInToken,
} from '../domain/session.ts';
import { formatTime } from '../domain/time.ts';
import type { Transaction } from '../store/database.ts';
import {
  deleteSignInLinks,
  findSignInLink,
  insertSignInLink,
  type StoredSignInLink,
  useSignInLinkOnce,
} from '../store/sign-in-links.ts';
import { lockUser, type StoredUser } from '../store/users.ts';
import { getMasterUser, getStoredAccount } from './account-info.ts';
import { operatorContext } from './accounts.ts';
import { type Context, clockOf, type Environment, recordEvent, serverTimeOf } from './context.ts';
import { NO_HASH } from './keys.ts';
import { refuseIfAppointed } from './user-parts.ts';

/**
 * Makes a link for a user, as the registry's operator. Earlier ones for the same purpose work no longer.
 *
 * @returns undefined for who cannot sign in: no such user, one who is not active, or a service user
 */
export async function makeSignInLink(
  environment: Environment,
  account_id: number,
  user_id: number,
  purpose: LinkPurpose,
): Promise<string | undefined> {
  const account = await getStoredAccount(environment.store.reader, account_id);
  const { mode, clock_offset_ms } = account;
  const operator = operatorContext(environment, account_id);
  const context: Context = {
    ...operator,
    clock: clockOf(environment.clock, account),
    principal: { ...operator.principal, mode, clock_offset_ms },
  };
  const made = await environment.store.transaction((tx) =>
    insertRecordedLink(tx, context, user_id, purpose),
  );
  return made?.link;
}

/** As `makeSignInLink`, for the first administrator of an account, or who has come in that place. */
export async function makeAdministratorLink(
  environment: Environment,
  account_id: number,
  purpose: LinkPurpose,
): Promise<string | undefined> {
  const { reader } = environment.store;
  const { id } = await getMasterUser(reader, await getStoredAccount(reader, account_id));
  return await makeSignInLink(environment, account_id, id, purpose);
}

/** A link that was made; it is kept nowhere. */
interface MadeLink {
  readonly link: string;
  /** As on the wire. */
  readonly expires_at: string;
}

/** As `makeSignInLink`, on somebody's request. @throws RequestRefused where that is the operator's alone */
export async function insertRecordedLink(
  tx: Transaction,
  context: Context,
  user_id: number,
  purpose: LinkPurpose,
): Promise<MadeLink | undefined> {
  const { account_id } = context.principal;
  const user = await lockUser(tx, account_id, user_id);
  if (user === undefined || findReasonAgainst(user, purpose) !== undefined) {
    return undefined;
  }
  refuseIfAppointed(context.principal, user);
  const now_ms = serverTimeOf(context);
  const secret = makeSecret(context.random(SECRET_SIZE_BYTES));
  const expires_at = formatTime(linkEndOf(purpose, now_ms));
  await deleteSignInLinks(tx, account_id, user_id, purpose);
  const id = await insertSignInLink(tx, {
    account_id,
    user_id,
    token_hash: hashSecret(secret),
    purpose,
    created_at: formatTime(now_ms),
    expires_at,
  });
  await recordEvent(tx, context, {
    action: purpose === 'enrolment' ? 'user_invited' : 'sign_in_link_made',
    object_type: 'user',
    object_id: user_id,
    after: { purpose },
  });
  const token = formatSignInToken('link', { account_id, id, secret });
  return { link: `${context.face.findOrigin()}/sign-in#${token}`, expires_at };
}

/** Why a user gets no link, as the end of a sentence; undefined where nothing is against it. */
export function findReasonAgainst(
  { status, is_api_only, is_saml_sso_only }: StoredUser,
  purpose: LinkPurpose,
): string | undefined {
  if (status !== 'active') {
    return 'the user is not active';
  }
  if (is_api_only === 1) {
    return 'the user is a service user';
  }
  return purpose === 'enrolment' && is_saml_sso_only === 1
    ? 'the user signs in through a provider only'
    : undefined;
}

/** The link of a token, if it can be used. Whether it still can be is told by `useLink`. */
export async function findUsableLink(
  { store, clock }: Pick<Environment, 'store' | 'clock'>,
  text: string,
): Promise<StoredSignInLink | undefined> {
  const token = parseSignInToken('link', text);
  if (token === undefined) {
    return undefined;
  }
  const link = await findSignInLink(store.reader, token.account_id, token.id);
  const isRight = isSecretOf(token.secret, link?.token_hash ?? NO_HASH);
  const isUsable = link?.used_at === '' && formatTime(clock.now_ms()) < link.expires_at;
  return isRight && isUsable ? link : undefined;
}

/** Uses a link up, with its user locked. @returns whether nobody has used it before */
export async function useLink(
  tx: Transaction,
  { clock }: Pick<Environment, 'clock'>,
  { account_id, user_id, id }: StoredSignInLink,
): Promise<boolean> {
  // In the order in which users are deleted with their links, so that nobody waits in a circle.
  await lockUser(tx, account_id, user_id);
  return await useSignInLinkOnce(tx, account_id, id, formatTime(clock.now_ms()));
}
