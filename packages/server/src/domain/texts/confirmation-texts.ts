/**
 * Every sentence that a verified contact reads, in the mail and on the page behind its link. A language
 * is one file that has all of them, so a text that is missing does not compile. Plain text: whoever
 * shows it as HTML escapes it whole.
 */
import type { ValidationTypeName } from '@orgvet/contract';

export interface ConfirmationTexts {
  /** Kinds of certificates, as they stand in a list. */
  readonly types: Readonly<Record<ValidationTypeName, string>>;
  /** Whoever asks, within a sentence: a person of an account. */
  asker(requester: string, account: string): string;
  readonly request: RequestTexts;
  readonly labels: LabelTexts;
  readonly mail: MailTexts;
  readonly page: PageTexts;
  readonly results: ResultTexts;
  readonly faults: FaultTexts;
}

/** What is asked, in the mail and on the page. */
interface RequestTexts {
  asks(asker: string, organization: string): string;
  readonly why: string;
  /** Before the sentences of what confirming means. */
  readonly meaning: string;
  works_for(organization: string): string;
  readonly is_right: string;
  may_approve(organization: string): string;
  readonly decline: string;
  until(time: string): string;
  readonly for_you_alone: string;
  readonly ignore: string;
}

/** Headings and labels of the details. */
interface LabelTexts {
  /** Between a label and what it labels. */
  readonly colon: string;
  readonly organization: string;
  readonly name: string;
  readonly assumed_name: string;
  readonly address: string;
  readonly certificates: string;
  readonly contact: string;
  readonly contact_name: string;
  readonly job_title: string;
  readonly telephone: string;
}

/** Only in the mail. */
interface MailTexts {
  subject(organization: string): string;
  greeting(name: string): string;
  readonly check: string;
  /** On the link, where it is a button. */
  readonly open: string;
  /** Before the link, where it is written out. */
  readonly link: string;
  sent_by(account: string): string;
}

/** Only on the page while it can be answered. */
interface PageTexts {
  readonly language: string;
  readonly registry: string;
  readonly title: string;
  readonly approved_by_other: string;
  readonly meaning_heading: string;
  readonly answer_heading: string;
  readonly confirm: string;
  readonly decline: string;
  readonly reason: string;
  reason_hint(asker: string): string;
  readonly not_recorded: string;
  readonly no_answer: string;
  readonly reason_too_long: string;
}

/** What the page says once there is nothing to answer. */
interface ResultTexts {
  readonly confirmed: string;
  confirmed_on(time: string, organization: string): string;
  readonly nothing_to_do: string;
  confirmed_wrongly(asker: string): string;
  readonly declined: string;
  declined_on(time: string, organization: string): string;
  declined_wrongly(asker: string): string;
  readonly expired: string;
  expired_on(time: string): string;
  ask_for_link(asker: string): string;
  readonly withdrawn: string;
  withdrawn_from(organization: string): string;
  withdrawn_wrongly(asker: string): string;
}

/** What the page says where it has nothing to show. */
interface FaultTexts {
  readonly unknown: string;
  readonly unknown_why: string;
  readonly unknown_help: string;
  readonly unavailable: string;
  readonly unavailable_help: string;
  readonly internal: string;
  internal_help(request_id: string): string;
}
