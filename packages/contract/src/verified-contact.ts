/**
 * Verified contacts as those see them who look after an organization: Orgvet's own, beyond what the
 * vendor's wire shows of them.
 */
import { type Static, Type } from 'typebox';
import { CONTACT_TYPES, Contact, ROLE_STATUSES } from './contact.ts';
import { givenTime, id, lines, oneOf, optional, time } from './fields.ts';
import { VALIDATION_TYPE_NAMES, VERIFIED_ROLES } from './validation-types.ts';

export const OrganizationContactList = Type.Object({
  contacts: Type.Array(
    Type.Object({
      ...Contact.properties,
      contact_type: oneOf(CONTACT_TYPES, 'Kind of contact.'),
      telephone_e164: optional(
        Type.String({ description: 'The telephone number in E.164, where it can be told.' }),
      ),
      locale: Type.String({ description: 'Locale code of the language.' }),
    }),
  ),
});
export type OrganizationContactList = Static<typeof OrganizationContactList>;

export const CONFIRMATION_STATUSES = ['pending', 'confirmed', 'declined', 'expired'] as const;
export type ConfirmationStatus = (typeof CONFIRMATION_STATUSES)[number];

export const MAIL_STATUSES = ['queued', 'sent', 'failed', 'canceled'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/** A mail that asks somebody, with what became of it. */
const ConfirmationMail = Type.Object({
  id: id('Mail id.'),
  status: oneOf(MAIL_STATUSES, 'Whether it has been sent.'),
  created_at: time('When it was to be sent.'),
  attempts: Type.Array(
    Type.Object({
      attempted_at: time('When it was tried.'),
      outcome: oneOf(
        ['sent', 'deferred', 'refused'] as const,
        'deferred: it is tried again; refused: it is not.',
      ),
      response: Type.String({ description: 'What the mail server said.' }),
    }),
  ),
});

/** What was asked of a contact, and the answer. */
const Confirmation = Type.Object({
  id: id('Confirmation id.'),
  request_id: id('The request: the contacts who were named together have the same.'),
  validation_types: Type.Array(oneOf(VALIDATION_TYPE_NAMES, 'What the contact may approve.')),
  status: oneOf(CONFIRMATION_STATUSES, 'Status at the time of the answer.'),
  requested_at: time('When it was asked.'),
  expires_at: time('Until when the link can be used.'),
  answered_at: optional(time('When the contact answered.')),
  reason: optional(Type.String({ description: 'Why the contact declined.' })),
  is_approved: Type.Boolean({
    description: 'Whether anybody of the request has confirmed, which is enough for it.',
  }),
  mails: Type.Array(ConfirmationMail),
});

export const VerifiedContactRecordList = Type.Object({
  verified_contacts: Type.Array(
    Type.Object({
      id: id('Verified contact id.'),
      user_id: Type.Integer({ minimum: 0, description: '0 when it is no user.' }),
      name: Type.String(),
      first_name: Type.String(),
      last_name: Type.String(),
      job_title: optional(Type.String()),
      telephone: optional(Type.String()),
      telephone_extension: optional(Type.String()),
      telephone_e164: optional(
        Type.String({ description: 'The telephone number in E.164, where it can be told.' }),
      ),
      email: Type.String(),
      locale: Type.String({ description: 'Locale code of the language that mails are in.' }),
      verified_roles: Type.Array(
        Type.Object({
          validation_type: oneOf(VERIFIED_ROLES, 'What the contact may approve.'),
          status: oneOf(ROLE_STATUSES, 'Status at the time of the answer.'),
        }),
      ),
      withdrawn_at: optional(time('Since when the contact no longer approves.')),
      withdrawal_reason: optional(Type.String()),
      confirmations: Type.Array(Confirmation),
      relied_on_by: Type.Object(
        {
          validation_types: Type.Array(
            oneOf(VALIDATION_TYPE_NAMES, 'A type that the organization was submitted for.'),
            { description: 'Types whose approval the contact has confirmed.' },
          ),
          order_ids: Type.Array(id('Order id.'), {
            description: 'Orders that name the contact, the newest 100.',
          }),
        },
        { description: 'What stands on the contact.' },
      ),
    }),
  ),
});
export type VerifiedContactRecordList = Static<typeof VerifiedContactRecordList>;

export const WithdrawalRequest = Type.Object({
  withdrawn_at: optional(
    givenTime('Since when the contact no longer approves; from now on where it is left out.'),
  ),
  reason: lines(1000, 'Why.'),
});
export type WithdrawalRequest = Static<typeof WithdrawalRequest>;
