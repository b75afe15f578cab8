/** Views of the list that are asked for again and again: each is only an address. */
import { Anchor, Group } from '@mantine/core';
import { Link } from 'wouter';
import type { ListState } from '../../list-state.ts';
import { useSession } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { FILTERS } from './query.ts';

const EXPIRING_DAYS = 30;
const DAY_MS = 86_400_000;

export function Views({ state }: { readonly state: ListState }) {
  const { organizations: texts } = useTexts();
  const { now } = useSession();
  const views = [
    { label: texts.view_all, filters: {} },
    { label: texts.view_pending, filters: { validation: 'pending' } },
    { label: texts.view_expiring, filters: { ends_before: findDay(now) } },
    { label: texts.view_inactive, filters: { status: 'inactive' } },
  ];
  return (
    <Group component="nav" aria-label={texts.views} gap="lg">
      {views.map(({ label, filters }) => {
        const search = new URLSearchParams(filters as Record<string, string>).toString();
        const isShown = isSame(state, filters);
        return (
          <Anchor
            key={label}
            component={Link}
            href={`/organizations${search === '' ? '' : `?${search}`}`}
            size="sm"
            fw={isShown ? 700 : 400}
            underline={isShown ? 'always' : 'hover'}
            {...(isShown && { 'aria-current': 'true' as const })}
          >
            {label}
          </Anchor>
        );
      })}
    </Group>
  );
}

/** The day so far ahead, by the account's clock: a test account's may have been moved. */
function findDay(now: string | undefined): string {
  const now_ms = now === undefined ? Date.now() : Date.parse(now);
  return new Date(now_ms + EXPIRING_DAYS * DAY_MS).toISOString().slice(0, 10);
}

function isSame(state: ListState, filters: Readonly<Record<string, string>>): boolean {
  return FILTERS.every((name) => state.get(name) === (filters[name] ?? ''));
}
