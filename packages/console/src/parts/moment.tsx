/** A time, in the reader's zone with UTC beside it: what the wire and the records say. */
import { useTexts } from '../texts/index.ts';

/** @param time as on the wire */
export function Moment({ time }: { readonly time: string }) {
  const { language, parts } = useTexts();
  const moment = new Date(time);
  const local = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <time dateTime={time}>
      <span style={{ whiteSpace: 'nowrap' }}>{local.format(moment)}</span>{' '}
      <span className="quiet" style={{ whiteSpace: 'nowrap' }}>
        ({parts.utc(formatUtc(time))})
      </span>
    </time>
  );
}

/** A day of the reader's, where the hour does not matter; the exact time, in UTC, on a closer look. */
export function Day({ time }: { readonly time: string }) {
  const { language, parts } = useTexts();
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  return (
    <time dateTime={time} title={parts.utc(formatUtc(time))} style={{ whiteSpace: 'nowrap' }}>
      {days.format(new Date(time))}
    </time>
  );
}

function formatUtc(time: string): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
