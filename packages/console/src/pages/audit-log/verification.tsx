/** Whether the log is intact: how far that is known, and in the end what it comes to. */

import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyText } from '../../parts/copy-text.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Panel } from '../../parts/panel.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useTexts } from '../../texts/index.ts';
import { useVerification, type Verified } from './use-verification.ts';

export function Verification() {
  const { audit_log: texts } = useTexts();
  const { verified, start, stop } = useVerification();
  const { state, error, total } = verified;
  const isRunning = state === 'running';
  return (
    <Panel title={texts.verify}>
      <Stack gap="sm" align="start">
        <Text size="sm" maw="50rem">
          {texts.verify_text}
        </Text>
        <Group gap="sm">
          <Button variant="default" loading={isRunning} onClick={start}>
            {state === 'idle' ? texts.verify_start : texts.verify_again}
          </Button>
          {isRunning && (
            <Button variant="default" onClick={stop}>
              {texts.verify_stop}
            </Button>
          )}
        </Group>
        {isRunning && (
          <progress
            className="verified"
            aria-label={texts.verify_progress}
            {...(total > 0 && { value: verified.verified, max: total })}
          />
        )}
        <ErrorNotice error={error} onAgain={start} />
        <div role="status">
          <Outcome verified={verified} />
        </div>
        {state === 'intact' && total > 0 && <Head hash={verified.head} />}
      </Stack>
    </Panel>
  );
}

function Outcome({ verified: { state, verified, total, fault } }: { readonly verified: Verified }) {
  const { audit_log: texts, language } = useTexts();
  const numbers = new Intl.NumberFormat(language);
  const counts = [numbers.format(verified), numbers.format(total)] as const;
  const outcomes: Readonly<Record<Verified['state'], ReactNode>> = {
    idle: null,
    failed: null,
    running: total > 0 && <Text size="sm">{texts.verifying(...counts)}</Text>,
    stopped: <Text size="sm">{texts.stopped(...counts)}</Text>,
    intact: <StatusChip tone="good">{describeIntact(texts, total, counts[1])}</StatusChip>,
    broken: fault && (
      <Stack gap={4} align="start">
        <StatusChip tone="ended">{texts.broken(numbers.format(fault.sequence))}</StatusChip>
        <Text size="sm">{texts.faults[fault.what]}</Text>
        <Text size="sm" maw="50rem">
          {texts.broken_text(counts[0])}
        </Text>
      </Stack>
    ),
  };
  return outcomes[state];
}

function describeIntact(
  texts: ReturnType<typeof useTexts>['audit_log'],
  total: number,
  written: string,
): string {
  if (total === 0) {
    return texts.intact_none;
  }
  return total === 1 ? texts.intact_one : texts.intact(written);
}

function Head({ hash }: { readonly hash: string }) {
  const { audit_log: texts } = useTexts();
  return (
    <div>
      <Text size="sm" fw={600}>
        {texts.head}
      </Text>
      <Group gap="xs">
        <code className="hash">{hash}</code>
        <CopyText text={hash} label={texts.copy_head} />
      </Group>
      <Text size="sm" className="quiet">
        {texts.head_text}
      </Text>
    </div>
  );
}
