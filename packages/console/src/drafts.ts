/**
 * What somebody has typed and not sent yet, kept in this browser until it is sent: a page that is closed,
 * a session that ends, a server that refuses, none of them loses it. Kept for each account and user by
 * itself, so that whoever signs in here next sees none of it.
 */
import { useCallback, useMemo, useRef, useState } from 'react';
import { useSession } from './session.ts';

export interface Draft<Values> {
  readonly values: Values;
  /** Whether it was found here, from before this page was opened. */
  readonly isRestored: boolean;
  /** Whether anything in it is other than what it began with. */
  readonly isBegun: boolean;
  /** The same function for as long as the draft begins with the same. */
  readonly change: (changes: Partial<Values>) => void;
  /** Forgets it: it was sent, or is not wanted. */
  discard(): void;
}

/**
 * @param place what it is for; a component that changes it must be made anew
 * @param initial what it begins with; one that began with something else is not found again
 */
export function useDraft<Values extends object>(place: string, initial: Values): Draft<Values> {
  const { account, user } = useSession();
  const key = `orgvet.draft.${account.id}.${user.id}.${place}`;
  const start = JSON.stringify(initial);
  const begin = useMemo(() => JSON.parse(start) as Values, [start]);
  const [found] = useState(() => read<Values>(key, start));
  const [typed, setTyped] = useState(found);
  const [isRestored, setRestored] = useState(found !== undefined);
  // What stands now, not what is shown: several changes may come before it is shown again.
  const latest = useRef(typed);
  const change = useCallback(
    (changes: Partial<Values>) => {
      const values = { ...(latest.current ?? begin), ...changes };
      latest.current = values;
      setTyped(values);
      keep(key, start, values);
    },
    [key, start, begin],
  );
  return {
    values: typed ?? begin,
    isRestored,
    isBegun: typed !== undefined && JSON.stringify(typed) !== start,
    change,
    discard() {
      latest.current = undefined;
      setTyped(undefined);
      setRestored(false);
      keep(key, start, begin);
    },
  };
}

/** @returns undefined where nothing is kept, or nothing that began so: what began alike has the same fields */
function read<Values>(key: string, start: string): Values | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    const isFitting =
      typeof kept === 'object' &&
      kept !== null &&
      'start' in kept &&
      'values' in kept &&
      kept.start === start;
    return isFitting ? (kept.values as Values) : undefined;
  } catch {
    return undefined;
  }
}

function keep(key: string, start: string, values: object): void {
  try {
    if (JSON.stringify(values) === start) {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, JSON.stringify({ start, values }));
    }
  } catch {
    // The browser keeps nothing: it stands in the page for as long as that is open.
  }
}
