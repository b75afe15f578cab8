/**
 * Reads what a client sent by a schema: finds every problem at once and hands back the clean value.
 *
 * It exists beside TypeBox's own checker because the wire wants more than a verdict: documented codes
 * that name the field, numbers taken for texts where clients send them so, absent and blank members
 * treated alike, unknown members dropped. It knows the schemas' keywords that this contract uses and
 * nothing of HTTP. It refuses nothing because of rules between fields: those are the domain's.
 */
import type { Static, TObject, TSchema } from 'typebox';
import { type FieldFault, fieldProblem, type Problem, problem } from './errors.ts';

/** Checks for the `format` keyword. Handed in, so that the contract needs no library for them. */
export type Formats = Readonly<Record<string, (value: string) => boolean>>;

/** What was read. `value` is complete and clean only if `problems` is empty. */
export interface Reading<Value> {
  readonly problems: Problem[];
  /** The paths of the fields that have a problem: what depends on them need not be checked. */
  readonly faulty: ReadonlySet<string>;
  readonly value: Value;
}

/** The keywords that the contract's schemas use. */
interface Keywords {
  readonly type?: string | readonly string[];
  readonly properties?: Record<string, Keywords>;
  readonly required?: readonly string[];
  readonly items?: Keywords;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly 'x-conditional'?: true;
  readonly 'x-multiline'?: true;
  /** Of an object: it is handed on as it was sent, for who asks for it to look into. */
  readonly 'x-as-sent'?: true;
}

/**
 * Characters that no name, address or telephone has: controls, line and paragraph separators, and the
 * marks that turn the direction of text and so make it read differently from what it says.
 */
const FORBIDDEN_CHARACTERS = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

const LINE_BREAKS = /[\r\n\t]/g;

/**
 * Reads a request body that was already parsed from JSON.
 *
 * @returns the problems, or the value with unknown members dropped, numbers made texts where the
 *   schema says so, and optional members that were null or blank left out
 */
export function readBody<Schema extends TSchema>(
  schema: Schema,
  body: unknown,
  formats: Formats,
): Reading<Static<Schema>> {
  const context = { problems: [] as Problem[], faulty: new Set<string>(), formats };
  const { problems, faulty } = context;
  if (!isObject(body)) {
    problems.push(problem('bad_request_format', { reason: 'the body must be a JSON object' }));
    return { problems, faulty, value: {} as Static<Schema> };
  }
  const value = readObject(schema as Keywords, body, '', context);
  return { problems, faulty, value: value as Static<Schema> };
}

/**
 * Reads a query string that was already split into names and values. A blank value is as good as none;
 * a name that the schema lacks, and a name given twice, are problems.
 */
export function readQuery<Schema extends TObject>(
  schema: Schema,
  query: Readonly<Record<string, unknown>>,
): Reading<Static<Schema>> {
  const context = { problems: [] as Problem[], faulty: new Set<string>(), formats: {} };
  const { problems, faulty } = context;
  const value: Record<string, unknown> = {};
  const properties = (schema as Keywords).properties ?? {};
  for (const [name, raw] of Object.entries(query)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined) {
      problems.push(unknownParameter(name));
    } else if (typeof raw !== 'string') {
      problems.push(fieldProblem('invalid', name, 'was given more than once.'));
    } else if (raw !== '') {
      const read = readValue(property, valueFromText(property, raw), name, context);
      if (read !== undefined) {
        value[name] = read;
      }
    }
  }
  return { problems, faulty, value: value as Static<Schema> };
}

/**
 * Reads the ids in a path. A path that matches a route but whose id is no positive whole number is a
 * bad request, not an absent object.
 */
export function readParams<Schema extends TObject>(
  schema: Schema,
  params: Readonly<Record<string, unknown>>,
): Reading<Static<Schema>> {
  return readQuery(schema, params);
}

/** A field of a schema with its path, for listing the codes that it brings. */
export interface SchemaField {
  readonly path: string;
  readonly faults: readonly FieldFault[];
}

/** Every field of a schema, with the faults that `readBody` and `readQuery` can find in it. */
export function listFields(schema: TSchema, path = ''): SchemaField[] {
  const { properties = {}, required = [] } = schema as Keywords;
  return Object.entries(properties).flatMap(([name, property]) => {
    const here = path === '' ? name : `${path}.${name}`;
    const faults: FieldFault[] = ['invalid'];
    if (required.includes(name) || property['x-conditional']) {
      faults.unshift('missing');
    }
    if (property.maxLength !== undefined) {
      faults.push('too_long');
    }
    const below = property.items ?? property;
    return [{ path: here, faults }, ...listFields(below as TSchema, here)];
  });
}

interface Context {
  readonly problems: Problem[];
  readonly faulty: Set<string>;
  readonly formats: Formats;
}

function readObject(
  schema: Keywords,
  raw: Record<string, unknown>,
  path: string,
  context: Context,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const here = path === '' ? name : `${path}.${name}`;
    // Only own members count: `constructor` or `__proto__` in a body must never reach a prototype.
    const member = Object.hasOwn(raw, name) ? raw[name] : undefined;
    if (isBlank(member)) {
      if (schema.required?.includes(name)) {
        refuse('missing', here, 'is required.', context);
      }
      continue;
    }
    const read = readValue(property, member, here, context);
    if (read !== undefined) {
      value[name] = read;
    }
  }
  return value;
}

