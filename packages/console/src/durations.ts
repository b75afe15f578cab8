/** Lengths of time: as people say them, and as the API has them (ISO 8601). */

export const UNITS = ['weeks', 'days', 'hours', 'minutes', 'seconds'] as const;
export type Unit = (typeof UNITS)[number];

const SECONDS: Readonly<Record<Unit, number>> = {
  weeks: 604_800,
  days: 86_400,
  hours: 3600,
  minutes: 60,
  seconds: 1,
};

/** A number and what it counts. */
interface Length {
  readonly amount: number;
  readonly unit: Unit;
}

/** @param amount as it was typed: what is no number stays so, for the API to say that it is none */
export function formatDuration(amount: string, unit: Unit): string {
  const text = amount.trim();
  switch (unit) {
    case 'weeks':
      return `P${text}W`;
    case 'days':
      return `P${text}D`;
    case 'hours':
      return `PT${text}H`;
    case 'minutes':
      return `PT${text}M`;
    case 'seconds':
      return `PT${text}S`;
  }
}

/** A duration of the API as one number of the largest unit that it is a whole number of. */
export function parseDuration(text: string): Length {
  const form = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
  const counts = form.exec(text)?.slice(1) ?? [];
  const seconds = UNITS.reduce(
    (sum, unit, index) => sum + Number(counts[index] ?? 0) * SECONDS[unit],
    0,
  );
  return lengthOf(seconds);
}

function lengthOf(seconds: number): Length {
  const unit = UNITS.find((one) => seconds > 0 && seconds % SECONDS[one] === 0) ?? 'minutes';
  return { amount: seconds / SECONDS[unit], unit };
}

/** A length for people, in the two largest units of it that are there: "397 days, 2 hours". */
export function describeLength(seconds: number, language: string): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const unit of UNITS.slice(1)) {
    const amount = Math.floor(rest / SECONDS[unit]);
    rest -= amount * SECONDS[unit];
    if (amount > 0 && parts.length < 2) {
      const style = { style: 'unit', unit: unit.slice(0, -1), unitDisplay: 'long' } as const;
      parts.push(new Intl.NumberFormat(language, style).format(amount));
    }
  }
  return new Intl.ListFormat(language, { type: 'unit' }).format(parts);
}
