/**
 * The verified contacts of an organization, for those who look after it: what each was asked and
 * answered, asking once more, and withdrawing one.
 */
import {
  LANGUAGES,
  problem,
  ROLES_BY_VALIDATION_TYPE,
  readBody,
  type VerifiedContactRecordList,
  WithdrawalRequest,
} from '@orgvet/contract';
import {
  confirmationStatusAt,
  expiryFrom,
  isWithdrawnAt,
  listUnanswered,
} from '../domain/confirmation.ts';
import { FORMATS } from '../domain/formats.ts';
import { describeRoles } from '../domain/organization-document.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import { findE164 } from '../domain/telephone.ts';
import { chooseTextLocale } from '../domain/texts/index.ts';
import { formatTime } from '../domain/time.ts';
import { listTypesOfRoles } from '../domain/verified-contact-requests.ts';
import { deleteConfirmationLinks, updateExpiry } from '../store/confirmations.ts';
import type { Handle, Transaction } from '../store/database.ts';
import { listMailAttempts, listMailsOfOrganization, type StoredMail } from '../store/mails.ts';
import { listOrdersOfVerifiedContacts } from '../store/orders.ts';
import { findCountry, lockOrganization } from '../store/organizations.ts';
import { listValidations, type StoredValidation } from '../store/validations.ts';
import { withdrawOnce } from '../store/verified-contacts.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { cancelMails } from './mail-outbox.ts';
import {
  type ContactWithRoles,
  listContactsWithRoles,
  pickPerson,
} from './verified-contact-parts.ts';
import {
  type AskedConfirmation,
  listAskedConfirmations,
  queueConfirmationMail,
  requestApproval,
} from './verified-contact-requests.ts';

type OneOrganization = { readonly params: { readonly organization_id: number } };
type OneContact = {
  readonly params: { readonly organization_id: number; readonly verified_contact_id: number };
};
type ContactRecord = VerifiedContactRecordList['verified_contacts'][number];
type ConfirmationRecord = ContactRecord['confirmations'][number];
type MailRecord = ConfirmationRecord['mails'][number];

/** The verified contacts of an organization, withdrawn ones too, with what stands on each. */
export async function listVerifiedContacts(
  context: Context,
  { params: { organization_id } }: OneOrganization,
): Promise<VerifiedContactRecordList> {
  const { reader } = context.store;
  const { account_id } = context.principal;
  const country = await findCountry(reader, account_id, organization_id);
  if (country === undefined) {
    refuseAsNotFound('organization');
  }
  const contacts = await listContactsWithRoles(reader, account_id, [organization_id]);
  if (contacts.length === 0) {
    return { verified_contacts: [] };
  }
  const time = timeOf(context);
  const confirmations = await listAskedConfirmations(reader, account_id, organization_id);
  const mails = await listMailRecords(reader, account_id, organization_id);
  const validations = await listValidations(reader, account_id, [organization_id]);
  const ids = contacts.map(({ id }) => id);
  const orders = await listOrdersOfVerifiedContacts(reader, account_id, ids);
  return {
    verified_contacts: contacts.map((contact) => ({
      ...describePerson(contact, country),
      verified_roles: describeRoles(contact, time),
      ...(contact.withdrawn_at && {
        withdrawn_at: contact.withdrawn_at,
        withdrawal_reason: contact.withdrawal_reason,
      }),
      confirmations: confirmations
        .filter(({ verified_contact_id }) => verified_contact_id === contact.id)
        .map((one) => ({ ...describeConfirmation(one, time), mails: mails.get(one.id) ?? [] })),
      relied_on_by: {
        validation_types: listReliantTypes(contact, validations),
        order_ids: orders
          .filter(({ verified_contact_id }) => verified_contact_id === contact.id)
          .map(({ order_id }) => order_id),
      },
    })),
  };
}

/**
 * Asks a verified contact once more for all that was not answered, whether or not it has run out. Who
 * was named before anybody was asked is asked now.
 */
export async function resendConfirmation(context: Context, { params }: OneContact): Promise<void> {
  const { account_id } = context.principal;
  const { organization_id, verified_contact_id } = params;
  await context.store.transaction(async (tx) => {
    const contact = await lockContact(tx, context, params);
    const unanswered = await listOpenQuestions(tx, context, contact);
    const types = listTypesOfRoles(listUnaskedRoles(contact, unanswered));
    if (
      isWithdrawnAt(contact, timeOf(context)) ||
      (unanswered.length === 0 && types.length === 0)
    ) {
      throw new RequestRefused([problem('nothing_to_confirm')]);
    }
    for (const { id } of unanswered) {
      await updateExpiry(tx, account_id, id, expiryFrom(context.clock.now_ms()));
      await deleteConfirmationLinks(tx, account_id, id);
      await cancelMails(tx, account_id, { purpose: 'confirmation', object_id: id });
      await queueConfirmationMail(tx, context, organization_id, id, contact.email);
    }
    if (types.length > 0) {
      const asked = { id: contact.id, user_id: contact.user_id, ...pickPerson(contact) };
      await requestApproval(tx, context, organization_id, [{ ...asked, validation_types: types }]);
    }
    await recordEvent(tx, context, {
      action: 'verified_contact_asked_again',
      object_type: 'verified_contact',
      object_id: verified_contact_id,
      after: {
        organization_id,
        email: contact.email,
        validation_types: [...unanswered.flatMap((one) => one.validation_types), ...types],
      },
    });
  });
}

