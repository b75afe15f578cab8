/** The parts that the queries of lists have in common: search, order and page. */
import { Type } from 'typebox';
import { oneOf, optional } from './fields.ts';

/** Only what is active, or inactive. */
export const statusFilter = optional(oneOf(['active', 'inactive'] as const, 'Only this status.'));

/** @param subject what is searched, for people */
export function searchFilter(subject: string) {
  return optional(
    Type.String({
      maxLength: 255,
      description: `On ${subject}, ignoring case. With a leading \`%\`: contains the rest. Without: equals it.`,
    }),
  );
}

/** The order of a list by some of its properties. */
export function sortBy(properties: readonly string[]) {
  return optional(
    Type.String({
      maxLength: 255,
      description: `Properties separated by commas, each with \`-\` before it for descending: ${properties.join(', ')}. Ties are broken by the id.`,
    }),
  );
}

/** Which part of a list is answered. */
export const pageFields = {
  limit: optional(
    Type.Integer({ minimum: 1, maximum: 1000, default: 1000, description: 'Largest page size.' }),
  ),
  offset: optional(
    Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      default: 0,
      description: 'Index of the first result.',
    }),
  ),
};
