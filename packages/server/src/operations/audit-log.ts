/**
 * The audit log: events are recorded by the changes that they tell of, sealed a moment later, and
 * exported. Sealing an event gives it its place in the log of its account and a hash over it and all
 * before it. Right even if several do it at once.
 */
import {
  BEGINNING,
  checkAuditLogQuery,
  renderEnd,
  renderEntry,
  sealEvent,
} from '../domain/audit-chain.ts';
import { refuseIfAny } from '../domain/problems.ts';
import {
  findHead,
  findUnsealedAccount,
  findUnsealedEvent,
  type LogPart,
  listSealedEvents,
  lockUnsealedEvents,
  updateSeal,
} from '../store/audit-log.ts';
import type { Transaction } from '../store/database.ts';
import { claimLease, type Lease, releaseLease } from '../store/leases.ts';
import { type Context, type Environment, timeOf } from './context.ts';
import { JsonLines } from './json-lines.ts';
import { refuseUnlessUnrestricted } from './visibility.ts';

/** Few enough that requests wait only some milliseconds behind them. */
const EVENTS_AT_ONCE = 200;

/** After this long without a word from its holder, another server takes over. */
const LEASE_DURATION_MS = 10_000;

const leaseOf = (holder: string): Lease => ({ name: 'audit-log', holder });

/**
 * Seals some events of the next account that has any. One account after the other: none waits for the
 * many events of another.
 *
 * @param holder tells servers apart
 * @param after_account_id the account whose turn it was last
 * @returns the account whose turn it was; undefined where nothing is left for this server
 */
export async function sealNextEvents(
  { store, clock }: Environment,
  holder: string,
  after_account_id: number,
): Promise<number | undefined> {
  const next_id = await findUnsealedAccount(store.reader, after_account_id);
  const account_id =
    next_id === undefined && after_account_id > 0
      ? await findUnsealedAccount(store.reader, 0)
      : next_id;
  if (account_id === undefined) {
    return undefined;
  }
  return await store.transaction(async (tx) => {
    const isMine = await claimLease(tx, leaseOf(holder), clock.now_ms(), LEASE_DURATION_MS);
    if (!isMine) {
      return undefined;
    }
    await sealSome(tx, account_id);
    return account_id;
  });
}

/** Lets another server take over at once. */
export async function stopSealingEvents({ store }: Environment, holder: string): Promise<void> {
  await store.transaction((tx) => releaseLease(tx, leaseOf(holder)));
}

/**
 * The log of the account, or a part of it, as lines. What was recorded until now is sealed first, so it
 * is all there.
 *
 * @throws RequestRefused before the first line, never after
 */
export async function exportAuditLog(
  context: Context,
  { query }: { readonly query: Readonly<Record<string, unknown>> },
): Promise<JsonLines> {
  const { account_id } = context.principal;
  // A chain is whole or proves nothing, and so it is not for whoever sees only a part of the account.
  refuseUnlessUnrestricted(context);
  const { problems, range } = checkAuditLogQuery(query);
  refuseIfAny(problems);
  await sealAll(context, account_id);
  const head = (await findHead(context.store.reader, account_id)) ?? BEGINNING;
  return new JsonLines(
    renderPart(context, {
      after_sequence: Math.min(range.from_sequence - 1, head.sequence),
      to_sequence: Math.min(range.to_sequence, head.sequence),
    }),
  );
}

/** Seals some of what an account has to be sealed, so that what was done just now is in the log. */
export async function sealNewest({ store }: Context, account_id: number): Promise<void> {
  if ((await findUnsealedEvent(store.reader, account_id, 'first')) !== undefined) {
    await store.transaction((tx) => sealSome(tx, account_id));
  }
}

/** Whether a server seals as well makes no difference. */
async function sealAll({ store }: Context, account_id: number): Promise<void> {
  const { reader } = store;
  // Only so far: others may record events faster than this comes to an end.
  const last_id = (await findUnsealedEvent(reader, account_id, 'last')) ?? 0;
  const isLeft = async () => {
    const first_id = await findUnsealedEvent(reader, account_id, 'first');
    return first_id !== undefined && first_id <= last_id;
  };
  while (await isLeft()) {
    await store.transaction((tx) => sealSome(tx, account_id));
  }
}

async function sealSome(tx: Transaction, account_id: number): Promise<void> {
  const first_id = await findUnsealedEvent(tx, account_id, 'first');
  if (first_id === undefined) {
    return;
  }
  const events = await lockUnsealedEvents(tx, account_id, first_id, EVENTS_AT_ONCE);
  let last = (await findHead(tx, account_id)) ?? BEGINNING;
  for (const event of events) {
    last = sealEvent(event, last);
    await updateSeal(tx, account_id, event.id, last);
  }
}

/** Entries that are fetched at once while an export streams. */
const ENTRIES_AT_ONCE = 200;

/** What was sealed never changes, so it does not matter what is recorded and sealed meanwhile. */
async function* renderPart(context: Context, part: Omit<LogPart, 'limit'>): AsyncIterable<string> {
  const { account_id } = context.principal;
  let last = await findSeal(context, part.after_sequence);
  let entries = 0;
  let found = ENTRIES_AT_ONCE;
  while (found === ENTRIES_AT_ONCE) {
    const { to_sequence } = part;
    const lot = { after_sequence: last.sequence, to_sequence, limit: ENTRIES_AT_ONCE };
    const events = await listSealedEvents(context.store.reader, account_id, lot);
    let lines = '';
    for (const event of events) {
      lines += `${renderEntry(event, last.hash)}\n`;
      last = event;
    }
    found = events.length;
    entries += found;
    yield lines;
    // Whatever else waits has its turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { sequence: last_sequence, hash: head } = last;
  const end = { account_id, entries, last_sequence, head, exported_at: timeOf(context) };
  yield `${renderEnd(end)}\n`;
}

/** What an entry follows. One that somebody took away leaves no hash, and what follows it does not fit. */
async function findSeal({ store, principal }: Context, sequence: number) {
  const part = { after_sequence: sequence - 1, to_sequence: sequence, limit: 1 };
  const [event] = await listSealedEvents(store.reader, principal.account_id, part);
  return event ?? { ...BEGINNING, sequence };
}