/** From a moment on a contact no longer approves; once said, that stays. */
export async function withdrawVerifiedContact(
  context: Context,
  { params, body }: OneContact & { readonly body: unknown },
): Promise<void> {
  const { account_id } = context.principal;
  const { organization_id, verified_contact_id } = params;
  const { problems, value } = readBody(WithdrawalRequest, body, FORMATS);
  await context.store.transaction(async (tx) => {
    const contact = await lockContact(tx, context, params);
    refuseIfAny(problems);
    const withdrawal = {
      withdrawn_at: formatTime(Date.parse(value.withdrawn_at ?? timeOf(context))),
      withdrawal_reason: value.reason,
    };
    if (!(await withdrawOnce(tx, account_id, organization_id, verified_contact_id, withdrawal))) {
      throw new RequestRefused([problem('verified_contact_withdrawn')]);
    }
    for (const { id } of await listOpenQuestions(tx, context, contact)) {
      await cancelMails(tx, account_id, { purpose: 'confirmation', object_id: id });
    }
    await recordEvent(tx, context, {
      action: 'verified_contact_withdrawn',
      object_type: 'verified_contact',
      object_id: verified_contact_id,
      after: { organization_id, ...withdrawal },
    });
  });
}

/** A contact of an organization that nobody else changes until the transaction ends. */
async function lockContact(
  tx: Transaction,
  { principal: { account_id } }: Context,
  { organization_id, verified_contact_id }: OneContact['params'],
): Promise<ContactWithRoles> {
  if ((await lockOrganization(tx, account_id, organization_id)) === undefined) {
    refuseAsNotFound('organization');
  }
  const contacts = await listContactsWithRoles(tx, account_id, [organization_id]);
  return (
    contacts.find(({ id }) => id === verified_contact_id) ?? refuseAsNotFound('verified_contact')
  );
}

async function listOpenQuestions(
  tx: Transaction,
  { principal: { account_id } }: Context,
  contact: ContactWithRoles,
): Promise<AskedConfirmation[]> {
  const confirmations = await listAskedConfirmations(tx, account_id, contact.organization_id);
  return listUnanswered(confirmations.filter((one) => one.verified_contact_id === contact.id));
}

/** Roles that wait for a word of the contact and that nobody has asked for. */
function listUnaskedRoles({ roles }: ContactWithRoles, unanswered: readonly AskedConfirmation[]) {
  const asked = unanswered.flatMap(({ validation_types }) =>
    validation_types.flatMap((type) => ROLES_BY_VALIDATION_TYPE[type]),
  );
  return roles
    .filter(({ role, status }) => status === 'pending' && !asked.includes(role))
    .map(({ role }) => role);
}

/** @param country where a number is from that does not say */
function describePerson(contact: ContactWithRoles, country: string) {
  const { id, user_id, first_name, last_name, job_title, telephone, telephone_extension } = contact;
  const { email, language_id } = contact;
  const telephone_e164 = findE164(telephone, country);
  const language = LANGUAGES.find((known) => known.id === language_id)?.locale;
  return {
    id,
    user_id,
    name: `${first_name} ${last_name}`,
    first_name,
    last_name,
    ...(job_title && { job_title }),
    ...(telephone && { telephone }),
    ...(telephone_extension && { telephone_extension }),
    ...(telephone_e164 && { telephone_e164 }),
    email,
    locale: chooseTextLocale([language]),
  };
}

function describeConfirmation(
  confirmation: AskedConfirmation,
  time: string,
): Omit<ConfirmationRecord, 'mails'> {
  const { id, approval_request_id, validation_types, requested_at, expires_at } = confirmation;
  const { answered_at, reason } = confirmation;
  return {
    id,
    request_id: approval_request_id,
    validation_types: [...validation_types],
    status: confirmationStatusAt(confirmation, time),
    requested_at,
    expires_at,
    ...(answered_at && { answered_at }),
    ...(reason && { reason }),
    is_approved: confirmation.approved_at !== '',
  };
}

/** What a contact has confirmed counts also after the contact was withdrawn: that is to be seen. */
function listReliantTypes({ roles }: ContactWithRoles, validations: readonly StoredValidation[]) {
  return validations
    .map(({ type }) => type)
    .filter((type) =>
      roles.some(({ role, status }) => status === 'active' && role === type.toUpperCase()),
    );
}

/** The mails about confirmations of an organization, by the confirmation. */
async function listMailRecords(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<Map<number, MailRecord[]>> {
  const mails = (await listMailsOfOrganization(handle, account_id, organization_id)).filter(
    ({ purpose }) => purpose === 'confirmation',
  );
  const ids = mails.map(({ id }) => id);
  const attempts = ids.length === 0 ? [] : await listMailAttempts(handle, account_id, ids);
  const attemptsByMail = Map.groupBy(attempts, ({ mail_id }) => mail_id);
  const describeMail = ({ id, status, created_at }: StoredMail): MailRecord => ({
    id,
    status,
    created_at,
    attempts: (attemptsByMail.get(id) ?? []).map(({ attempted_at, outcome, response }) => ({
      attempted_at,
      outcome,
      response,
    })),
  });
  const mailsByConfirmation = Map.groupBy(mails, ({ object_id }) => object_id);
  return new Map(
    [...mailsByConfirmation].map(([confirmation_id, about]) => [
      confirmation_id,
      about.map(describeMail),
    ]),
  );
}
