/** What an organization contact reads in the mails that tell how a validation stands. Plain text. */

export interface NoticeTexts {
  /** Labels of the details. */
  readonly organization_id: string;
  readonly validation: string;
  readonly ends_at: string;
  for_contact(organization: string): string;
  readonly renewal: RenewalTexts;
  readonly rejection: RejectionTexts;
}

/** That a validation ends, or has ended. */
interface RenewalTexts {
  subject(organization: string): string;
  subject_ended(organization: string): string;
  ends_in(days: number): string;
  /** Today. */
  readonly ended: string;
  ended_ago(days: number): string;
  /** What to do, before the end and after it. */
  readonly renew: string;
  readonly renew_ended: string;
}

/** That a validation was rejected. */
interface RejectionTexts {
  subject(organization: string): string;
  readonly rejected: string;
  readonly reasons: string;
  /** What to do. */
  readonly next: string;
  readonly remains: string;
}
