/** The form for a new user who signs in. */
import { Button, Checkbox, Fieldset, NativeSelect, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useFormState } from '../../form-state.ts';
import { useChange } from '../../operations.ts';
import { AssignmentEditor } from '../../parts/assignment-editor.tsx';
import { useDivisionChoices } from '../../parts/choices.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import type { Choice } from '../../parts/picker.tsx';
import { useTexts } from '../../texts/index.ts';
import { NO_PERSON, PersonFields } from './person-fields.tsx';
import { ROLE_DEFAULT, useRoles } from './roles.ts';

const EMPTY = { ...NO_PERSON, role: ROLE_DEFAULT };

/** A user who was made. */
export interface CreatedUser {
  readonly id: number;
  readonly name: string;
}

export function PersonForm({ onCreated }: { onCreated(user: CreatedUser): void }) {
  const { users: texts } = useTexts();
  const { mutate, error, isPending } = useChange('createUser');
  const form = useFormState(EMPTY, { error, codes: { username_taken: 'username' } });
  const [isSamlOnly, setSamlOnly] = useState(false);
  const [divisions, setDivisions] = useState<readonly Choice[]>([]);
  const { role, ...person } = form.values;
  const send = () => {
    const body = {
      ...person,
      access_roles: [{ id: Number(role) }],
      is_saml_sso_only: isSamlOnly,
      // Nobody who is limited themselves may make somebody who is not: then nothing is said of it.
      ...(divisions.length > 0 && { container_id_assignments: divisions.map(({ id }) => `${id}`) }),
    };
    const name = `${person.first_name} ${person.last_name}`;
    mutate({ body }, { onSuccess: ({ id }) => onCreated({ id, name }) });
  };
  return (
    <Form error={error} onSubmit={send}>
      <Stack>
        <Fieldset legend={texts.person}>
          <PersonFields form={form} />
        </Fieldset>
        <Fieldset legend={texts.access}>
          <Stack>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <NativeSelect {...form.field('role')} label={texts.role} data={[...useRoles()]} />
            </SimpleGrid>
            <Divisions divisions={divisions} onChange={setDivisions} />
            <Checkbox
              label={texts.is_saml_sso_only}
              checked={isSamlOnly}
              onChange={({ currentTarget }) => setSamlOnly(currentTarget.checked)}
            />
          </Stack>
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

/** The divisions that a new user is limited to. */
export function Divisions({
  divisions,
  onChange,
}: {
  readonly divisions: readonly Choice[];
  onChange(divisions: readonly Choice[]): void;
}) {
  const { users: texts } = useTexts();
  const [typed, setTyped] = useState('');
  const found = useDivisionChoices(typed);
  return (
    <div>
      <Text size="sm" className="quiet" mb={4}>
        {texts.limit_to_hint}
      </Text>
      <AssignmentEditor
        label={texts.limit_to}
        empty={texts.divisions_empty}
        items={divisions}
        typed={typed}
        found={found}
        onType={setTyped}
        onChange={onChange}
      />
    </div>
  );
}
