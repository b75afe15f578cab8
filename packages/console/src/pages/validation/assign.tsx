/** Who works on a validation: a person who is qualified for it, or nobody. */
import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { useChange, useOperation } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { useToast } from '../../parts/toast.tsx';
import { describeError } from '../../problems.ts';
import { useSession } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { ValidationPlace } from './types.ts';

/** Assigns a validation to whoever is signed in, and says so. */
export function useAssignToMe(): (place: ValidationPlace) => void {
  const texts = useTexts();
  const { user } = useSession();
  const show = useToast();
  const { mutate } = useChange('assignValidation');
  return ({ organization_id, organization_name, type }) =>
    mutate(
      { params: { organization_id, validation_type: type }, body: { user_id: user.id } },
      {
        onSuccess: () => {
          const name = texts.words.validation_types[type];
          show(texts.queue.assigned_to_you(organization_name, name));
        },
        onError: (error) => show(describeError(error, texts).join(' ')),
      },
    );
}

interface AssignDialogProps {
  readonly place: ValidationPlace;
  /** Whose it is; 0 for nobody's. */
  readonly assignee_id: number;
  onClose(): void;
}

export function AssignDialog({ place, assignee_id, onClose }: AssignDialogProps) {
  const { queue: texts, parts, words } = useTexts();
  const show = useToast();
  const [user_id, setUserId] = useState(assignee_id);
  const people = useQualifiedPeople(place.type);
  const { mutate, isPending, error } = useChange('assignValidation');
  const names = [place.organization_name, words.validation_types[place.type]] as const;
  const assign = () =>
    mutate(
      {
        params: { organization_id: place.organization_id, validation_type: place.type },
        body: user_id === 0 ? {} : { user_id },
      },
      {
        onSuccess: () => {
          const person = people.find(({ id }) => id === user_id);
          show(
            person === undefined
              ? texts.assigned_to_nobody(...names)
              : texts.assigned_to(...names, person.name),
          );
          onClose();
        },
      },
    );
  return (
    <Dialog title={texts.assign_of(...names)} onClose={onClose}>
      <Form error={error} onSubmit={assign}>
        <Stack>
          <NativeSelect
            label={texts.assignee}
            description={texts.assign_note}
            value={user_id}
            onChange={({ currentTarget }) => setUserId(Number(currentTarget.value))}
            data={[
              { value: '0', label: texts.nobody },
              ...people.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <ErrorNotice error={error} />
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              {parts.cancel}
            </Button>
            <Button type="submit" loading={isPending}>
              {texts.assign}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Dialog>
  );
}

/** The people who may be given a validation of a type. */
function useQualifiedPeople(type: ValidationPlace['type']): { id: number; name: string }[] {
  const { queue: texts } = useTexts();
  const { user } = useSession();
  const { data } = useOperation('listAppointments', {});
  const qualified = (data?.people ?? []).filter(({ appointments }) =>
    appointments.some(
      ({ role, validation_type, is_qualified }) =>
        role === 'specialist' && validation_type === type && is_qualified,
    ),
  );
  return qualified.map(({ user_id, name }) => ({
    id: user_id,
    name: user_id === user.id ? texts.me(name) : name,
  }));
}
