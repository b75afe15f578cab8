/** A new subaccount, with its first administrator and its first organization. */

import { Button, Checkbox, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { ACCOUNT_TYPES } from '@orgvet/contract';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { type FormState, useFormState } from '../../form-state.ts';
import { useChange } from '../../operations.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useUserPick } from '../../parts/user-picker.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { DetailsFields } from '../organization-form/details-fields.tsx';
import { AccountFields } from './account-fields.tsx';
import {
  type AccountType,
  detailsOf,
  nameChanges,
  planSubaccount,
  startValues,
  type Values,
} from './draft.ts';
import { BackToSubaccounts } from './subaccount.tsx';
import './subaccounts.css';

export function NewSubaccountPage() {
  const { subaccounts: texts } = useTexts();
  return (
    <Page title={texts.new_title} above={<BackToSubaccounts />}>
      <SubaccountForm />
    </Page>
  );
}

function SubaccountForm() {
  const { subaccounts: texts } = useTexts();
  const show = useToast();
  const [, navigate] = useLocation();
  const types = useTypes();
  const { mutate, error, isPending } = useChange('createSubaccount');
  const form = useFormState(startValues(types[0] ?? 'retail'), { error });
  const [grandchildren, setGrandchildren] = useState<readonly AccountType[]>([]);
  const [paysFor, setPaysFor] = useState(false);
  const manager = useUserPick({ isRequired: false });
  const send = () => {
    if (!manager.check()) {
      return;
    }
    const body = planSubaccount(form.values, {
      allowed_grandchildren: [...grandchildren],
      bill_parent: paysFor,
      ...(manager.user_id !== undefined && { account_manager_user_id: manager.user_id }),
    });
    const onSuccess = ({ id }: { id: number }) => {
      show(texts.created(form.values.organization_name));
      navigate(`/subaccounts/${id}`);
    };
    mutate({ body }, { onSuccess });
  };
  return (
    <Form error={manager.fault ?? error} onSubmit={send} className="subaccount-form">
      <Stack>
        <Panel title={texts.subaccount}>
          <Stack>
            <AccountFields form={form} types={types} manager={manager} />
            <Grandchildren types={types} chosen={grandchildren} onChange={setGrandchildren} />
            <Checkbox
              label={texts.bill_parent}
              checked={paysFor}
              onChange={({ currentTarget }) => setPaysFor(currentTarget.checked)}
            />
          </Stack>
        </Panel>
        <AdministratorFields form={form} />
        <DetailsFields
          form={{
            draft: detailsOf(form.values),
            change: (changes) => form.change(nameChanges(changes)),
            errorOf: (field) => form.field(`organization_${field}` as keyof Values).error,
          }}
        />
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

/** The types that whoever is signed in may make. */
function useTypes(): readonly AccountType[] {
  const isPermitted = usePermissions();
  return ACCOUNT_TYPES.filter((type) => isPermitted(`create_child_${type}`));
}

function Grandchildren({
  types,
  chosen,
  onChange,
}: {
  readonly types: readonly AccountType[];
  readonly chosen: readonly AccountType[];
  onChange(chosen: readonly AccountType[]): void;
}) {
  const { subaccounts: texts } = useTexts();
  return (
    <Checkbox.Group
      label={texts.grandchildren}
      value={[...chosen]}
      onChange={(values) => onChange(types.filter((type) => values.includes(type)))}
    >
      <Group mt={4}>
        {types.map((type) => (
          <Checkbox key={type} value={type} label={texts.types[type]} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

function AdministratorFields({ form }: { readonly form: FormState<Values> }) {
  const { subaccounts: texts } = useTexts();
  const field = (name: keyof Values) => ({ ...form.field(name), autoComplete: 'off' });
  return (
    <Panel title={texts.administrator}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput {...field('user_first_name')} label={texts.first_name} required />
        <TextInput {...field('user_last_name')} label={texts.last_name} required />
        <TextInput {...field('user_email')} type="email" label={texts.email} required />
        <TextInput
          {...field('user_username')}
          label={texts.username}
          description={texts.username_hint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
        <TextInput {...field('user_job_title')} label={texts.job_title} />
        <TextInput {...field('user_telephone')} type="tel" label={texts.telephone} />
      </SimpleGrid>
    </Panel>
  );
}
