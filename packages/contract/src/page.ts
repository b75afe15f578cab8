/** The `page` object that list answers carry. */
import { type Static, Type } from 'typebox';

export const Page = Type.Object({
  total: Type.Integer({ minimum: 0, description: 'Number of all results, on every page.' }),
  limit: Type.Integer({ minimum: 1, description: 'The limit that was asked for.' }),
  offset: Type.Integer({ minimum: 0, description: 'The offset that was asked for.' }),
});
export type Page = Static<typeof Page>;
