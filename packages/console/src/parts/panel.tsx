/** A part of a page about one thing, with its name. */
import { type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title: string;
  /** Of the title, where something else is called by it too. */
  readonly title_id?: string;
  readonly children: ReactNode;
}

export function Panel({ title, title_id, children }: PanelProps) {
  const own_id = useId();
  const id = title_id ?? own_id;
  return (
    <section className="panel" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
