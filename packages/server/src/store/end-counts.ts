/**
 * How many validations end in which month, by type and by whether they are being worked on. Every change
 * of a validation moves it here too, in the same transaction; the sums over slots are as in counts.ts. Who
 * wants to know more than months asks the index of ends.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { Dialect } from './dialects.ts';
import { isOfContainers } from './organization-selection.ts';
import type { ValidationRow } from './schema-vetting.ts';
import { rawStatement, type Statement } from './statement.ts';

/** Validations of a type that end in a month. */
export interface EndCount {
  readonly month: string;
  readonly type: ValidationRow['type'];
  readonly is_open: number;
  readonly validations: number;
}

type OneValidation = Pick<ValidationRow, 'account_id' | 'organization_id' | 'type'>;
type CountedValidation = OneValidation & Pick<ValidationRow, 'ends_at' | 'is_open'>;

/** Counts a validation that was written. */
export async function addEnd(tx: Transaction, validation: CountedValidation): Promise<void> {
  const { account_id, organization_id, type, ends_at, is_open } = validation;
  if (ends_at !== '') {
    const { slot } = tx;
    await tx.run(add, {
      account_id,
      organization_id,
      type,
      month: ends_at.slice(0, 7),
      is_open,
      slot,
    });
  }
}

/** Takes a validation that is about to be written, as it is, from the counts. */
export async function takeEnd(
  tx: Transaction,
  { account_id, organization_id, type }: OneValidation,
): Promise<void> {
  await tx.run(takeOne, { account_id, organization_id, type, slot: tx.slot });
}

/** Takes all validations of an organization from the counts. */
export async function takeEnds(
  tx: Transaction,
  { account_id, organization_id }: Omit<OneValidation, 'type'>,
): Promise<void> {
  await tx.run(takeAll, { account_id, organization_id, slot: tx.slot });
}

/** All ends up to a month, by the kept counts. */
export async function listEndCounts(
  handle: Handle,
  account_id: number,
  to_month: string,
): Promise<EndCount[]> {
  return await handle.all(sumCounts, { account_id, to_month });
}

/** A part of time: from a moment on, to another, both included. */
interface Span {
  readonly from: string;
  readonly to: string;
}

/**
 * The ends in a part of time, by the index: what the counts cannot tell apart.
 *
 * @param visible_container_ids only of organizations that belong or are assigned to one of these
 */
export async function countEndsIn(
  handle: Handle,
  account_id: number,
  span: Span,
  visible_container_ids?: readonly number[],
): Promise<EndCount[]> {
  const select = visible_container_ids === undefined ? countIn : countInVisible;
  const visible = JSON.stringify(visible_container_ids ?? []);
  return await handle.all(select, { account_id, ...span, visible });
}

/** Whether the end of any validation still has to be told by the rules in force. */
export async function hasUntoldEnds(
  handle: Handle,
  account_id: number,
  due_rules: string,
): Promise<boolean> {
  return (await handle.first(selectUntold, { account_id, due_rules })) !== undefined;
}

const onConflict = sql`on conflict (account_id, month, type, is_open, slot)
  do update set validations = validation_end_counts.validations + excluded.validations`;

const COLUMNS = sql`(account_id, month, type, is_open, slot, validations)`;

const add = rawStatement<OneValidation & { month: string; is_open: number; slot: number }, unknown>(
  ({ account_id, month, type, is_open, slot }) =>
    sql`insert into validation_end_counts ${COLUMNS}
      values (${account_id}, ${month}, ${type}, ${is_open}, ${slot}, 1) ${onConflict}`,
);

/** As they stand: at most one of each type, and so no row of the counts twice. */
function take(
  { account_id, organization_id, slot }: Omit<OneValidation, 'type'> & { readonly slot: number },
  restriction: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`insert into validation_end_counts ${COLUMNS}
    select account_id, substr(ends_at, 1, 7), type, is_open, cast(${slot} as integer), -1
    from validations
    where account_id = ${account_id} and organization_id = ${organization_id}
      and ends_at <> '' ${restriction} ${onConflict}`;
}

const takeOne = rawStatement<OneValidation & { slot: number }, unknown>((args) =>
  take(args, sql`and type = ${args.type}`),
);

const takeAll = rawStatement<Omit<OneValidation, 'type'> & { slot: number }, unknown>((args) =>
  take(args, sql``),
);

const sumCounts = rawStatement<{ account_id: number; to_month: string }, EndCount>(
  ({ account_id, to_month }) =>
    sql`select month, type, is_open, cast(sum(validations) as bigint) as validations
      from validation_end_counts where account_id = ${account_id} and month <= ${to_month}
      group by month, type, is_open`,
);

type SpanArguments = Span & { account_id: number; visible: string };

const countIn = countStatement(() => sql``);

const countInVisible = countStatement(
  (args, dialect) => sql`and ${isOfContainers(sql.ref('organization_id'), args, dialect)}`,
);

function countStatement(
  restrict: (args: SpanArguments, dialect: Dialect) => RawBuilder<unknown>,
): Statement<SpanArguments, EndCount> {
  return rawStatement(
    (args, dialect) =>
      sql`select month, type, is_open, count(*) as validations
        from (select substr(ends_at, 1, 7) as month, type, is_open from validations
          where account_id = ${args.account_id} and ends_at <> ''
            and ends_at >= ${args.from} and ends_at <= ${args.to} ${restrict(args, dialect)}) ends
        group by month, type, is_open`,
  );
}

/**
 * By the index of rules, at which few are left behind: what is not equal is below or above. With the sum no
 * planner looks at all validations of the account instead.
 */
const selectUntold = rawStatement<
  { account_id: number; due_rules: string },
  { account_id: number }
>(
  ({ account_id, due_rules }) =>
    sql`select account_id from (
        select account_id from validations where date_created <> '' and due_rules < ${due_rules}
        union all
        select account_id from validations where date_created <> '' and due_rules > ${due_rules}) u
      where account_id + 0 = ${account_id} limit 1`,
);
