/** The validation that the keys of the queue act on. It stands in the URL, so that one comes back to it. */
import { useEffect, useRef } from 'react';
import { useSearchParams } from 'wouter';
import type { QueueItem, ValidationPlace } from '../validation/types.ts';

export interface Selection {
  readonly selected: QueueItem | undefined;
  select(item: QueueItem): void;
  /** Goes to the row so many below; at an end it stays there. */
  move(by: number): void;
}

export function keyOf({ organization, type }: QueueItem): string {
  return `${organization.id}-${type}`;
}

export function rowIdOf(item: QueueItem): string {
  return `queue-${keyOf(item)}`;
}

export function placeOf({ organization, type }: QueueItem): ValidationPlace {
  return { organization_id: organization.id, organization_name: organization.name, type };
}

export function useSelection(items: readonly QueueItem[]): Selection {
  const [params, setParams] = useSearchParams();
  const key = params.get('at');
  const index = items.findIndex((item) => keyOf(item) === key);
  useReturn(items[index]);
  const select = (item: QueueItem) => {
    if (keyOf(item) !== key) {
      setParams((before) => ({ ...Object.fromEntries(before), at: keyOf(item) }), {
        replace: true,
      });
    }
  };
  return {
    selected: items[index],
    select,
    move(by) {
      const item = items[Math.min(Math.max(0, index + by), items.length - 1)];
      if (item !== undefined) {
        focusRow(item);
      }
    },
  };
}

/** Whoever comes back from a validation goes on at its row. */
function useReturn(item: QueueItem | undefined): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (!isDone.current && item !== undefined) {
      isDone.current = true;
      focusRow(item);
    }
  }, [item]);
}

function focusRow(item: QueueItem): void {
  document.getElementById(rowIdOf(item))?.focus();
}
