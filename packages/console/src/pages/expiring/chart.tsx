/**
 * What ends in which month, drawn as bars of one part for each type. Across it measures in shares of its
 * width and down in pixels, so that its texts stay as large as all others on any screen.
 */
import type { ValidationTypeName } from '@orgvet/contract';
import { useId } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../../texts/index.ts';
import {
  describeCounts,
  findDayAfter,
  formatMonth,
  listTypes,
  type Month,
  sumOf,
} from './months.ts';
import { fillOf, Legend, Patterns } from './patterns.tsx';

/** Pixels: room for the total above a bar, for the highest bar, and for the month below. */
const ABOVE = 24;
const PLOT = 200;
const BELOW = 40;
const HEIGHT = ABOVE + PLOT + BELOW;

/** How much of its room a bar takes. */
const BAR_SHARE = 0.68;

/** So that one of a thousand is seen too. */
const PART_MIN = 2;

export function ExpiryChart({ months }: { readonly months: readonly Month[] }) {
  const { expiring: texts, language } = useTexts();
  const id = useId();
  const types = listTypes(months.map(({ counts }) => counts));
  const most = Math.max(1, ...months.map(({ counts }) => sumOf(counts)));
  const [from = '', until = ''] = [months.at(0)?.month, months.at(-1)?.month];
  return (
    <figure className="expiry">
      <Legend prefix={id} types={types} />
      {/* biome-ignore lint/a11y/useSemanticElements: a group of links that is drawn. */}
      <svg
        role="group"
        width="100%"
        height={HEIGHT}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-desc`}
      >
        <title id={`${id}-title`}>{texts.chart}</title>
        <desc id={`${id}-desc`}>
          {texts.chart_text(formatMonth(language, from), formatMonth(language, until))}
        </desc>
        <Patterns prefix={id} types={types} />
        {months.map((month, index) => (
          <Bar
            key={month.month}
            month={month}
            types={types}
            prefix={id}
            scale={PLOT / most}
            place={{ index, count: months.length }}
          />
        ))}
        <line className="expiry-base" x2="100%" y1={ABOVE + PLOT + 0.5} y2={ABOVE + PLOT + 0.5} />
      </svg>
    </figure>
  );
}

interface BarProps {
  readonly month: Month;
  readonly types: readonly ValidationTypeName[];
  readonly prefix: string;
  /** Pixels for each validation. */
  readonly scale: number;
  readonly place: { readonly index: number; readonly count: number };
}

function Bar({ month: { month, counts }, types, prefix, scale, place }: BarProps) {
  const texts = useTexts();
  const { expiring, language } = texts;
  const total = sumOf(counts);
  const slot = 100 / place.count;
  const slot_x = `${place.index * slot}%`;
  const written = new Intl.NumberFormat(language).format(total);
  const label = [formatMonth(language, month), written, describeCounts(counts, texts)] as const;
  const parts = stack(types, counts, scale);
  const middle = `${(place.index + 0.5) * slot}%`;
  return (
    <>
      {total > 0 && (
        <Link
          href={`/organizations?ends_before=${findDayAfter(month)}`}
          className="expiry-bar"
          aria-label={expiring.bar_link(...label)}
        >
          <title>{expiring.bar(...label)}</title>
          <rect className="expiry-room" x={slot_x} width={`${slot}%`} height={HEIGHT} />
          {parts.map(({ type, y, height }) => (
            <rect
              key={type}
              x={`${(place.index + (1 - BAR_SHARE) / 2) * slot}%`}
              width={`${BAR_SHARE * slot}%`}
              y={y}
              height={height}
              fill={fillOf(prefix, type)}
            />
          ))}
        </Link>
      )}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: it takes no focus; the link says the same. */}
      <g className="expiry-words" aria-hidden="true">
        <text x={middle} y={(parts.at(-1)?.y ?? ABOVE + PLOT) - 6}>
          {written}
        </text>
        <MonthName month={month} x={middle} isFirst={place.index === 0} />
      </g>
    </>
  );
}

/** The parts of a bar, one on the other, from the ground up. */
function stack(
  types: readonly ValidationTypeName[],
  counts: Month['counts'],
  scale: number,
): { readonly type: ValidationTypeName; readonly y: number; readonly height: number }[] {
  let y = ABOVE + PLOT;
  return types.flatMap((type) => {
    const count = counts[type] ?? 0;
    if (count === 0) {
      return [];
    }
    const height = Math.max(PART_MIN, count * scale);
    y -= height;
    // What is left between two parts tells where one ends, whatever their colours.
    return [{ type, y: y + 1, height: Math.max(1, height - 1) }];
  });
}

/** The year stands where it begins. */
function MonthName({
  month,
  x,
  isFirst,
}: {
  readonly month: string;
  readonly x: string;
  readonly isFirst: boolean;
}) {
  const { language } = useTexts();
  return (
    <>
      <text x={x} y={ABOVE + PLOT + 17}>
        {formatMonth(language, month, { month: 'short' })}
      </text>
      {(isFirst || month.endsWith('-01')) && (
        <text x={x} y={ABOVE + PLOT + 34} className="expiry-year">
          {formatMonth(language, month, { year: 'numeric' })}
        </text>
      )}
    </>
  );
}
