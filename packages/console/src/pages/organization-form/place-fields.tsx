/** Country and state, from the lists of the API. */
import { Button, NativeSelect } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { memo, useId } from 'react';
import { useOperation } from '../../operations.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Details } from './draft.ts';
import { type FormState, TextField } from './text-field.tsx';

type State = ResponseOf<'listStates'>['states'][number];

interface PlaceFieldProps {
  readonly form: FormState<Details>;
}

export function CountryField({ form: { draft, change, errorOf } }: PlaceFieldProps) {
  return <CountrySelect value={draft.country} error={errorOf('country')} change={change} />;
}

interface CountrySelectProps extends Pick<FormState<Details>, 'change'> {
  readonly value: string;
  readonly error: string | undefined;
}

/** Not drawn anew for every key that is pressed elsewhere: there are many countries. */
const CountrySelect = memo(function CountrySelect({ value, error, change }: CountrySelectProps) {
  const { organization_form: texts } = useTexts();
  const list = useOperation('listCountries', {});
  if (list.error !== null) {
    return <ErrorNotice error={list.error} onAgain={() => list.refetch()} />;
  }
  const countries = list.data?.countries ?? [];
  return (
    <NativeSelect
      name="country"
      label={texts.labels.country}
      required
      value={value}
      error={error}
      onChange={({ currentTarget }) => change({ country: currentTarget.value })}
      data={[
        { value: '', label: texts.country_choose },
        // What is chosen is there to be seen before the list is.
        ...(list.data === undefined && value !== '' ? [{ value, label: value }] : []),
        ...countries.map(({ code, name }) => ({ value: code, label: name })),
      ]}
    />
  );
});

const NO_STATES: readonly State[] = [];

/** Proposes the states of the country; what is none of them may stand too, and is said to be none. */
export function StateField({ form }: PlaceFieldProps) {
  const { country } = form.draft;
  const list_id = useId();
  const { data } = useOperation('listStates', { params: { country } }, { enabled: country !== '' });
  const states = (country === '' ? undefined : data?.states) ?? NO_STATES;
  return (
    <div>
      <TextField
        form={form}
        field="state"
        isRequired
        {...(states.length > 0 && { list: list_id })}
      />
      <StateList id={list_id} states={states} />
      <StateHint form={form} states={states} />
    </div>
  );
}

/** Names only, each once: divisions of several levels are called alike. */
const StateList = memo(function StateList({
  id,
  states,
}: {
  readonly id: string;
  readonly states: readonly State[];
}) {
  return (
    <datalist id={id}>
      {[...new Set(states.map(({ name }) => name))].map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
});

function StateHint({ form, states }: PlaceFieldProps & { readonly states: readonly State[] }) {
  const { organization_form: texts } = useTexts();
  const { country, state } = form.draft;
  const typed = state.trim().toUpperCase();
  const isKnown = states.some(({ name }) => name.toUpperCase() === typed);
  if (states.length === 0 || typed === '' || isKnown) {
    return null;
  }
  const meant = states.find(({ code }) => code === typed || code === `${country}-${typed}`);
  return meant === undefined ? (
    <p className="quiet field-hint">{texts.state_unknown}</p>
  ) : (
    <Button
      variant="subtle"
      size="compact-sm"
      className="field-hint"
      onClick={() => form.change({ state: meant.name })}
    >
      {texts.state_in_full(meant.name)}
    </Button>
  );
}
