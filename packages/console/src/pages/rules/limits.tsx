/** How long what a check relies on serves, by the day of issue. */
import type { ResponseOf } from '@orgvet/contract';
import { formatCalendarDay } from '../../parts/calendar-day.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';

type Check = ResponseOf<'getRulePack'>['rules'][number]['checks'][number];

export function Limits({
  check: { limits, contract_sets_term },
}: {
  readonly check: Pick<Check, 'limits' | 'contract_sets_term'>;
}) {
  const texts = useTexts();
  const lines = [
    ...(limits.length === 0 ? [texts.rule_pack.limits.none] : []),
    ...limits.map((_, index) => describeLimit(limits, index, texts)),
    ...(contract_sets_term ? [texts.rule_pack.limits.contract] : []),
  ];
  return lines.map((line) => <div key={line}>{line}</div>);
}

/** A limit holds from its own day until that of the next. */
function describeLimit(limits: Check['limits'], index: number, texts: Texts): string {
  const { limits: words } = texts.rule_pack;
  const { issued_from, days } = limits[index] ?? {};
  const until = limits[index + 1]?.issued_from;
  const dayOf = (date: string) => formatCalendarDay(texts.language, date);
  const term = days === undefined ? words.unlimited : words.days(days);
  if (issued_from === undefined) {
    return until === undefined ? term : words.until(dayOf(until), term);
  }
  return until === undefined
    ? words.from(dayOf(issued_from), term)
    : words.between(dayOf(issued_from), dayOf(until), term);
}
