/** What came due while the clock went on. */
import { Anchor, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { Link } from 'wouter';
import './clock.css';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';

/** As many as one answer tells of. */
const EVENTS_MAX = 1000;

type Answer = ResponseOf<'moveClock'>;
type Event = Answer['happened'][number];

export function Happened({ answer: { happened } }: { readonly answer: Answer }) {
  const texts = useTexts();
  // Mail is sent at the end, at the time of what it is about: it belongs there.
  const rows = happened.toSorted((one, other) => one.occurred_at.localeCompare(other.occurred_at));
  return (
    <section className="panel happened" aria-labelledby="happened">
      <h2 id="happened">{texts.clock.happened}</h2>
      {rows.length === 0 ? (
        <Text size="sm" className="quiet">
          {texts.clock.nothing_happened}
        </Text>
      ) : (
        <DataTable
          caption={texts.clock.happened_caption}
          columns={listColumns(texts)}
          rows={rows}
          // It has no id of its own here; its place in the order tells one from another.
          keyOf={(event) => rows.indexOf(event)}
        />
      )}
      {rows.length === EVENTS_MAX && (
        <Text size="sm" className="quiet">
          {texts.clock.happened_many}
        </Text>
      )}
    </section>
  );
}

function listColumns({ clock: texts, events }: Texts): Column<Event>[] {
  const { columns } = texts;
  return [
    { key: 'event', label: columns.event, render: ({ action }) => textOf(events.actions, action) },
    {
      key: 'time',
      label: columns.time,
      render: ({ occurred_at }) => <Moment time={occurred_at} />,
    },
    {
      key: 'object',
      label: columns.object,
      render: ({ object_type, object_id }) => {
        const text = texts.object(textOf(events.object_types, object_type), object_id);
        return object_type === 'organization' ? (
          <Anchor component={Link} href={`/organizations/${object_id}`} size="sm">
            {text}
          </Anchor>
        ) : (
          text
        );
      },
    },
  ];
}

/** What has no text is called by its name. */
function textOf(texts: Readonly<Record<string, string>>, name: string): string {
  return texts[name] ?? name;
}
