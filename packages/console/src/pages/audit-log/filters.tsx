/** Which entries: by action, by who did it, by what it was done to. */
import { Anchor, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useId, useState } from 'react';
import { Link } from 'wouter';
import type { ListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { FILTERS } from './query.ts';

/** After the last key. */
const TYPING_PAUSE_MS = 250;

/** People who are suggested. */
const PEOPLE_MAX = 200;

interface FiltersProps {
  readonly state: ListState;
}

export function Filters({ state }: FiltersProps) {
  const { audit_log: texts, events } = useTexts();
  return (
    <search aria-label={texts.filters}>
      <Group align="end" gap="sm">
        <Words
          state={state}
          name="action"
          label={texts.action}
          all={texts.action_all}
          words={events.actions}
        />
        <Actor state={state} />
        <Words
          state={state}
          name="object_type"
          label={texts.object_type}
          all={texts.object_type_all}
          words={events.object_types}
        />
        <Id state={state} name="object_id" label={texts.object_id} />
        {FILTERS.some((name) => state.get(name) !== '') && (
          <Anchor component={Link} href="/audit-log" size="sm" pb={8}>
            {texts.clear}
          </Anchor>
        )}
      </Group>
    </search>
  );
}

interface FilterProps extends FiltersProps {
  readonly name: (typeof FILTERS)[number];
  readonly label: string;
}

function Words({
  state,
  name,
  label,
  all,
  words,
}: FilterProps & {
  readonly all: string;
  readonly words: Readonly<Record<string, string>>;
}) {
  const asked = state.get(name);
  const known = Object.entries(words)
    .map(([value, text]) => ({ value, label: text }))
    .sort((one, other) => one.label.localeCompare(other.label));
  // An address may ask for a word that this version does not know.
  const others = asked === '' || Object.hasOwn(words, asked) ? [] : [asked];
  return (
    <NativeSelect
      label={label}
      value={asked}
      onChange={({ currentTarget }) => state.set({ [name]: currentTarget.value, before: '' })}
      data={[{ value: '', label: all }, ...known, ...others]}
    />
  );
}

function Actor({ state }: FiltersProps) {
  const { audit_log: texts } = useTexts();
  const list_id = useId();
  const isPermitted = usePermissions()('view_users');
  const { data } = useOperation(
    'listUsers',
    { query: { limit: PEOPLE_MAX, sort: 'last_name', without_container: true } },
    { enabled: isPermitted },
  );
  return (
    <>
      <Id state={state} name="actor" label={texts.actor} list={list_id} />
      <datalist id={list_id}>
        <option value="0" label={texts.nobody} />
        {data?.users.map(({ id, first_name, last_name }) => (
          <option key={id} value={id} label={`${first_name} ${last_name}`} />
        ))}
      </datalist>
    </>
  );
}

/** A whole number, asked for while it is typed. */
function Id({ state, name, label, list }: FilterProps & { readonly list?: string }) {
  const { audit_log: texts } = useTexts();
  const asked = state.get(name);
  const [typed, setTyped] = useState(asked);
  const ask = useDebouncedCallback(
    (text: string) => state.replace({ [name]: text, before: '' }),
    TYPING_PAUSE_MS,
  );
  useEffect(() => setTyped(asked), [asked]);
  return (
    <TextInput
      label={label}
      inputMode="numeric"
      autoComplete="off"
      w="10rem"
      {...(list !== undefined && { list })}
      value={typed}
      error={/^\d*$/.test(typed) ? undefined : texts.not_a_number}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        ask(currentTarget.value);
      }}
    />
  );
}
