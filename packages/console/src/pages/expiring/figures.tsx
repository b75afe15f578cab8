/** The figures of the picture, for those who would rather read them. */
import type { ValidationTypeName } from '@orgvet/contract';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { formatMonth, listTypes, type Month, sumOf } from './months.ts';

export function ExpiryFigures({ months }: { readonly months: readonly Month[] }) {
  const texts = useTexts();
  return (
    <details>
      <summary>{texts.expiring.as_table}</summary>
      <div className="expiry-figures">
        <DataTable
          caption={texts.expiring.table_caption}
          columns={listColumns(listTypes(months.map(({ counts }) => counts)), texts)}
          rows={months}
          keyOf={({ month }) => month}
        />
      </div>
    </details>
  );
}

function listColumns(types: readonly ValidationTypeName[], texts: Texts): Column<Month>[] {
  const { columns } = texts.expiring;
  const numbers = new Intl.NumberFormat(texts.language);
  return [
    {
      key: 'month',
      label: columns.month,
      render: ({ month }) => formatMonth(texts.language, month),
    },
    ...types.map((type) => ({
      key: type,
      label: texts.words.validation_types[type],
      render: ({ counts }: Month) => numbers.format(counts[type] ?? 0),
    })),
    {
      key: 'total',
      label: columns.total,
      render: ({ counts }) => numbers.format(sumOf(counts)),
    },
  ];
}
