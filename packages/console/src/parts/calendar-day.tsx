/** A day of the calendar, as rules name it: the same day wherever the reader is. */
import { useTexts } from '../texts/index.ts';

/** @param date as on the wire: `2026-03-15` */
export function CalendarDay({ date }: { readonly date: string }) {
  const { language } = useTexts();
  return (
    <time dateTime={date} style={{ whiteSpace: 'nowrap' }}>
      {formatCalendarDay(language, date)}
    </time>
  );
}

export function formatCalendarDay(language: string, date: string): string {
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return days.format(new Date(date));
}
