/** Fields of an organization with what is known of them. */
import { useTexts } from '../../texts/index.ts';
import type { Field, Known } from './facts.ts';

interface FactListProps {
  readonly fields: readonly Field[];
  readonly known: Known;
  /** Whether fields are shown of which nothing is known. */
  readonly showsEmpty?: boolean;
}

export function FactList({ fields, known, showsEmpty = false }: FactListProps) {
  const { words, work: texts } = useTexts();
  const shown = fields.filter(
    (field) => known[field] !== undefined && (showsEmpty || known[field] !== ''),
  );
  return (
    <dl className="facts">
      {shown.map((field) => (
        <div key={field} className="fact">
          <dt>{words.fields[field]}</dt>
          <dd>{known[field] || <span className="quiet">{texts.not_given}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
