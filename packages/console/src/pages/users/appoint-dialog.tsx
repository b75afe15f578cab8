/** Says all that a user of a test account validates from now on. */
import { Checkbox, Fieldset, Group, Stack, TextInput } from '@mantine/core';
import { type RequestOf, VALIDATION_TYPE_NAMES } from '@orgvet/contract';
import { useState } from 'react';
import { dayOf, endOfDay } from '../../days.ts';
import { useFormState } from '../../form-state.ts';
import { useChange } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { FormButtons } from '../../parts/form-buttons.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useSession } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { Appointment } from './appointments.tsx';
import { nameOf, type User } from './user.tsx';

/** How long somebody is qualified unless another day is chosen. */
const QUALIFIED_DAYS = 365;
const DAY_MS = 86_400_000;

type Given = RequestOf<'changeAppointments'>['body']['appointments'][number];
type Role = Given['role'];
type ValidationType = NonNullable<Given['validation_type']>;

interface AppointDialogProps {
  readonly user: User;
  readonly appointments: readonly Appointment[];
  onClose(): void;
}

export function AppointDialog({ user, appointments, onClose }: AppointDialogProps) {
  const { users: texts } = useTexts();
  const show = useToast();
  const { now } = useSession();
  const { mutate, error, isPending } = useChange('changeAppointments');
  const [ticked, setTicked] = useState(() => appointments.map(keyOf));
  const form = useFormState(
    { appointments_qualified_until: findDay(appointments, now) },
    { error },
  );
  const save = () =>
    mutate(
      {
        params: { user_id: user.id },
        body: { appointments: planAppointments(ticked, form.values.appointments_qualified_until) },
      },
      {
        onSuccess: () => {
          show(texts.appointed);
          onClose();
        },
      },
    );
  return (
    <Dialog title={texts.appoint_title(nameOf(user))} onClose={onClose}>
      <Form error={error} onSubmit={save}>
        <Stack>
          <TypesOf vettingRole="specialist" ticked={ticked} onChange={setTicked} />
          <TypesOf vettingRole="reviewer" ticked={ticked} onChange={setTicked} />
          <Checkbox
            label={texts.vetting_roles.auditor}
            description={texts.vetting_role_hints.auditor}
            checked={ticked.includes('auditor')}
            onChange={() => setTicked(toggle(ticked, 'auditor'))}
          />
          <TextInput
            {...form.field('appointments_qualified_until')}
            type="date"
            label={texts.appoint_until}
            description={texts.appoint_until_hint}
            maw="14rem"
          />
          <ErrorNotice error={error} fields={form.shown} />
          <FormButtons isBusy={isPending} onCancel={onClose} />
        </Stack>
      </Form>
    </Dialog>
  );
}

/** Everything of one role, type by type. */
function TypesOf({
  vettingRole: role,
  ticked,
  onChange,
}: {
  readonly vettingRole: Role;
  readonly ticked: readonly string[];
  onChange(ticked: string[]): void;
}) {
  const { users: texts, words } = useTexts();
  return (
    <Fieldset legend={texts.vetting_roles[role]}>
      <p className="hint">{texts.vetting_role_hints[role]}</p>
      <Group gap="md">
        {VALIDATION_TYPE_NAMES.map((validation_type) => {
          const key = keyOf({ role, validation_type });
          return (
            <Checkbox
              key={key}
              label={words.validation_types[validation_type]}
              checked={ticked.includes(key)}
              onChange={() => onChange(toggle(ticked, key))}
            />
          );
        })}
      </Group>
    </Fieldset>
  );
}

function keyOf({ role, validation_type }: Pick<Given, 'role' | 'validation_type'>): string {
  return validation_type === undefined ? role : `${role} ${validation_type}`;
}

function toggle(all: readonly string[], one: string): string[] {
  return all.includes(one) ? all.filter((other) => other !== one) : [...all, one];
}

function planAppointments(ticked: readonly string[], day: string): Given[] {
  return ticked.map((key) => {
    const [role, validation_type] = key.split(' ') as [Role, ValidationType?];
    return {
      role,
      ...(validation_type && { validation_type }),
      qualified_until: endOfDay(day),
    };
  });
}

/** The latest day that is there already, else one that is some time ahead by the account's clock. */
function findDay(appointments: readonly Appointment[], now: string | undefined): string {
  const ends_ms = appointments.map(({ qualified_until }) => Date.parse(qualified_until));
  const now_ms = now === undefined ? Date.now() : Date.parse(now);
  return dayOf(ends_ms.length === 0 ? now_ms + QUALIFIED_DAYS * DAY_MS : Math.max(...ends_ms));
}
