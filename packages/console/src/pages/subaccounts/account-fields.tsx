/** What kind of account a subaccount is, what this account calls it, and who looks after it. */
import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { FormState } from '../../form-state.ts';
import { UserPicker, type useUserPick } from '../../parts/user-picker.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { AccountType, Values } from './draft.ts';

interface AccountFieldsProps {
  readonly form: FormState<Values>;
  /** Which ones there are to choose from. */
  readonly types: readonly AccountType[];
  /** Who looks after it. */
  readonly manager: ReturnType<typeof useUserPick>;
}

export function AccountFields({ form, types, manager }: AccountFieldsProps) {
  const { subaccounts: texts } = useTexts();
  const isPermitted = usePermissions();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <NativeSelect
        {...form.field('account_type')}
        label={texts.type}
        data={types.map((value) => ({ value, label: texts.types[value] }))}
      />
      <TextInput
        {...form.field('child_name')}
        label={texts.child_name}
        description={texts.child_name_hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="off"
      />
      {isPermitted('view_users') && (
        <UserPicker pick={manager} label={texts.manager} description={texts.manager_hint} />
      )}
    </SimpleGrid>
  );
}
