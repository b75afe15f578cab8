/** What people are asked about a user: the same for a new one and for one who is changed. */
import { SimpleGrid, TextInput } from '@mantine/core';
import type { FormState } from '../../form-state.ts';
import { useTexts } from '../../texts/index.ts';

export const NO_PERSON = {
  first_name: '',
  last_name: '',
  email: '',
  username: '',
  job_title: '',
  telephone: '',
};

export type Person = typeof NO_PERSON;

export function PersonFields({ form }: { readonly form: Pick<FormState<Person>, 'field'> }) {
  const { users: texts } = useTexts();
  // It is about somebody else than whoever types: what the browser knows of them is wrong here.
  const field = (name: keyof Person) => ({ ...form.field(name), autoComplete: 'off' });
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TextInput {...field('first_name')} label={texts.first_name} required />
      <TextInput {...field('last_name')} label={texts.last_name} required />
      <TextInput {...field('email')} type="email" label={texts.email} required />
      <TextInput
        {...field('username')}
        label={texts.username}
        description={texts.username_hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        required
      />
      <TextInput
        {...field('job_title')}
        label={texts.job_title}
        description={texts.approver_hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      <TextInput
        {...field('telephone')}
        type="tel"
        label={texts.telephone}
        description={texts.approver_hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
    </SimpleGrid>
  );
}
