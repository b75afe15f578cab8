/**
 * The building blocks of the wire's schemas: texts with their limits, ids, times.
 *
 * Lengths count characters (Unicode code points), never bytes or UTF-16 units, which is what JSON
 * Schema's `maxLength` means too. The figures are those of "Create organization", request parameters.
 */
import { type TOptional, type TSchema, type TString, Type } from 'typebox';

/** A member that may be missing. On the wire an absent member is left out, never null. */
export function optional<Schema extends TSchema>(schema: Schema): TOptional<Schema> {
  return Type.Optional(schema) as TOptional<Schema>;
}

/**
 * A member that is required only where a rule says so. The schema cannot hold the rule, so the domain
 * finds its absence; the mark lets the catalogue list the code.
 */
export function conditional<Schema extends TSchema>(schema: Schema): TOptional<Schema> {
  return optional({ ...schema, 'x-conditional': true });
}

/** An email address; what counts as one is the reader's format check. */
export function email(description: string): TString {
  return Type.String({ minLength: 1, maxLength: 255, format: 'email', description });
}

/** One line of text of at most `maxLength` characters. */
export function text(maxLength: number, description: string): TString {
  return Type.String({ minLength: 1, maxLength, description });
}

/** As `text`, of several lines. */
export function lines(maxLength: number, description: string): TString {
  return Type.String({ minLength: 1, maxLength, description, 'x-multiline': true });
}

/**
 * As `text`, but clients may also send a whole number (postal codes and telephones arrive so from
 * programs that keep them as numbers); it is taken as its digits.
 */
export function textOrNumber(maxLength: number, description: string) {
  return Type.Unsafe<string>({ type: ['string', 'integer'], minLength: 1, maxLength, description });
}

/** The id of something: a positive whole number that JavaScript can hold exactly. */
export function id(description: string) {
  return Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description });
}

/** A moment in whole seconds, UTC, with the numeric zone. */
export function time(description: string) {
  return Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\+00:00$',
    description,
    examples: ['2018-10-09T19:29:02+00:00'],
  });
}

/** A moment that a client gives: as `time`, or with another zone. */
export function givenTime(description: string): TString {
  return Type.String({
    minLength: 1,
    maxLength: 32,
    format: 'date-time',
    description,
    examples: ['2018-10-09T19:29:02+00:00'],
  });
}

/** One of a few words. */
export function oneOf<const Values extends readonly string[]>(
  values: Values,
  description: string,
  options: object = {},
) {
  return Type.Unsafe<Values[number]>({
    type: 'string',
    enum: [...values],
    description,
    ...options,
  });
}
