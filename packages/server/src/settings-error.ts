/** The one error of settings; apart, so that each part of them can throw it. */

/** The start was asked for in a way that cannot be; the message says what to do, and no secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
