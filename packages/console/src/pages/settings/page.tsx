/** The settings of the account. */

import { Button, Checkbox, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useState } from 'react';
import { useFormState } from '../../form-state.ts';
import { useChange, useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useToast } from '../../parts/toast.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { formatDays, parseDays } from './reminder-days.ts';

type Settings = ResponseOf<'getAccountSettings'>;

const DUPLICATE_POLICIES = ['error', 'reuse'] as const;

export function SettingsPage() {
  const { settings: texts } = useTexts();
  const query = useOperation('getAccountSettings', {});
  return (
    <Page title={texts.title} actions={<CopyAsCurl name="getAccountSettings" request={{}} />}>
      <Answer query={query}>{(settings) => <SettingsForm settings={settings} />}</Answer>
    </Page>
  );
}

function SettingsForm({ settings }: { readonly settings: Settings }) {
  const { settings: texts } = useTexts();
  const show = useToast();
  const canManage = usePermissions()('manage_settings');
  const { mutate, error, isPending } = useChange('changeAccountSettings');
  const { duplicate_policy, reminder_days: days } = settings;
  const form = useFormState(
    { duplicate_policy: duplicate_policy as string, reminder_days: formatDays(days) },
    { error },
  );
  const [allowsOthers, setAllowsOthers] = useState(settings.allow_non_user_verified_contacts);
  const [fault, setFault] = useState<string>();
  const reminder_days = parseDays(form.values.reminder_days);
  const save = () => {
    setFault(reminder_days === undefined ? texts.reminder_days_invalid : undefined);
    if (reminder_days === undefined) {
      return;
    }
    const body = {
      duplicate_policy: form.values.duplicate_policy as Settings['duplicate_policy'],
      allow_non_user_verified_contacts: allowsOthers,
      reminder_days,
    };
    mutate({ body }, { onSuccess: () => show(texts.saved) });
  };
  const { error: refusal, ...daysField } = form.field('reminder_days');
  return (
    <Form error={fault ?? error} onSubmit={save}>
      <fieldset className="bare" disabled={!canManage}>
        <Stack maw="46rem">
          <Duplicates
            policy={form.values.duplicate_policy}
            onChange={(policy) => form.change({ duplicate_policy: policy })}
          />
          <Panel title={texts.contacts}>
            <Checkbox
              label={texts.allow_non_user}
              checked={allowsOthers}
              onChange={({ currentTarget }) => setAllowsOthers(currentTarget.checked)}
            />
          </Panel>
          <Panel title={texts.reminders}>
            <Text size="sm" mb="sm">
              {texts.reminders_about}
            </Text>
            <TextInput
              {...daysField}
              label={texts.reminder_days}
              description={texts.reminder_days_hint}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              autoComplete="off"
              error={reminder_days === undefined ? fault : refusal}
            />
            <Reminded days={reminder_days ?? []} texts={texts} />
          </Panel>
          <ErrorNotice error={error} fields={form.shown} />
          {canManage && (
            <div>
              <Button type="submit" loading={isPending}>
                {texts.save}
              </Button>
            </div>
          )}
        </Stack>
      </fieldset>
    </Form>
  );
}

function Duplicates({
  policy,
  onChange,
}: {
  readonly policy: string;
  onChange(policy: string): void;
}) {
  const { settings: texts } = useTexts();
  return (
    <Panel title={texts.duplicates}>
      <Radio.Group label={texts.duplicates_about} value={policy} onChange={onChange}>
        <Stack gap="xs" mt="xs">
          {DUPLICATE_POLICIES.map((value) => (
            <Radio
              key={value}
              value={value}
              label={texts.duplicate_policies[value]}
              description={texts.duplicate_policy_hints[value]}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Panel>
  );
}

/** What the numbers mean, in words. */
function Reminded({
  days,
  texts,
}: {
  readonly days: readonly number[];
  readonly texts: Texts['settings'];
}) {
  const sorted = [...new Set(days)].sort((one, other) => other - one);
  return (
    <Group gap="xs" mt="sm">
      <Text size="sm">{texts.reminded}:</Text>
      {sorted.length === 0 && <StatusChip tone="off">{texts.never}</StatusChip>}
      {sorted.map((day) => (
        <StatusChip key={day} tone="waiting">
          {describeDay(day, texts)}
        </StatusChip>
      ))}
    </Group>
  );
}

function describeDay(day: number, texts: Texts['settings']): string {
  if (day === 0) {
    return texts.at_end;
  }
  return day > 0 ? texts.before_end(day) : texts.after_end(-day);
}
