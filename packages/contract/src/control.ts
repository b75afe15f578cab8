/** What only test accounts have: their mail inbox, and outcomes that a test decides. */
import { type Static, Type } from 'typebox';
import { id, oneOf, optional, time } from './fields.ts';
import { pageFields } from './list-query.ts';
import { Page } from './page.ts';

export const InboxMail = Type.Object({
  id: id('Mail id.'),
  to: Type.String({ description: 'Address that it would have gone to.' }),
  from: Type.String(),
  subject: Type.String(),
  locale: Type.String({ description: 'Locale code of its language.' }),
  text: Type.String({ description: 'The mail as plain text.' }),
  html: Type.String({ description: 'The mail as HTML.' }),
  links: Type.Array(Type.String(), { description: 'Links to Orgvet that it has.' }),
  organization_id: optional(id('The organization that it is about.')),
  date_created: time('When it arrived.'),
});
export type InboxMail = Static<typeof InboxMail>;

export const InboxMailList = Type.Object({ mails: Type.Array(InboxMail), page: Page });
export type InboxMailList = Static<typeof InboxMailList>;

export const InboxMailListQuery = Type.Object({
  'filters[to]': optional(
    Type.String({ maxLength: 255, description: 'Only mail to this address, ignoring case.' }),
  ),
  'filters[organization_id]': optional(id('Only mail about this organization.')),
  ...pageFields,
});
export type InboxMailListQuery = Static<typeof InboxMailListQuery>;

export const ValidationOutcomeRequest = Type.Object({
  status: oneOf(['active'] as const, 'The outcome.'),
});
export type ValidationOutcomeRequest = Static<typeof ValidationOutcomeRequest>;
