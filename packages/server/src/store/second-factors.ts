/** Authenticator apps and passkeys of users: sealed keys, and public ones. Times are the server's. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { PasskeyRow, UserTotpRow } from './schema-sign-in.ts';
import { statement } from './statement.ts';

export type StoredTotp = Selectable<UserTotpRow>;
export type StoredPasskey = Selectable<PasskeyRow>;
export type NewPasskey = Omit<Insertable<PasskeyRow>, 'id' | 'last_used_at'>;

export async function findTotp(
  handle: Handle,
  account_id: number,
  user_id: number,
): Promise<StoredTotp | undefined> {
  return await handle.first(selectTotp, { account_id, user_id });
}

/** Puts an app in the place of the one that the user may have. */
export async function replaceTotp(tx: Transaction, totp: Insertable<UserTotpRow>): Promise<void> {
  await tx.run(deleteTotpOf, totp);
  await tx.run(insertTotp, totp);
}

/** @returns whether the user had one */
export async function deleteTotp(
  tx: Transaction,
  account_id: number,
  user_id: number,
): Promise<boolean> {
  return (await tx.change(deleteTotpOf, { account_id, user_id })) === 1;
}

/** Seals the key of an app anew, where the user has one. */
export async function updateSealedSecret(
  tx: Transaction,
  account_id: number,
  user_id: number,
  sealed_secret: string,
): Promise<void> {
  await tx.run(updateSecret, { account_id, user_id, sealed_secret });
}

/** Notes the step of a code that is taken. @returns whether it comes after the last one */
export async function takeTotpStep(
  tx: Transaction,
  account_id: number,
  user_id: number,
  step: number,
): Promise<boolean> {
  return (await tx.change(takeStep, { account_id, user_id, step })) === 1;
}

/** The passkeys of a user, in the order in which they were added. */
export async function listPasskeys(
  handle: Handle,
  account_id: number,
  user_id: number,
): Promise<StoredPasskey[]> {
  return await handle.all(selectPasskeys, { account_id, user_id });
}

/** @returns the id of the new passkey, or undefined if the account has it already */
export async function insertPasskeyOnce(
  tx: Transaction,
  passkey: NewPasskey,
): Promise<number | undefined> {
  return (await tx.first(insertPasskey, passkey))?.id;
}

/** Notes that a passkey was used. @returns whether its counter stood where it was expected */
export async function updatePasskeyUse(tx: Transaction, use: PasskeyUse): Promise<boolean> {
  return (await tx.change(updateUse, use)) === 1;
}

/** @returns whether the user had it */
export async function deletePasskey(
  tx: Transaction,
  account_id: number,
  user_id: number,
  id: number,
): Promise<boolean> {
  return (await tx.change(deleteOnePasskey, { account_id, user_id, id })) === 1;
}

type OfUser = { account_id: number; user_id: number };

/** The use of a passkey, with its counter before and after. */
type PasskeyUse = OfUser &
  Pick<StoredPasskey, 'id' | 'is_backed_up' | 'last_used_at'> & {
    counter_before: number;
    counter: number;
  };

const selectTotp = statement<OfUser, StoredTotp>((db, args) =>
  db
    .selectFrom('user_totps')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id),
);

const insertTotp = statement<Insertable<UserTotpRow>, unknown>((db, args) =>
  db.insertInto('user_totps').values({
    account_id: args.account_id,
    user_id: args.user_id,
    sealed_secret: args.sealed_secret,
    confirmed_at: args.confirmed_at,
    last_step: args.last_step,
  }),
);

const deleteTotpOf = statement<OfUser, unknown>((db, args) =>
  db
    .deleteFrom('user_totps')
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id),
);

const updateSecret = statement<OfUser & { sealed_secret: string }, unknown>((db, args) =>
  db
    .updateTable('user_totps')
    .set({ sealed_secret: args.sealed_secret })
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id),
);

const takeStep = statement<OfUser & { step: number }, unknown>((db, args) =>
  db
    .updateTable('user_totps')
    .set({ last_step: args.step })
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id)
    .where('last_step', '<', args.step),
);

const selectPasskeys = statement<OfUser, StoredPasskey>((db, args) =>
  db
    .selectFrom('passkeys')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id)
    .orderBy('id'),
);

const insertPasskey = statement<NewPasskey, { id: number }>((db, args) =>
  db
    .insertInto('passkeys')
    .values({
      account_id: args.account_id,
      user_id: args.user_id,
      credential_id: args.credential_id,
      public_key: args.public_key,
      counter: args.counter,
      transports: args.transports,
      name: args.name,
      created_at: args.created_at,
      last_used_at: sql`''`,
      is_backed_up: args.is_backed_up,
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'credential_id']).doNothing())
    .returning('id'),
);

const updateUse = statement<PasskeyUse, unknown>((db, args) =>
  db
    .updateTable('passkeys')
    .set({
      counter: args.counter,
      last_used_at: args.last_used_at,
      is_backed_up: args.is_backed_up,
    })
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id)
    .where('id', '=', args.id)
    .where('counter', '=', args.counter_before),
);

const deleteOnePasskey = statement<OfUser & { id: number }, unknown>((db, args) =>
  db
    .deleteFrom('passkeys')
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id)
    .where('id', '=', args.id),
);
