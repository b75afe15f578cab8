/** What a user validates, if anything. Only in test accounts the account itself says so. */
import { Group, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useDialogState } from '../../dialog-state.ts';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Day } from '../../parts/moment.tsx';
import { OpenButton } from '../../parts/open-button.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { usePermissions, useSession } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { AppointDialog } from './appoint-dialog.tsx';
import { administersOrganizations } from './roles.ts';
import { nameOf, type User } from './user.tsx';

export type Appointment = ResponseOf<'listAppointments'>['people'][number]['appointments'][number];

export function Appointments({ user }: { readonly user: User }) {
  const { users: texts } = useTexts();
  const query = useOperation('listAppointments', {});
  return (
    <section className="panel" aria-labelledby="appointments">
      <h2 id="appointments">{texts.appointments}</h2>
      <Answer query={query}>
        {({ people }) => {
          const person = people.find(({ user_id }) => user_id === user.id);
          return <Appointed user={user} appointments={person?.appointments ?? []} />;
        }}
      </Answer>
    </section>
  );
}

interface AppointedProps {
  readonly user: User;
  readonly appointments: readonly Appointment[];
}

function Appointed({ user, appointments }: AppointedProps) {
  const texts = useTexts();
  return (
    <>
      {appointments.length === 0 ? (
        <Text size="sm" className="quiet">
          {texts.users.appointments_none}
        </Text>
      ) : (
        <DataTable
          caption={texts.users.appointments_caption(nameOf(user))}
          columns={listColumns(texts)}
          rows={appointments}
          keyOf={({ role, validation_type = '' }) => `${role} ${validation_type}`}
        />
      )}
      <Change user={user} appointments={appointments} />
    </>
  );
}

function Change({ user, appointments }: AppointedProps) {
  const { users: texts } = useTexts();
  const isPermitted = usePermissions();
  const { account } = useSession();
  const dialog = useDialogState();
  if (account.mode === 'live') {
    return (
      <Text size="sm" className="quiet">
        {texts.appointments_live}
      </Text>
    );
  }
  if (administersOrganizations(user)) {
    return (
      <Text size="sm" className="quiet">
        {texts.appointments_administers}
      </Text>
    );
  }
  if (!isPermitted('control_test_account')) {
    return null;
  }
  return (
    <>
      <Group mt="md">
        <OpenButton dialog={dialog} name="appoint" label={texts.appoint} />
      </Group>
      {dialog.isOpen('appoint') && (
        <AppointDialog user={user} appointments={appointments} onClose={dialog.close} />
      )}
    </>
  );
}

function listColumns({ users: texts, words }: Texts): Column<Appointment>[] {
  const { appointment_columns: columns } = texts;
  return [
    { key: 'role', label: columns.role, render: ({ role }) => texts.vetting_roles[role] },
    {
      key: 'type',
      label: columns.type,
      render: ({ validation_type }) =>
        validation_type === undefined ? texts.every_type : words.validation_types[validation_type],
    },
    {
      key: 'until',
      label: columns.until,
      render: ({ qualified_until, is_qualified }) => (
        <>
          <Day time={qualified_until} />{' '}
          <StatusChip tone={is_qualified ? 'good' : 'ended'}>
            {is_qualified ? texts.qualified : texts.not_qualified}
          </StatusChip>
        </>
      ),
    },
  ];
}
