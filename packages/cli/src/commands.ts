/** The table of commands: all there are, in the order in which help shows them. */
import { AUDIT_COMMANDS } from './audit.ts';
import { BUNDLE_COMMANDS } from './bundle.ts';
import { type Command, defineCommand } from './command.ts';
import { renderCompletion, SHELLS } from './completion.ts';
import { CONTAINER_COMMANDS } from './containers.ts';
import type { Groups } from './help.ts';
import { KEY_COMMANDS } from './keys.ts';
import { OPERATOR_COMMANDS } from './operator.ts';
import { ORGANIZATION_COMMANDS } from './organizations.ts';
import { printLine } from './output.ts';
import { RULES_COMMANDS } from './rules.ts';
import { SUBACCOUNT_COMMANDS } from './subaccounts.ts';
import { USER_COMMANDS } from './users.ts';

/** Words that begin the names of several commands, with what these are about. */
export const GROUPS: Groups = {
  rules: 'the rules that validations are made by',
  org: 'the organizations of an account',
  container: 'its containers (divisions), and what is assigned to them',
  user: 'its users, and service users who only hold keys',
  key: "its users' API keys",
  subaccount: 'the accounts below it',
  audit: 'the log of all that was done in it, and its proof',
  bundle: 'what a completed validation stood on, in one archive',
};

const completion = defineCommand({
  name: 'completion',
  help: 'print a script that completes commands and options in a shell',
  example: 'source <(orgvet completion bash)',
  arguments: [{ name: 'SHELL', kind: 'word', words: SHELLS, help: SHELLS.join(', ') }],
  options: {},
  run: async ({ io, arguments: { SHELL } }) =>
    printLine(io, renderCompletion(SHELL, COMMANDS, GROUPS)),
});

export const COMMANDS: readonly Command[] = [
  ...OPERATOR_COMMANDS,
  completion,
  ...RULES_COMMANDS,
  ...ORGANIZATION_COMMANDS,
  ...CONTAINER_COMMANDS,
  ...USER_COMMANDS,
  ...KEY_COMMANDS,
  ...SUBACCOUNT_COMMANDS,
  ...AUDIT_COMMANDS,
  ...BUNDLE_COMMANDS,
];