function readValue(schema: Keywords, raw: unknown, path: string, context: Context): unknown {
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      if (!isObject(raw)) {
        return refuse('invalid', path, 'must be an object.', context);
      }
      return schema['x-as-sent'] ? raw : readObject(schema, raw, path, context);
    case 'array':
      return readArray(schema, raw, path, context);
    case 'string':
      return readText(schema, raw, path, context);
    case 'integer':
      return readInteger(schema, raw, path, context);
    case 'boolean':
      if (typeof raw !== 'boolean') {
        return refuse('invalid', path, 'must be true or false.', context);
      }
      return raw;
    default:
      throw new Error(`The contract has no reader for the type of ${path}.`);
  }
}

function readArray(schema: Keywords, raw: unknown, path: string, context: Context): unknown {
  if (!Array.isArray(raw)) {
    return refuse('invalid', path, 'must be an array.', context);
  }
  if (schema.maxItems !== undefined && raw.length > schema.maxItems) {
    return refuse('invalid', path, `must have at most ${schema.maxItems} items.`, context);
  }
  if (schema.minItems !== undefined && raw.length < schema.minItems) {
    return refuse('invalid', path, `must have at least ${schema.minItems} items.`, context);
  }
  const items = schema.items ?? {};
  return raw.map((item, index) => readValue(items, item, `${path}[${index}]`, context));
}

function readText(schema: Keywords, raw: unknown, path: string, context: Context): unknown {
  const mayBeNumber = Array.isArray(schema.type);
  const isCount = typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= 0;
  const value = mayBeNumber && isCount ? String(raw) : raw;
  if (typeof value !== 'string') {
    return refuse('invalid', path, 'must be a string.', context);
  }
  if (!isReadable(schema, value)) {
    return refuse('invalid', path, `must not have ${describeUnreadable(schema)}.`, context);
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return refuse('invalid', path, `must be one of ${schema.enum.join(', ')}.`, context);
  }
  if (schema.maxLength !== undefined && isLongerThan(value, schema.maxLength)) {
    return refuse('too_long', path, `must have at most ${schema.maxLength} characters.`, context);
  }
  const isOfFormat = schema.format === undefined ? undefined : context.formats[schema.format];
  if (isOfFormat !== undefined && !isOfFormat(value)) {
    return refuse('invalid', path, FORMAT_DETAILS[schema.format ?? ''] ?? 'is invalid.', context);
  }
  return value;
}

/** Whether a text has only what a person can see, and line breaks where its schema allows them. */
function isReadable({ 'x-multiline': isMultiline }: Keywords, value: string): boolean {
  const line = isMultiline ? value.replaceAll(LINE_BREAKS, '') : value;
  return value.isWellFormed() && !FORBIDDEN_CHARACTERS.test(line);
}

const describeUnreadable = ({ 'x-multiline': isMultiline }: Keywords): string =>
  `control characters, ${isMultiline ? '' : 'line breaks, '}text direction marks or broken Unicode`;

const FORMAT_DETAILS: Readonly<Record<string, string>> = {
  email: 'must be an email address.',
  'iso-3166-1-alpha-2': 'must be an ISO 3166-1 alpha-2 country code.',
  language: 'must be the id or the locale code of a language.',
  date: 'must be a day as 2018-10-09.',
  'date-time': 'must be a moment as 2018-10-09T19:29:02+00:00.',
};

function readInteger(schema: Keywords, raw: unknown, path: string, context: Context): unknown {
  const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = schema;
  const isInside = Number.isSafeInteger(raw) && Number(raw) >= minimum && Number(raw) <= maximum;
  if (!isInside) {
    const range =
      maximum === Number.MAX_SAFE_INTEGER
        ? `of at least ${minimum}`
        : `from ${minimum} to ${maximum}`;
    return refuse('invalid', path, `must be a whole number ${range}.`, context);
  }
  return raw;
}

/** Notes the problem and yields no value. */
function refuse(fault: FieldFault, path: string, detail: string, context: Context): undefined {
  context.problems.push(fieldProblem(fault, path, detail));
  context.faulty.add(path);
  return undefined;
}

/** What a text from a query string means for the type that it should have. */
function valueFromText(schema: Keywords, raw: string): unknown {
  if (schema.type === 'integer') {
    return /^\d{1,16}$/.test(raw) ? Number(raw) : raw;
  }
  if (schema.type === 'boolean') {
    // Clients send "True" and "False" as their language prints them, others 1 and 0.
    return { true: true, '1': true, false: false, '0': false }[raw.toLowerCase()] ?? raw;
  }
  return schema.enum === undefined ? raw : raw.toLowerCase();
}

function unknownParameter(name: string): Problem {
  const filter = /^filters\[(.*)\]$/s.exec(name)?.[1];
  const shown = JSON.stringify(name.slice(0, 80));
  return filter === undefined
    ? problem('unknown_parameter', { parameter: shown }, name)
    : problem('unknown_filter', { parameter: shown }, filter);
}

/** Whether a text has more code points than `limit`, without spreading a huge text into an array. */
function isLongerThan(value: string, limit: number): boolean {
  return value.length > limit && (value.length > 2 * limit || [...value].length > limit);
}

/** Anything that can be seen, or that is refused for what it is. */
const VISIBLE = /[^\s\p{Z}\p{Cf}]/u;

/** Absent, null, or a text that shows nothing: as good as not sent. */
export function isBlank(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'string' && !VISIBLE.test(value))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
