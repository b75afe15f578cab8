/** The details of an organization: what it is called, and where it is. */

import { countCharacters } from '../../parts/counted-input.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Details } from './draft.ts';
import { NAMES_LIMIT } from './limits.ts';
import { CountryField, StateField } from './place-fields.tsx';
import { type FormState, TextField } from './text-field.tsx';

export function DetailsFields({ form }: { readonly form: FormState<Details> }) {
  const { organization_form: texts } = useTexts();
  return (
    <Panel title={texts.details}>
      <div className="fields">
        <NameFields form={form} />
        <CountryField form={form} />
        <StateField form={form} />
        <TextField form={form} field="address" isRequired />
        <TextField form={form} field="address2" />
        <TextField form={form} field="city" isRequired />
        <TextField form={form} field="zip" isRequired />
        <TextField form={form} field="telephone" type="tel" isRequired />
      </div>
    </Panel>
  );
}

/** One limit for both names where both are given: a certificate shows them together. */
function NameFields({ form }: { readonly form: FormState<Details> }) {
  const { organization_form: texts } = useTexts();
  const { name, assumed_name } = form.draft;
  const isTogether = assumed_name.trim() !== '';
  const limit = isTogether
    ? {
        length_max: NAMES_LIMIT,
        length: countCharacters(name) + countCharacters(assumed_name),
      }
    : {};
  return (
    <>
      <TextField form={form} field="name" isRequired {...limit} />
      <TextField form={form} field="assumed_name" {...limit} />
      <p className="quiet field-note">
        {isTogether ? texts.names_counted_together : texts.names_would_count(NAMES_LIMIT)}
      </p>
    </>
  );
}
