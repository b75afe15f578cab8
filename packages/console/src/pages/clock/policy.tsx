/** What becomes of validations that are submitted: people work on them, or they are decided by themselves. */

import {
  Button,
  Group,
  NativeSelect,
  Radio,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { formatDuration, parseDuration, UNITS, type Unit } from '../../durations.ts';
import { useFormState } from '../../form-state.ts';
import { useChange, useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useToast } from '../../parts/toast.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';

type OutcomePolicy = ResponseOf<'getOutcomePolicy'>;

const POLICIES = ['manual', 'approve', 'reject'] as const;

export function Policy() {
  const { clock: texts } = useTexts();
  const isPermitted = usePermissions();
  const query = useOperation('getOutcomePolicy', {});
  return (
    <Panel title={texts.policy} title_id="policy">
      <Text size="sm" className="quiet" mb="sm">
        {texts.policy_about}
      </Text>
      <Answer query={query}>
        {(policy) =>
          isPermitted('control_test_account') ? (
            <PolicyForm policy={policy} />
          ) : (
            texts.policies[policy.policy]
          )
        }
      </Answer>
    </Panel>
  );
}

function PolicyForm({ policy }: { readonly policy: OutcomePolicy }) {
  const { clock: texts } = useTexts();
  const show = useToast();
  const { mutate, error, isPending } = useChange('changeOutcomePolicy');
  const { amount, unit } = parseDuration(policy.after ?? '');
  const form = useFormState(
    { policy: policy.policy, after: String(amount), unit, reason: policy.reason ?? '' } as Values,
    { error },
  );
  const chosen = form.values.policy;
  const save = () =>
    mutate({ body: planPolicy(form.values) }, { onSuccess: () => show(texts.saved) });
  return (
    <Form error={error} onSubmit={save}>
      <Stack>
        <Radio.Group
          aria-labelledby="policy"
          value={chosen}
          onChange={(value) => form.change({ policy: value })}
        >
          <Stack gap="xs">
            {POLICIES.map((value) => (
              <Radio
                key={value}
                value={value}
                label={texts.policies[value]}
                description={texts.policy_hints[value]}
              />
            ))}
          </Stack>
        </Radio.Group>
        {chosen !== 'manual' && (
          <Group align="start" gap="sm">
            <TextInput
              {...form.field('after')}
              type="number"
              min={0}
              label={texts.after}
              description={texts.after_hint}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              w="16rem"
            />
            <NativeSelect
              {...form.field('unit')}
              label={texts.unit}
              data={UNITS.map((value) => ({ value, label: texts.units[value] }))}
            />
          </Group>
        )}
        {chosen === 'reject' && (
          <Textarea {...form.field('reason')} label={texts.reason} required maw="36rem" />
        )}
        <ErrorNotice error={error} fields={form.shown} />
        <div>
          <Button type="submit" loading={isPending}>
            {texts.save}
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

interface Values extends Readonly<Record<string, string>> {
  readonly policy: string;
  readonly after: string;
  readonly unit: string;
  readonly reason: string;
}

/** Only what counts with a policy is sent with it. */
function planPolicy({ policy, after, unit, reason }: Values): OutcomePolicy {
  return {
    policy: policy as OutcomePolicy['policy'],
    ...(policy !== 'manual' &&
      Number(after) !== 0 && { after: formatDuration(after, unit as Unit) }),
    ...(policy === 'reject' && { reason }),
  };
}
