/** Which change of rules is asked about: one that the server knows, or rules that somebody proposes. */
import { NativeSelect, Stack, Text, Title } from '@mantine/core';
import { type ListState, useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { formatCalendarDay } from '../../parts/calendar-day.tsx';
import { useTexts } from '../../texts/index.ts';
import { ImpactResult } from './impact-result.tsx';
import { OwnRules } from './own-rules.tsx';

/** Stands in the URL for rules of somebody's own; those themselves do not. */
const OWN = 'own';

export function Impact() {
  const { expiring: texts } = useTexts();
  const state = useListState();
  const change = state.get('change');
  return (
    <Stack component="section" gap="sm" aria-labelledby="impact">
      <Title order={2} size="h4" id="impact">
        {texts.impact}
      </Title>
      <Text maw="44rem">{texts.impact_text}</Text>
      <ChangeChoice state={state} />
      {change === OWN && <OwnRules />}
      {change !== '' && change !== OWN && <KnownChange change={change} />}
    </Stack>
  );
}

function KnownChange({ change }: { readonly change: string }) {
  return <ImpactResult query={useOperation('compareRules', { body: { change } })} />;
}

function ChangeChoice({ state }: { readonly state: ListState }) {
  const { expiring: texts, language } = useTexts();
  const { data } = useOperation('listRules', {});
  const change = state.get('change');
  const known = data?.change_days ?? [];
  // Until the rules are here, and for a day of an address that is none of theirs.
  const days =
    change === '' || change === OWN || known.includes(change) ? known : [change, ...known];
  return (
    <NativeSelect
      label={texts.change}
      w={{ base: '100%', sm: '24rem' }}
      value={change}
      onChange={({ currentTarget }) => state.set({ change: currentTarget.value })}
      data={[
        { value: '', label: texts.change_none },
        ...days.map((day) => ({
          value: day,
          label: texts.change_of(formatDay(language, day)),
        })),
        { value: OWN, label: texts.change_own },
      ]}
    />
  );
}

/** An address may have anything for a day; the server says what is wrong with it. */
function formatDay(language: string, day: string): string {
  return Number.isNaN(Date.parse(day)) ? day : formatCalendarDay(language, day);
}
