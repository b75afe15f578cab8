/** The mail inbox of a test account. A live account has none. */
import {
  type InboxMail,
  type InboxMailList,
  InboxMailListQuery,
  readQuery,
} from '@orgvet/contract';
import { fold } from '../domain/fold.ts';
import { refuseIfAny } from '../domain/problems.ts';
import {
  countInboxMails,
  type InboxSelection,
  listInboxMails as listStoredMails,
  type StoredInboxMail,
} from '../store/inbox-mails.ts';
import type { Context } from './context.ts';
import { deliverTestMails } from './mail-delivery.ts';

const LIMIT_DEFAULT = 1000;

/** A page of the inbox, newest first. What is still on its way arrives before it is read. */
export async function listInboxMails(
  context: Context,
  { query }: { readonly query: Readonly<Record<string, unknown>> },
): Promise<InboxMailList> {
  const { problems, value } = readQuery(InboxMailListQuery, query);
  refuseIfAny(problems);
  await deliverTestMails(context);
  const { reader } = context.store;
  const { account_id, visible_container_ids } = context.principal;
  const { limit = LIMIT_DEFAULT, offset = 0 } = value;
  const recipient = value['filters[to]'];
  const organization_id = value['filters[organization_id]'];
  const selection: InboxSelection = {
    ...(recipient !== undefined && { recipient_folded: fold(recipient) }),
    ...(organization_id !== undefined && { organization_id }),
    ...(visible_container_ids !== undefined && { visible_container_ids }),
  };
  const total = await countInboxMails(reader, account_id, selection);
  const mails = await listStoredMails(reader, account_id, selection, { limit, offset });
  return { mails: mails.map(describeMail), page: { total, limit, offset } };
}

function describeMail({ organization_id, ...mail }: StoredInboxMail): InboxMail {
  return {
    id: mail.mail_id,
    to: mail.recipient,
    from: mail.sender,
    subject: mail.subject,
    locale: mail.locale,
    text: mail.text_body,
    html: mail.html_body,
    links: JSON.parse(mail.links),
    ...(organization_id !== 0 && { organization_id }),
    date_created: mail.created_at,
  };
}
