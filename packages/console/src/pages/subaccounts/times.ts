/** The API has times of subaccounts without a zone, `2018-11-29 01:48:04`; they are UTC. */
export function timeOf(date_created: string): string {
  return `${date_created.replace(' ', 'T')}+00:00`;
}
