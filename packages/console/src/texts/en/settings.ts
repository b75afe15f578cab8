/** The settings of the account. */
export const settings = {
  title: 'Account settings',
  duplicates: 'An organization that is there already',
  duplicates_about: 'When a new organization is just like one that the account has:',
  duplicate_policies: {
    error: 'Refuse it',
    reuse: 'Answer with the one that is there',
  },
  duplicate_policy_hints: {
    error: 'The refusal names the organization that is there.',
    reuse: 'For programs that expect it so: nothing new is made, and nothing changes.',
  },
  contacts: 'Verified contacts',
  allow_non_user: 'People who are no users of the account may be verified contacts',
  reminders: 'Reminders',
  reminders_about: 'When organizations are reminded by mail that a validation ends.',
  reminder_days: 'Days before the end',
  reminder_days_hint:
    'Separated by commas. Negative numbers: after the end. 0: when it ends. Empty: never.',
  reminder_days_invalid: 'Only whole numbers, separated by commas.',
  reminded: 'Reminded',
  before_end: (days: number) => (days === 1 ? '1 day before' : `${days} days before`),
  after_end: (days: number) => (days === 1 ? '1 day after' : `${days} days after`),
  at_end: 'When it ends',
  never: 'Never',
  save: 'Save settings',
  saved: 'The settings were saved.',
} as const;
