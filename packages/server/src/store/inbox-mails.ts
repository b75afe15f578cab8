/** The inboxes of test accounts: mail that arrived, as it would have been sent. */
import { type Expression, type Selectable, type SqlBool, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { Dialect } from './dialects.ts';
import { isOfContainers } from './organization-selection.ts';
import type { InboxMailRow } from './schema-contacts.ts';
import { type Statement, statement } from './statement.ts';

export type StoredInboxMail = Selectable<InboxMailRow>;

/** Which mails of an inbox. Members that are absent do not restrict. */
export interface InboxSelection {
  readonly recipient_folded?: string;
  readonly organization_id?: number;
  /** Only mail about organizations that belong or are assigned to one of these. */
  readonly visible_container_ids?: readonly number[];
}

/** Which part of a list. */
interface InboxRange {
  readonly limit: number;
  readonly offset: number;
}

export async function insertInboxMail(tx: Transaction, mail: StoredInboxMail): Promise<void> {
  await tx.run(insert, mail);
}

/** The number of mails in a selection, exactly. */
export async function countInboxMails(
  handle: Handle,
  account_id: number,
  selection: InboxSelection,
): Promise<number> {
  const row = await handle.first(
    statementsOf(selection).count,
    argumentsOf(account_id, selection, { limit: 0, offset: 0 }),
  );
  return row?.mails ?? 0;
}

/** A part of a selection, newest first. */
export async function listInboxMails(
  handle: Handle,
  account_id: number,
  selection: InboxSelection,
  range: InboxRange,
): Promise<StoredInboxMail[]> {
  return await handle.all(statementsOf(selection).list, argumentsOf(account_id, selection, range));
}

/** Everything that any statement of a list binds. */
interface ListArguments extends InboxRange {
  readonly account_id: number;
  readonly recipient_folded: string;
  readonly organization_id: number;
  /** A JSON array. */
  readonly visible: string;
}

function argumentsOf(
  account_id: number,
  { recipient_folded = '', organization_id = 0, visible_container_ids = [] }: InboxSelection,
  range: InboxRange,
): ListArguments {
  const visible = JSON.stringify(visible_container_ids);
  return { account_id, recipient_folded, organization_id, visible, ...range };
}

/** The statements behind one shape of selection. */
interface InboxStatements {
  readonly count: Statement<ListArguments, { mails: number }>;
  readonly list: Statement<ListArguments, StoredInboxMail>;
}

/** Eight at most. */
const statementsByShape = new Map<string, InboxStatements>();

function statementsOf(selection: InboxSelection): InboxStatements {
  const { recipient_folded, organization_id, visible_container_ids } = selection;
  const shape = [recipient_folded, organization_id, visible_container_ids]
    .map((member) => Number(member !== undefined))
    .join('');
  const known = statementsByShape.get(shape);
  if (known !== undefined) {
    return known;
  }
  const fresh = buildStatements(selection);
  statementsByShape.set(shape, fresh);
  return fresh;
}

/** @param selection of which only matters what it has */
const buildStatements = (selection: InboxSelection): InboxStatements => ({
  count: statement((db, args, dialect) =>
    db
      .selectFrom('inbox_mails as m')
      .where('m.account_id', '=', args.account_id)
      .where((eb) => eb.and(restrictionsOf(selection, args, dialect)))
      .select((eb) => eb.fn.countAll<number>().as('mails')),
  ),
  list: statement((db, args, dialect) =>
    db
      .selectFrom('inbox_mails as m')
      .where('m.account_id', '=', args.account_id)
      .where((eb) => eb.and(restrictionsOf(selection, args, dialect)))
      .selectAll()
      .orderBy('m.mail_id', 'desc')
      .limit(args.limit)
      .offset(args.offset),
  ),
});

function restrictionsOf(
  { recipient_folded, organization_id, visible_container_ids }: InboxSelection,
  args: ListArguments,
  dialect: Dialect,
): Expression<SqlBool>[] {
  const restrictions: Expression<SqlBool>[] = [];
  if (recipient_folded !== undefined) {
    restrictions.push(sql<boolean>`m.recipient_folded = ${args.recipient_folded}`);
  }
  if (organization_id !== undefined) {
    restrictions.push(sql<boolean>`m.organization_id = ${args.organization_id}`);
  }
  if (visible_container_ids !== undefined) {
    restrictions.push(isOfContainers(sql.ref('m.organization_id'), args, dialect));
  }
  return restrictions;
}

const insert = statement<StoredInboxMail, unknown>((db, args) =>
  db.insertInto('inbox_mails').values({
    account_id: args.account_id,
    mail_id: args.mail_id,
    sender: args.sender,
    recipient: args.recipient,
    recipient_folded: args.recipient_folded,
    subject: args.subject,
    locale: args.locale,
    text_body: args.text_body,
    html_body: args.html_body,
    links: args.links,
    organization_id: args.organization_id,
    created_at: args.created_at,
  }),
);
