/**
 * `orgvet sign-in-link`: lets somebody in. The operator's way where nobody of the account can invite: for
 * its only administrator who has lost a password or a second factor, and for those who validate in a live
 * account.
 */
import { defineCommand, type OptionSpecs } from './command.ts';
import { printLine, printNote } from './output.ts';
import { DATABASE_OPTIONS, ORIGIN_OPTIONS, readLocation, readOrigin } from './serve-options.ts';

const OPTIONS = {
  account: { kind: 'id', is_required: true, help: 'the account of the user' },
  user: { kind: 'id', is_required: true, help: 'whom the link is for' },
  enrol: {
    kind: 'flag',
    help: 'to choose a password and a second factor, in the place of what there is',
  },
  ...ORIGIN_OPTIONS,
  ...DATABASE_OPTIONS,
} as const satisfies OptionSpecs;

const NOTES = {
  sign_in: 'It signs in once, within 15 minutes',
  enrolment: 'It sets a password and works once, within 72 hours',
} as const;

export const signInLink = defineCommand({
  name: 'sign-in-link',
  help: 'make a link by which a user signs in to the console once',
  example: 'orgvet sign-in-link --account 1 --user 12 --enrol --data /var/lib/orgvet',
  notes:
    'Works on the database; a server may run meanwhile. Whoever has the link is taken for the user: hand ' +
    'it over so that nobody else sees it. An earlier link for the same works no longer. Without ' +
    '--public-url it leads to a server on this machine.',
  options: OPTIONS,
  async run({ options, io }) {
    const { account: account_id, user: user_id } = options;
    const purpose = options.enrol ? 'enrolment' : 'sign_in';
    const origin = readOrigin(options, io);
    const wanted = { account_id, user_id, purpose, origin } as const;
    const database = readLocation(options, io);
    const { makeLinkForUser } = await import('@orgvet/server');
    const link = await makeLinkForUser(database, wanted);
    if (link === undefined) {
      throw new Error(
        `Account ${account_id} has no user ${user_id} who could sign in so: only active people can.`,
      );
    }
    printLine(io, link);
    printNote(io, `${NOTES[purpose]}. It is shown this once.`);
  },
});
