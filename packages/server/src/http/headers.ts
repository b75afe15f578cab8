/** The headers that every answer carries: those of the live service that mean something here. */

export const HEADERS = {
  'cache-control': 'private,no-cache',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
};
