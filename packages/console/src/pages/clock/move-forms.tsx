/** Two ways to say where the clock goes: how far, and up to when. */

import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { localOf, momentOf } from '../../days.ts';
import { formatDuration, UNITS, type Unit } from '../../durations.ts';
import { useFormState } from '../../form-state.ts';
import type { useChange } from '../../operations.ts';
import { Form } from '../../parts/form.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useTexts } from '../../texts/index.ts';

type Move = ReturnType<typeof useChange<'moveClock'>>;

/** The codes of refusals that the forms show at their fields. */
export const SHOWN = ['advance', 'now', 'clock_goes_forward'];

/** A day, a month, a quarter, and just past the longest that a validation serves. */
const USUAL_DAYS = [1, 30, 90, 398];

const DAY_MS = 86_400_000;

export function MoveBy({ move: { mutate, error, isPending } }: { readonly move: Move }) {
  const { language, clock: texts } = useTexts();
  const form = useFormState({ advance: '1', unit: 'days' }, { error });
  const { advance, unit } = form.values;
  const days = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'day',
    unitDisplay: 'long',
    signDisplay: 'always',
  });
  const moveBy = (amount: string, by: Unit) =>
    mutate({ body: { advance: formatDuration(amount, by) } });
  return (
    <Panel title={texts.move_by}>
      <Form error={error} onSubmit={() => moveBy(advance, unit as Unit)}>
        <Group align="start" gap="sm">
          <TextInput
            {...form.field('advance')}
            type="number"
            min={0}
            label={texts.amount}
            w="7rem"
          />
          <NativeSelect
            {...form.field('unit')}
            label={texts.unit}
            data={UNITS.map((value) => ({ value, label: texts.units[value] }))}
          />
          <Button type="submit" mt={{ base: 0, sm: '1.55rem' }} loading={isPending}>
            {texts.move}
          </Button>
        </Group>
      </Form>
      <Group gap="xs" mt="md">
        {USUAL_DAYS.map((amount) => (
          <Button
            key={amount}
            variant="default"
            size="compact-sm"
            disabled={isPending}
            onClick={() => moveBy(String(amount), 'days')}
          >
            {days.format(amount)}
          </Button>
        ))}
      </Group>
    </Panel>
  );
}

export function MoveTo({
  move: { mutate, error, isPending },
  now,
}: {
  readonly move: Move;
  /** What the clock shows. */
  readonly now: string;
}) {
  const { clock: texts } = useTexts();
  const now_ms = Date.parse(now);
  const form = useFormState(
    { now: localOf(now_ms + DAY_MS) },
    { error, codes: { clock_goes_forward: 'now' } },
  );
  return (
    <Panel title={texts.move_to}>
      <Form error={error} onSubmit={() => mutate({ body: { now: momentOf(form.values.now) } })}>
        <Group align="start" gap="sm">
          <TextInput
            {...form.field('now')}
            type="datetime-local"
            label={texts.date}
            description={texts.date_hint}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={localOf(now_ms)}
          />
          <Button type="submit" mt={{ base: 0, sm: '1.55rem' }} loading={isPending}>
            {texts.move}
          </Button>
        </Group>
      </Form>
    </Panel>
  );
}
