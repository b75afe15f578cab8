/** What to submit a new organization for, as far as nobody has to be named for it. */

import { Checkbox, Stack } from '@mantine/core';
import { useOperation } from '../../operations.ts';
import { Panel } from '../../parts/panel.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Draft, ValidationTypeName } from './draft.ts';
import type { FormState } from './text-field.tsx';

export function ValidationChoice({ form }: { readonly form: FormState<Draft> }) {
  const { organization_form: texts } = useTexts();
  const { data } = useOperation('listValidationTypes', {});
  const types = data?.validation_types ?? [];
  const { validations } = form.draft;
  const choose = (type: ValidationTypeName, isChosen: boolean) =>
    form.change({
      validations: isChosen ? [...validations, type] : validations.filter((one) => one !== type),
    });
  return (
    <Panel title={texts.validations} title_id="validations-heading">
      <fieldset className="choices" aria-labelledby="validations-heading">
        <Stack gap="xs">
          {types
            .filter(({ requires_user }) => !requires_user)
            .map(({ type, name, description }) => (
              <Checkbox
                key={type}
                label={texts.validation_type(name, description)}
                checked={validations.includes(type)}
                onChange={({ currentTarget }) => choose(type, currentTarget.checked)}
              />
            ))}
        </Stack>
      </fieldset>
      <p className="quiet field-note">
        {texts.validations_with_contact(
          types
            .filter(({ requires_user }) => requires_user)
            .map(({ name }) => name)
            .join(', '),
        )}
      </p>
    </Panel>
  );
}
