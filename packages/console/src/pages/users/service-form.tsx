/** The form for a new service user: a program, with the key that it uses. */
import { Button, Fieldset, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { KEY_RESTRICTIONS } from '@orgvet/contract';
import { useState } from 'react';
import { useFormState } from '../../form-state.ts';
import { useChange } from '../../operations.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import type { Choice } from '../../parts/picker.tsx';
import { useTexts } from '../../texts/index.ts';
import { Divisions } from './person-form.tsx';

const EMPTY = { api_name: '', email: '', restricted_to_role_id: '0' };

interface ServiceFormProps {
  onCreated(created: {
    readonly id: number;
    readonly name: string;
    readonly api_key: string;
  }): void;
}

export function ServiceForm({ onCreated }: ServiceFormProps) {
  const { users: texts } = useTexts();
  const { mutateAsync, error, isPending } = useChange('createUser');
  const form = useFormState(EMPTY, { error });
  const [divisions, setDivisions] = useState<readonly Choice[]>([]);
  const send = () => {
    const { api_name, email, restricted_to_role_id } = form.values;
    const body = {
      is_api_only: true,
      api_name,
      email,
      restricted_to_role_id: Number(restricted_to_role_id),
      ...(divisions.length > 0 && { container_id_assignments: divisions.map(({ id }) => `${id}`) }),
    };
    // Shown whatever became of this form meanwhile; a refusal is in `error`.
    mutateAsync({ body }).then(
      ({ id, api_key = '' }) => onCreated({ id, name: api_name, api_key }),
      () => undefined,
    );
  };
  return (
    <Form error={error} onSubmit={send}>
      <Stack>
        <Fieldset legend={texts.kind_service}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              {...form.field('api_name')}
              label={texts.api_name}
              description={texts.api_name_hint}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              autoComplete="off"
              required
            />
            <TextInput
              {...form.field('email')}
              type="email"
              label={texts.email}
              description={texts.email_service_hint}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              autoComplete="off"
              required
            />
            <NativeSelect
              {...form.field('restricted_to_role_id')}
              label={texts.restriction}
              data={KEY_RESTRICTIONS.map(({ id, name }) => ({ value: String(id), label: name }))}
            />
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend={texts.access}>
          <Divisions divisions={divisions} onChange={setDivisions} />
        </Fieldset>
        <ErrorNotice error={error} fields={form.shown} />
        <div>
          <Button type="submit" loading={isPending}>
            {texts.submit}
          </Button>
        </div>
      </Stack>
    </Form>
  );
}
