/** What ends when, and what a change of rules does to it. */
export const expiring = {
  title: 'Expiring',
  chart: 'Validations that end, by month and type',
  chart_text: (from: string, until: string) =>
    `From ${from} to ${until}, a bar for each month in which something ends.`,
  chart_hint:
    'A bar leads to the organizations with a validation that ends before its month is over.',
  bar: (month: string, total: string, types: string) => `${month}: ${total} (${types})`,
  bar_link: (month: string, total: string, types: string) =>
    `${month}: ${total} (${types}). Show the organizations`,
  count: (type: string, count: string) => `${type} ${count}`,
  legend: 'Validation types',
  as_table: 'The same figures as a table',
  table_caption: 'Figures by month and type',
  columns: { month: 'Month', total: 'All types' },
  expired: (total: string, types: string) =>
    `${total} have expired already, and nobody works on them (${types}).`,
  not_complete:
    'The rules have changed a while ago, and not all ends are reckoned by them yet: look again in some minutes.',
  none_title: 'No validation ends in these months',
  none: 'Organizations that are submitted and validated appear here by the month in which their validation ends.',
  to_organizations: 'Show organizations',
  impact: 'Impact of a rule change',
  impact_text:
    'Rules change what evidence may be relied on, and for how long. See which of the validations that serve now would end sooner.',
  change: 'Rule change',
  change_none: 'Choose a change',
  change_of: (day: string) => `In force from ${day}`,
  change_own: 'A rule pack or policy of your own',
  own: 'Rule pack or policy, as JSON',
  own_text: 'Paste it, or choose a file. Nothing is kept, and nothing changes.',
  own_file: 'File',
  compare: 'Show the impact',
  not_json: (reason: string) => `This is not JSON: ${reason}`,
  not_object: 'This is not a rule pack or a policy: it must begin with {.',
  comparing: 'Comparing …',
  sooner: (sooner: string, serving: string) =>
    `${sooner} of ${serving} validations that serve now end sooner.`,
  none_sooner: (serving: string) => `None of ${serving} validations that serve now ends sooner.`,
  none_serves: 'No validation serves now.',
  by_type: 'By type',
  by_type_columns: { type: 'Type', serving: 'Serve now', sooner: 'End sooner' },
  first: 'Validations that end sooner',
  first_of: (told: string) => `The first ${told} validations that end sooner`,
  first_columns: {
    organization: 'Organization',
    type: 'Type',
    ends_without: 'Ends without the change',
    ends_with: 'Ends with it',
    days: 'Days sooner',
    check: 'Because of',
  },
} as const;
