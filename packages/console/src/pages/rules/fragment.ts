/** What the address points at inside of its page. */
import { useEffect, useSyncExternalStore } from 'react';

const MOVES = ['hashchange', 'popstate'] as const;

export function useFragment(): string {
  return useSyncExternalStore(listen, () => window.location.hash.slice(1));
}

/**
 * Shows what the address points at, once it is there: it comes later than the address.
 *
 * @param shown what is there; another is looked for anew
 */
export function useFragmentInView(shown: string): string {
  const fragment = useFragment();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown is looked for in the page.
  useEffect(() => {
    const target = document.getElementById(fragment);
    target?.querySelector('h3')?.focus({ preventScroll: true });
    target?.scrollIntoView();
  }, [fragment, shown]);
  return fragment;
}

function listen(onMove: () => void): () => void {
  for (const move of MOVES) {
    window.addEventListener(move, onMove);
  }
  return () => {
    for (const move of MOVES) {
      window.removeEventListener(move, onMove);
    }
  };
}
