/** What PostgreSQL says of failures, judged: which may be tried again, and which mean that it is lost. */
import { StoreUnavailable, TransactionConflict } from './database.ts';
import type { Failure } from './transient.ts';

/** SQLSTATE classes and codes that say that another transaction came between (PostgreSQL, appendix A). */
const CONFLICT_CODES = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  // unique_violation: a race for a row that nobody saw a moment before; the next look sees it.
  '23505',
]);

/** Codes and classes of codes that say that the database, or the way to it, is lost or closing. */
const LOST_CODES = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '53100', // disk_full
  '53300', // too_many_connections
  '25006', // read_only_sql_transaction: no primary any more
]);
const LOST_CLASS = '08';

/** Failures of the network, as Node names them. */
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Failures that `pg` has no code for. */
const LOST_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after)/;

/** What a failure of PostgreSQL, or of the way to it, means. */
export function judgeFailure(error: unknown): Failure {
  if (error instanceof TransactionConflict) {
    return 'conflict';
  }
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (CONFLICT_CODES.has(code)) {
    return 'conflict';
  }
  const isLost =
    LOST_CODES.has(code) ||
    (code.length === 5 && code.startsWith(LOST_CLASS)) ||
    NETWORK_CODES.has(code) ||
    LOST_MESSAGES.test(message);
  return isLost ? 'lost' : 'final';
}

/** @throws StoreUnavailable for what trying again later may well cure */
export async function reportLoss<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as { code?: string };
    // A row that is there twice and stays so is a fault of ours, not of the moment.
    if (judgeFailure(error) === 'final' || code === '23505') {
      throw error;
    }
    throw new StoreUnavailable('The database cannot be asked now.', { cause: error });
  }
}
