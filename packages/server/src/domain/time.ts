/** Times as the wire writes them: whole seconds, UTC, numeric zone. Such texts sort as time does. */

/** `2018-10-09T19:29:02+00:00` */
export function formatTime(time_ms: number): string {
  return `${new Date(time_ms).toISOString().slice(0, 19)}+00:00`;
}
