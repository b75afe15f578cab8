/** What a key is called and limited to. */
import { NativeSelect, TextInput } from '@mantine/core';
import { KEY_RESTRICTIONS } from '@orgvet/contract';
import type { FormState } from '../../form-state.ts';
import { useTexts } from '../../texts/index.ts';

interface KeyValues extends Readonly<Record<string, string>> {
  readonly name: string;
  readonly restricted_to_role_id: string;
}

export function KeyFields({ form }: { readonly form: Pick<FormState<KeyValues>, 'field'> }) {
  const { keys: texts } = useTexts();
  return (
    <>
      <TextInput
        {...form.field('name')}
        label={texts.name}
        description={texts.name_hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="off"
        required
      />
      <NativeSelect
        {...form.field('restricted_to_role_id')}
        label={texts.restriction}
        description={texts.restriction_hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={KEY_RESTRICTIONS.map(({ id, name }) => ({ value: String(id), label: name }))}
      />
    </>
  );
}
