/** What a program finds odd in the details of an organization. */
export const findings = {
  title: 'Findings in the details',
  hint: 'What a program noticed before anybody looked. It decides nothing.',
  severities: { error: 'Error', warning: 'Warning', notice: 'Notice' },
} as const;
