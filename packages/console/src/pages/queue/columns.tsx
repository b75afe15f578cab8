/** What the queue tells of each validation. */
import { Anchor, Button, Group } from '@mantine/core';
import { Link } from 'wouter';
import type { Column } from '../../parts/data-table.tsx';
import { Day } from '../../parts/moment.tsx';
import type { Texts } from '../../texts/texts.ts';
import { pathOf, type QueueItem } from '../validation/types.ts';
import { wordFor } from '../validation/words.ts';
import { placeOf } from './selection.ts';

/** @param onAssign left out for who may not assign */
export function listColumns(
  { queue: texts, words, work }: Texts,
  onAssign: ((item: QueueItem) => void) | undefined,
): Column<QueueItem>[] {
  const { columns } = texts;
  return [
    {
      key: 'organization',
      label: columns.organization,
      render: (item) => (
        <>
          <Anchor component={Link} href={pathOf(placeOf(item))} size="sm" fw={600}>
            {item.organization.name}
          </Anchor>{' '}
          <span className="quiet queue-country">{item.organization.country.toUpperCase()}</span>
        </>
      ),
    },
    { key: 'type', label: columns.type, render: ({ type }) => words.validation_types[type] },
    {
      key: 'because',
      label: columns.because,
      render: ({ opened_because }) => wordFor(texts.because, opened_because),
    },
    {
      key: 'age',
      label: columns.age,
      sort: 'requested_at',
      render: ({ age_days, requested_at }) => (
        <span className="queue-age" title={requested_at}>
          {age_days === 0 ? texts.today : texts.age(age_days)}
        </span>
      ),
    },
    {
      key: 'met',
      label: columns.met,
      render: ({ met, total }) => <Met met={met} total={total} text={texts.met(met, total)} />,
    },
    {
      key: 'next_actor',
      label: columns.next_actor,
      render: ({ next_actor }) => work.actors[next_actor],
    },
    {
      key: 'serves_until',
      label: columns.serves_until,
      render: ({ serves_until }) => serves_until !== undefined && <Day time={serves_until} />,
    },
    {
      key: 'assigned_to',
      label: columns.assigned_to,
      render: (item) => (
        <Group gap="xs" wrap="nowrap" justify="space-between">
          <span className={item.assigned_to === undefined ? 'quiet' : ''}>
            {item.assigned_to?.name ?? texts.nobody}
          </span>
          {onAssign !== undefined && (
            <Button
              variant="default"
              size="compact-sm"
              flex="none"
              aria-label={texts.assign_of(
                item.organization.name,
                words.validation_types[item.type],
              )}
              onClick={() => onAssign(item)}
            >
              {texts.assign}
            </Button>
          )}
        </Group>
      ),
    },
  ];
}

/** How far it is: as a text, with a bar beside it for the eye. */
function Met({
  met,
  total,
  text,
}: {
  readonly met: number;
  readonly total: number;
  readonly text: string;
}) {
  return (
    <span className="met">
      {text}
      <span className="met-bar" aria-hidden="true">
        <span style={{ width: `${(100 * met) / Math.max(1, total)}%` }} />
      </span>
    </span>
  );
}
