/** Keys of a page: what the list of them says. */
export const key_bindings = {
  button: 'Keys',
  title: 'Keys of this page',
  show: 'Shows this list',
  key: 'Key',
  does: 'What it does',
  caption: 'Keys and what they do',
  typing: 'They do nothing while you type in a field.',
  use: 'Use single keys',
} as const;
