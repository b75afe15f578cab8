/** The server, its database, and what waits to be done. */
import { Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import type { ReactNode } from 'react';
import { Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useTexts } from '../../texts/index.ts';
import { describeBytes, describeDuration } from './quantities.ts';

type Status = ResponseOf<'getSystemStatus'>;

interface FactsPanelProps {
  readonly children?: ReactNode;
  readonly title: string;
  readonly facts: readonly (readonly [label: string, value: ReactNode])[];
}

function FactsPanel({ title, facts, children }: FactsPanelProps) {
  return (
    <Panel title={title}>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label} className="fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </Panel>
  );
}

/** @param asked_ms when the server said so, by the reader's clock */
export function ServerFacts({
  status: { version, node_version, started_at },
  asked_ms,
}: {
  readonly status: Status;
  readonly asked_ms: number;
}) {
  const texts = useTexts();
  const { system } = texts;
  return (
    <FactsPanel
      title={system.server}
      facts={[
        [system.version, version],
        [system.node_version, node_version],
        [system.started_at, <Moment key="started_at" time={started_at} />],
        [system.uptime, describeDuration(asked_ms - Date.parse(started_at), texts)],
      ]}
    />
  );
}

/** @param asked_ms when the server said so, by the reader's clock */
export function DatabaseFacts({
  status: { database, last_backup },
  asked_ms,
}: {
  readonly status: Status;
  readonly asked_ms: number;
}) {
  const { system: texts, language } = useTexts();
  const { kind, version, schema_version, size_bytes } = database;
  return (
    <FactsPanel
      title={texts.database}
      facts={[
        [texts.database_kind, texts.database_kinds[kind]],
        [texts.database_version, version],
        [texts.schema_version, schema_version],
        [
          texts.size,
          size_bytes === undefined ? texts.size_elsewhere : describeBytes(size_bytes, language),
        ],
        [
          texts.last_backup,
          <LastBackup key="last_backup" backup={last_backup} asked_ms={asked_ms} />,
        ],
      ]}
    >
      <Text size="sm" className="quiet" mt="xs">
        {texts.backups[kind]}
      </Text>
    </FactsPanel>
  );
}

/** When, how long ago, and where: somebody will look for it in a hurry. */
function LastBackup({
  backup,
  asked_ms,
}: {
  readonly backup: Status['last_backup'];
  readonly asked_ms: number;
}) {
  const texts = useTexts();
  if (backup === undefined) {
    return <StatusChip tone="waiting">{texts.system.no_backup}</StatusChip>;
  }
  const { finished_at, means, place, size_bytes } = backup;
  const age = describeDuration(asked_ms - Date.parse(finished_at), texts);
  const size = size_bytes === undefined ? [] : [describeBytes(size_bytes, texts.language)];
  return (
    <>
      <Moment time={finished_at} /> {texts.system.backup_age(age)}
      <br />
      <span style={{ overflowWrap: 'anywhere' }}>{place}</span>
      <br />
      <span className="quiet">{[texts.system.backup_means[means], ...size].join(', ')}</span>
    </>
  );
}

export function WaitingFacts({ status }: { readonly status: Status }) {
  const { system: texts } = useTexts();
  return (
    <FactsPanel
      title={texts.waiting}
      facts={(['mail', 'search_index', 'audit_log'] as const).map((what) => [
        texts[what],
        <Waiting key={what} count={status[what].waiting} />,
      ])}
    />
  );
}

function Waiting({ count }: { readonly count: number }) {
  const { system: texts, language } = useTexts();
  return count === 0 ? (
    <StatusChip tone="good">{texts.nothing_waits}</StatusChip>
  ) : (
    <StatusChip tone="waiting">
      {texts.waits(new Intl.NumberFormat(language).format(count))}
    </StatusChip>
  );
}
