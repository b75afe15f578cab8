/** What went wrong, where the server could not say it. */
export const errors = {
  unreachable: 'Orgvet cannot be reached. Nothing is known of what was asked for last.',
  unexpected: 'Something went wrong in this page. Load it again; what you had typed may be lost.',
  status: (status: number) => `The server answered ${status}, and no more.`,
  later: (seconds: number) => `Too much at once. Try again in ${seconds} s.`,
  title: 'That did not work',
  not_found_title: 'There is nothing here',
  not_found:
    'It is not there, or it is not for you to see. Addresses of what was deleted lead here too.',
  not_permitted: 'Your role does not let you see this page. An administrator can change that.',
  to_start: 'Go to the start',
  again: 'Try again',
} as const;
