/** The languages that a browser asks for, by its Accept-Language header (RFC 9110, 12.5.4). */

/** @returns language tags, the most wanted first; without `*`, and without what is not wanted at all */
export function listAcceptedLanguages(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map(parseRange)
    .filter(({ tag, quality }) => /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(tag) && quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag);
}

function parseRange(range: string): { tag: string; quality: number } {
  const [tag = '', weight, ...more] = range.split(';').map((part) => part.trim());
  if (weight === undefined) {
    return { tag, quality: 1 };
  }
  const [, quality = '0'] = /^q=([01](?:\.\d{0,3})?)$/i.exec(weight) ?? [];
  return { tag, quality: more.length === 0 ? Number(quality) : 0 };
}
