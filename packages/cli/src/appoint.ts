/**
 * `orgvet appoint`: the people who validate. The operator appoints them, also in live accounts, where
 * nobody else does or makes their keys.
 */
import type { AppointmentList, ValidationTypeName, VettingRole } from '@orgvet/contract';
import { VALIDATION_TYPE_NAMES, VETTING_ROLES } from '@orgvet/contract/words';
import type { OperatorApi } from '@orgvet/server';
import {
  type Call,
  defineCommand,
  type OptionSpecs,
  type OptionValues,
  UsageError,
} from './command.ts';
import { JSON_OPTION, type ListColumn, printKey, printList, printNote } from './output.ts';
import { DATABASE_OPTIONS, readLocation } from './serve-options.ts';

const OPTIONS = {
  account: { kind: 'id', is_required: true, help: 'the account of the user' },
  role: { kind: 'word', words: VETTING_ROLES, help: 'what the user does from now on' },
  type: {
    kind: 'text',
    value: 'TYPE,TYPE…',
    help: `the types, of ${VALIDATION_TYPE_NAMES.join(', ')}; none for an auditor`,
  },
  until: {
    kind: 'text',
    value: 'DAY',
    help: 'the last day of the qualification, in UTC, as 2027-06-30',
  },
  none: { kind: 'flag', help: 'take all appointments away' },
  key: { kind: 'text', value: 'NAME', help: 'make a key of this name for the user and print it' },
  ...JSON_OPTION,
  ...DATABASE_OPTIONS,
} as const satisfies OptionSpecs;

type Options = OptionValues<typeof OPTIONS>;
type Person = AppointmentList['people'][number];

/** An appointment as requests have it. */
interface Appointment {
  readonly role: VettingRole;
  readonly validation_type?: ValidationTypeName;
  readonly qualified_until: string;
}

export const appoint = defineCommand({
  name: 'appoint',
  help: 'say who validates what until when, or list it',
  example:
    'orgvet appoint 184 --account 1 --role specialist --type ov,ev --until 2027-06-30 --data /var/lib/orgvet',
  notes:
    'Replaces what the user had in that role; other roles stay. Without --role, --none and --key it lists ' +
    'the people who validate, or the user. Administrators and managers cannot be appointed. In a live ' +
    'account the first appointment of a user revokes the keys that the account made: give a new one ' +
    'with --key.',
  arguments: [{ name: 'USER', kind: 'id', is_optional: true, help: 'the user' }],
  options: OPTIONS,
  async run({ options, io, arguments: { USER } }) {
    const planned = planAppointments(options);
    const isListing = planned === undefined && options.key === undefined;
    if (USER === undefined && !isListing) {
      throw new UsageError('USER is missing: the user.');
    }
    const database = readLocation(options, io);
    const { withOperatorApi } = await import('@orgvet/server');
    await withOperatorApi(database, options.account, async (api) => {
      if (USER === undefined || isListing) {
        return await printPeople({ options, io }, await listPeople(api, USER));
      }
      if (planned !== undefined) {
        const appointments = await mergeAppointments(api, USER, planned);
        await api.call('changeAppointments', { params: { user_id: USER }, body: { appointments } });
        printNote(io, `User ${USER} ${describeAll(appointments)}.`);
      }
      if (options.key !== undefined) {
        const request = { params: { user_id: USER }, body: { name: options.key } };
        printKey({ options, io }, await api.call('createApiKey', request), 'Key');
      }
    });
  },
});

/** @returns undefined where nothing is to change; none where all is to be taken away */
function planAppointments({ role, type, until, none, key }: Options): Appointment[] | undefined {
  if (none) {
    if ([role, type, until, key].some((value) => value !== undefined)) {
      throw new UsageError('--none takes all appointments away: give no other of them with it.');
    }
    return [];
  }
  if (role === undefined) {
    if (type !== undefined || until !== undefined) {
      throw new UsageError(`--role ${VETTING_ROLES.join('|')} is missing.`);
    }
    return undefined;
  }
  if (until === undefined) {
    throw new UsageError('--until DAY is missing: the last day of the qualification.');
  }
  const known = VETTING_ROLES.find((one) => one === role) as VettingRole;
  const qualified_until = endOf(until);
  if ((known === 'auditor') !== (type === undefined)) {
    throw new UsageError('Give --type for a specialist or reviewer, and none for an auditor.');
  }
  return type === undefined
    ? [{ role: known, qualified_until }]
    : readTypes(type).map((validation_type) => ({ role: known, validation_type, qualified_until }));
}

function readTypes(text: string): ValidationTypeName[] {
  return [...new Set(text.split(','))].map((word) => {
    const type = VALIDATION_TYPE_NAMES.find((known) => known === word);
    if (type === undefined) {
      throw new UsageError(`--type must be of ${VALIDATION_TYPE_NAMES.join(', ')}, not ${word}.`);
    }
    return type;
  });
}

const DAY_MS = 86_400_000;

/** The moment at which a day is over. */
function endOf(day: string): string {
  const begin_ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : Number.NaN;
  if (Number.isNaN(begin_ms) || new Date(begin_ms).toISOString().slice(0, 10) !== day) {
    throw new UsageError(`--until must be a day as 2027-06-30, not ${day}.`);
  }
  return new Date(begin_ms + DAY_MS).toISOString();
}

/** What somebody has from now on: what is planned, and all in other roles. */
async function mergeAppointments(
  api: OperatorApi,
  user_id: number,
  planned: readonly Appointment[],
): Promise<Appointment[]> {
  const [first] = planned;
  const people = first === undefined ? [] : await listPeople(api, user_id);
  const kept = people
    .flatMap(({ appointments }) => appointments)
    .filter(({ role }) => role !== first?.role)
    .map(({ role, validation_type, qualified_until }) => ({
      role,
      ...(validation_type !== undefined && { validation_type }),
      qualified_until,
    }));
  return [...kept, ...planned];
}

async function listPeople(api: OperatorApi, user_id: number | undefined): Promise<Person[]> {
  const { people } = await api.call('listAppointments', {});
  return people.filter((person) => user_id === undefined || person.user_id === user_id);
}

type Row = Person & { readonly appointment: Person['appointments'][number] };

const COLUMNS: readonly ListColumn<Row>[] = [
  { title: 'USER ID', align: 'right', is_whole: true, cell: ({ user_id }) => user_id },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'ROLE', cell: ({ appointment }) => appointment.role },
  { title: 'TYPE', cell: ({ appointment }) => appointment.validation_type },
  { title: 'UNTIL', is_whole: true, cell: ({ appointment }) => appointment.qualified_until },
  { title: 'QUALIFIED', cell: ({ appointment }) => (appointment.is_qualified ? 'yes' : 'no') },
];

async function printPeople(
  { options, io }: Pick<Call<Options>, 'options' | 'io'>,
  people: readonly Person[],
): Promise<void> {
  const rows = people.flatMap((person) =>
    person.appointments.map((appointment) => ({ ...person, appointment })),
  );
  await printList(
    { options: { json: options.json, csv: undefined }, io },
    { people },
    rows,
    COLUMNS,
  );
}

function describeAll(appointments: readonly Appointment[]): string {
  const words = appointments.map(({ role, validation_type = '' }) =>
    `${role} ${validation_type}`.trim(),
  );
  return words.length === 0 ? 'is appointed for nothing any more' : `is ${words.join(', ')}`;
}
