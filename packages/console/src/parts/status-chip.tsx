/** A state in a word and a shape: never by its colour alone. */
import type { ReactNode } from 'react';

/** What a state means to whoever looks: it serves, somebody must act, it has ended, it is switched off. */
export type Tone = 'good' | 'waiting' | 'ended' | 'off';

/** A tick, a clock, a cross and a bar: told apart without colours. */
const SHAPES: Readonly<Record<Tone, ReactNode>> = {
  good: <path d="M2 8.5 6 12.5 14 3.5" />,
  waiting: <path d="M8 1.5a6.5 6.5 0 1 0 .01 0M8 4.5V8l2.5 2" />,
  ended: <path d="M3 3l10 10M13 3 3 13" />,
  off: <path d="M2.5 8h11" />,
};

export function StatusChip({
  tone,
  children,
}: {
  readonly tone: Tone;
  readonly children: ReactNode;
}) {
  return (
    <span className="chip" data-tone={tone}>
      <svg
        viewBox="0 0 16 16"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
      >
        {SHAPES[tone]}
      </svg>
      {children}
    </span>
  );
}
