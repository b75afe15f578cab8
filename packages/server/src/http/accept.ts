/** Whether a request prefers CSV to JSON, by its Accept header (RFC 9110, 12.5.1). */

/** JSON is the default: CSV only where it is named, and not less liked than JSON. */
export function prefersCsv(accept: string | undefined): boolean {
  const ranges = accept?.toLowerCase();
  if (!ranges?.includes('text/csv')) {
    return false;
  }
  const csv = findQuality(ranges, 'text/csv') ?? 0;
  return csv > 0 && csv >= qualityOfJson(ranges);
}

/** JSON may be meant by a wildcard too; the most exact range that names it counts. */
function qualityOfJson(ranges: string): number {
  return (
    findQuality(ranges, 'application/json') ??
    findQuality(ranges, 'application/*') ??
    findQuality(ranges, '*/*') ??
    0
  );
}

/** The `q` of a range that the header names. */
function findQuality(ranges: string, wanted: string): number | undefined {
  for (const range of ranges.split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    if (type === wanted) {
      const q = parameters.find((parameter) => parameter.startsWith('q='));
      const quality = q === undefined ? 1 : Number(q.slice(2));
      return Number.isNaN(quality) ? 0 : quality;
    }
  }
  return undefined;
}
