/** Evidence bundles: which one is asked for. What is in one is told by its manifest. */
import { type Static, Type } from 'typebox';
import { id, optional } from './fields.ts';

export const BundleQuery = Type.Object({
  completion_id: optional(id('Which completion of the type; the newest where it is left out.')),
});
export type BundleQuery = Static<typeof BundleQuery>;
