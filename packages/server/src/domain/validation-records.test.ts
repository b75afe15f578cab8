/** How a validation is shown: what serves at a moment, or for an order of a moment, and what is worked on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planValidationRecord, statusAt } from './validation.ts';

const CREATED = '2026-01-01T00:00:00+00:00';
const CHANGED = '2026-06-01T00:00:00+00:00';
const NOW = '2026-07-01T00:00:00+00:00';
const END = '2027-01-01T00:00:00+00:00';
const AFTER = '2027-02-01T00:00:00+00:00';
const NEVER = { date_created: '', validated_until: '' };
const SERVED = { date_created: CREATED, validated_until: END };

interface Row {
  readonly what: string;
  readonly date_created?: string;
  readonly is_open?: number;
  readonly rejected_at?: string;
  readonly outdated_at?: string;
  /** The moment whose details count; now where it is left out. */
  readonly served_at?: string;
  readonly now?: string;
  /** The dates and the status that are shown; nothing for one that is not. */
  readonly dates?: { readonly date_created: string; readonly validated_until: string };
  readonly status?: string;
}

const OPEN = { is_open: 1 };
const OUTDATED = { outdated_at: CHANGED };
const REJECTED = { rejected_at: CHANGED };

const ROWS: readonly Row[] = [
  { what: 'asked for', date_created: '', ...OPEN, dates: NEVER, status: 'pending' },
  { what: 'rejected and never served', date_created: '', ...REJECTED },
  { what: 'that serves', dates: SERVED, status: 'active' },
  { what: 'that serves while it is done anew', ...OPEN, dates: SERVED, status: 'active' },
  {
    what: 'that serves after its renewal was rejected',
    ...REJECTED,
    dates: SERVED,
    status: 'active',
  },
  { what: 'that has ended', now: AFTER, dates: SERVED, status: 'expired' },
  { what: 'that ends this second', now: END, dates: SERVED, status: 'expired' },
  {
    what: 'that has ended and is done anew',
    ...OPEN,
    now: AFTER,
    dates: SERVED,
    status: 'pending',
  },
  { what: 'of other details', ...OUTDATED, ...OPEN, dates: NEVER, status: 'pending' },
  {
    what: 'of other details that nobody works on',
    ...{ ...OUTDATED, ...REJECTED },
    dates: { date_created: CREATED, validated_until: CHANGED },
    status: 'expired',
  },
  {
    what: 'of other details, for an order from before them',
    ...{ ...OUTDATED, ...OPEN, served_at: '2026-05-31T23:59:59+00:00' },
    dates: SERVED,
    status: 'active',
  },
  {
    what: 'of other details, for an order of the second of the change',
    ...{ ...OUTDATED, ...OPEN, served_at: CHANGED },
    dates: NEVER,
    status: 'pending',
  },
  {
    what: 'of other details that has ended, for an order from before them',
    ...{ ...OUTDATED, served_at: CREATED, now: AFTER },
    dates: SERVED,
    status: 'expired',
  },
  {
    what: 'of details that were others only after it had ended',
    ...{ outdated_at: AFTER, now: '2027-03-01T00:00:00+00:00' },
    dates: SERVED,
    status: 'expired',
  },
];

for (const { what, dates, status, now = NOW, served_at = now, ...kept } of ROWS) {
  test(`a validation ${what} is ${status ?? 'not shown'}`, () => {
    const validation = {
      ...{ type: 'ov' as const, date_created: CREATED, latest_end: '', relied_on: '' },
      ...{ is_open: 0, rejected_at: '', outdated_at: '', ...kept },
    };
    const record = planValidationRecord(validation, () => END, served_at);
    const shown = record && { ...record, status: statusAt(record, now) };
    const is_open = validation.is_open === 1;
    assert.deepEqual(shown, dates && { type: 'ov', ...dates, is_open, status });
  });
}
