/** What ends when, of all that somebody sees: by the kept counts, or for a part of an account by its index. */
import {
  EXPIRY_MONTHS_DEFAULT,
  type ExpiryOverview,
  ExpiryQuery,
  readQuery,
} from '@orgvet/contract';
import { listMonths, planExpiry } from '../domain/expiry.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { countEndsIn, hasUntoldEnds, listEndCounts } from '../store/end-counts.ts';
import { type Context, timeOf } from './context.ts';

export async function getExpiry(
  context: Context,
  { query }: { readonly query: Readonly<Record<string, unknown>> },
): Promise<ExpiryOverview> {
  const { problems, value } = readQuery(ExpiryQuery, query);
  refuseIfAny(problems);
  const { reader } = context.store;
  const { account_id, visible_container_ids: visible } = context.principal;
  // Asked first: what is told while the rest is read must not pass for counted.
  const is_untold = await hasUntoldEnds(reader, account_id, context.rules.digest);
  const time = timeOf(context);
  const months = listMonths(time, value.months ?? EXPIRY_MONTHS_DEFAULT);
  const last = months.at(-1) ?? '';
  const all =
    visible === undefined
      ? await listEndCounts(reader, account_id, last)
      : // Whatever a moment is in the last month, this is behind it.
        await countEndsIn(reader, account_id, { from: '', to: `${last}-99` }, visible);
  const ended = { from: time.slice(0, 7), to: time };
  return {
    ...planExpiry(months, all, await countEndsIn(reader, account_id, ended, visible)),
    is_complete: !is_untold,
  };
}
