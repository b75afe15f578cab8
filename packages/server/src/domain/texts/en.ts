/** English. */
import type { Texts } from './texts.ts';

export const EN: Texts = {
  types: {
    ov: 'TLS/SSL certificates with organization validation (OV)',
    ev: 'TLS/SSL certificates with extended validation (EV)',
    cs: 'Code signing certificates',
    ev_cs: 'Code signing certificates with extended validation (EV)',
    ds: 'Document signing certificates',
    smime: 'E-mail certificates (S/MIME) with organization validation',
  },
  asker: (requester, account) => `${requester} (${account})`,
  request: {
    asks: (asker, organization) =>
      `${asker} has named you as a verified contact of the organization ${organization}.`,
    why: 'Certificates of the kinds listed below are issued to an organization only with the approval of a verified contact.',
    meaning: 'By confirming, you declare that:',
    works_for: (organization) => `you work for ${organization};`,
    is_right: 'the details above are correct;',
    may_approve: (organization) =>
      `you are authorized to approve certificates of the kinds listed above for ${organization}.`,
    decline: 'If any of this is not the case, please decline. You do not have to give a reason.',
    until: (time) => `The link is valid until ${time}.`,
    for_you_alone:
      'It is meant for you alone: whoever has it can answer in your name. Please do not pass it on.',
    ignore:
      'If you do not know what this is about, please ignore it. Without your confirmation nothing is approved in your name.',
  },
  labels: {
    colon: ': ',
    organization: 'Organization',
    name: 'Legal name',
    assumed_name: 'Also known as',
    address: 'Address',
    certificates: 'Certificates',
    contact: 'Your details',
    contact_name: 'Name',
    job_title: 'Job title',
    telephone: 'Telephone',
  },
  mail: {
    subject: (organization) => `Please confirm: certificates for ${organization}`,
    greeting: (name) => `Dear ${name},`,
    check: 'Please check the following details, and then confirm or decline.',
    open: 'Confirm or decline',
    link: 'You can confirm or decline on this page:',
    sent_by: (account) =>
      `This message was sent automatically by Orgvet, the organization registry that ${account} uses.`,
  },
  page: {
    language: 'Language',
    registry: 'Organization registry',
    title: 'Your confirmation is requested',
    approved_by_other:
      'Another verified contact has already confirmed, so this request is approved. You may still confirm for yourself.',
    meaning_heading: 'What you confirm',
    answer_heading: 'Your answer',
    confirm: 'Yes, I confirm',
    decline: 'No, I decline',
    reason: 'Reason for declining (optional)',
    reason_hint: (asker) => `At most 1,000 characters. ${asker} can read it.`,
    not_recorded: 'Your answer has not been recorded.',
    no_answer: 'Please choose one of the two answers below.',
    reason_too_long: 'The reason is longer than 1,000 characters. Please shorten it.',
  },
  results: {
    confirmed: 'Thank you, you have confirmed',
    confirmed_on: (time, organization) =>
      `On ${time} you confirmed that you are authorized to approve these certificates for ${organization}.`,
    nothing_to_do: 'You do not have to do anything else. You can close this page.',
    confirmed_wrongly: (asker) =>
      `If this was not you, or is no longer correct, please inform ${asker}.`,
    declined: 'You have declined',
    declined_on: (time, organization) =>
      `On ${time} you declined to approve certificates for ${organization}. Your answer has been recorded.`,
    declined_wrongly: (asker) => `If this was a mistake, please ask ${asker} for a new request.`,
    expired: 'This link has expired',
    expired_on: (time) => `It was valid until ${time}.`,
    ask_for_link: (asker) => `If you still wish to answer, please ask ${asker} for a new link.`,
    withdrawn: 'This request no longer applies',
    withdrawn_from: (organization) =>
      `You are no longer named as a verified contact of ${organization}. You do not have to do anything.`,
    withdrawn_wrongly: (asker) => `If you think that this is a mistake, please ask ${asker}.`,
  },
  faults: {
    unknown: 'This link is not known',
    unknown_why:
      'It may be incomplete, or a newer one may have taken its place. Please open the link in the newest message that you have received, in full.',
    unknown_help: 'If that does not help, please ask whoever named you as a verified contact.',
    unavailable: 'Please try again shortly',
    unavailable_help:
      'This page cannot be shown at the moment. If you have just answered, please open the link again in a few minutes to see whether your answer has been recorded.',
    internal: 'Something has gone wrong',
    internal_help: (request_id) =>
      `This is a fault on our side. Please open the link again later. The number of this fault is ${request_id}.`,
  },
  notices: {
    organization_id: 'Organization ID',
    validation: 'Type of validation',
    ends_at: 'End of the validation',
    for_contact: (organization) =>
      `You receive this message as the organization contact of ${organization}.`,
    renewal: {
      subject: (organization) => `Validation ends soon: ${organization}`,
      subject_ended: (organization) => `Validation has ended: ${organization}`,
      ends_in: (days) =>
        `The validation named below ends in ${days === 1 ? '1 day' : `${days} days`}.`,
      ended: 'The validation named below has ended.',
      ended_ago: (days) =>
        `The validation named below ended ${days === 1 ? '1 day' : `${days} days`} ago.`,
      renew:
        'Please submit the organization for validation of this type again before then. Until its end the present validation remains in force.',
      renew_ended:
        'Certificates of the kind named below can no longer be issued on the strength of it. Please submit the organization for validation of this type again.',
    },
    rejection: {
      subject: (organization) => `Validation rejected: ${organization}`,
      rejected: 'The validation named below has been rejected, for the reasons that follow it.',
      reasons: 'Reasons',
      next: 'Please resolve these points, and then submit the organization for validation of this type again.',
      remains:
        'A validation of this type that was completed earlier remains in force until its own end.',
    },
  },
};
