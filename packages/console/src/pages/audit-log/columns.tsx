/** What is shown of an entry at once; all of it on demand. */
import { Anchor } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { Link } from 'wouter';
import type { Column } from '../../parts/data-table.tsx';
import { Moment } from '../../parts/moment.tsx';
import type { Texts } from '../../texts/texts.ts';
import { EntryDetails } from './entry-details.tsx';

type Entry = ResponseOf<'listAuditLogEntries'>['entries'][number];

export function listColumns(texts: Texts): Column<Entry>[] {
  const { columns } = texts.audit_log;
  const numbers = new Intl.NumberFormat(texts.language);
  return [
    {
      key: 'sequence',
      label: columns.sequence,
      render: ({ sequence }) => numbers.format(sequence),
    },
    {
      key: 'occurred_at',
      label: columns.occurred_at,
      render: ({ occurred_at }) => <Moment time={occurred_at} />,
    },
    {
      key: 'actor',
      label: columns.actor,
      render: ({ actor }) => actor?.name ?? texts.audit_log.nobody,
    },
    {
      key: 'action',
      label: columns.action,
      render: ({ action }) => nameAction(action, texts),
    },
    { key: 'object', label: columns.object, render: (entry) => <ObjectOf {...{ entry, texts }} /> },
    { key: 'change', label: columns.change, render: (entry) => <EntryDetails entry={entry} /> },
  ];
}

/** Actions that were recorded by another version may have no text here. */
function nameAction(action: string, { events }: Texts): string {
  const actions: Readonly<Record<string, string>> = events.actions;
  return actions[action] ?? action;
}

function ObjectOf({
  entry: { object_type, object_id },
  texts: { events, audit_log },
}: {
  readonly entry: Entry;
  readonly texts: Texts;
}) {
  const types: Readonly<Record<string, string>> = events.object_types;
  const name = audit_log.object(types[object_type] ?? object_type, object_id);
  return object_type === 'organization' ? (
    <Anchor component={Link} href={`/organizations/${object_id}`} size="sm">
      {name}
    </Anchor>
  ) : (
    name
  );
}
