/**
 * Reads a command line by the description of its command. Refuses what is not known, with the nearest
 * that is, and what a value cannot be; it never guesses and passes nothing over.
 */
import { parseArgs } from 'node:util';
import {
  type ArgumentSpec,
  type Call,
  type Command,
  type Kind,
  type OptionSpec,
  type OptionSpecs,
  placeholderOf,
  UsageError,
} from './command.ts';

/** Values as they were written: of each option all, in their order. */
interface Written {
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
}

/** Names under which people look for a way to give the key where everybody sees it. */
const KEY_OPTIONS = ['key', 'api-key', 'apikey', 'token', 'devkey'];

/**
 * @param args the command line behind the command's name
 * @throws UsageError
 */
export function parseCommandLine(command: Command, args: readonly string[]): Omit<Call, 'io'> {
  const written = readWritten(command, args);
  if (command.reads_itself) {
    return { options: {}, arguments: {}, raw: args };
  }
  return {
    options: readOptions(command.options, written.options),
    arguments: readArguments(command.arguments, written.positionals),
    raw: args,
  };
}

function readWritten({ options, reads_itself }: Command, args: readonly string[]): Written {
  const config = Object.entries(options).map(([name, { kind }]) => [
    name,
    { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) },
  ]);
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(config),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const written = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') {
      positionals.push(token.value);
    } else if (token.kind === 'option') {
      const spec = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
      if (spec === undefined) {
        throw unknownOption(token.rawName, token.name, [...Object.keys(options), 'help']);
      }
      const { rawName, value, inlineValue } = token;
      const values = written.get(token.name) ?? [];
      values.push(reads_itself ? '' : writtenValue(spec, rawName, value, inlineValue === true));
      written.set(token.name, values);
    }
  }
  return { options: written, positionals };
}

function unknownOption(raw: string, name: string, known: readonly string[]): UsageError {
  if (KEY_OPTIONS.includes(name)) {
    return new UsageError(
      'A key is not given on the command line, where others on this machine see it: ' +
        'put it into a file for --key-file FILE, or into ORGVET_KEY.',
    );
  }
  const nearest = findNearest(name, known);
  return new UsageError(
    `There is no option ${raw}${nearest === undefined ? '.' : `. Did you mean --${nearest}?`}`,
  );
}

function writtenValue(
  spec: OptionSpec,
  raw: string,
  value: string | undefined,
  is_inline: boolean,
): string {
  if (spec.kind === 'flag') {
    if (is_inline) {
      throw new UsageError(`${raw} takes no value.`);
    }
    return '';
  }
  // What looks like an option is one that was forgotten a value before, but `-name` is an order.
  if (value === undefined || (!is_inline && value.startsWith('--'))) {
    throw new UsageError(`${raw} needs a value: ${raw} ${placeholderOf(spec)}.`);
  }
  return value;
}

function readOptions(
  specs: OptionSpecs,
  written: ReadonlyMap<string, readonly string[]>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const texts = written.get(name) ?? [];
    if (texts.length > 1 && !spec.is_multiple) {
      throw new UsageError(`--${name} is given more than once.`);
    }
    if (texts.length === 0 && spec.is_required) {
      throw new UsageError(`--${name} ${placeholderOf(spec)} is missing: ${spec.help}.`);
    }
    const read = texts.map((text) => READERS[spec.kind](text, `--${name}`, spec.words ?? []));
    values[name] = spec.is_multiple ? read : read[0];
  }
  return values;
}

function readArguments(
  specs: readonly ArgumentSpec[],
  texts: readonly string[],
): Record<string, unknown> {
  const more = texts[specs.length];
  if (more !== undefined && !specs.at(-1)?.is_multiple) {
    throw new UsageError(`There is one argument too many: ${more}.`);
  }
  const values: Record<string, unknown> = {};
  for (const [index, spec] of specs.entries()) {
    const { name, kind, words = [], is_optional, help } = spec;
    const text = texts[index];
    if (text === undefined && !is_optional) {
      throw new UsageError(`${name} is missing: ${help}.`);
    }
    if (spec.is_multiple) {
      values[name] = texts.slice(index).map((one) => READERS[kind](one, name, words));
    } else {
      values[name] = text === undefined ? undefined : READERS[kind](text, name, words);
    }
  }
  return values;
}

type Reader = (text: string, name: string, words: readonly string[]) => unknown;

const READERS: Readonly<Record<Kind, Reader>> = {
  flag: () => true,
  text: (text) => text,
  file: readName,
  directory: readName,
  word: (text, name, words) => {
    if (!words.includes(text)) {
      throw new UsageError(`${name} must be one of ${words.join(', ')}, not ${text}.`);
    }
    return text;
  },
  id: readId,
  ids: (text, name) => readEach(text, name, readId),
  numbers: (text, name) => readEach(text, name, (part) => readNumber(part, name, /^-?\d{1,15}$/)),
  count: (text, name) => readNumber(text, name, /^\d{1,15}$/),
};

function readEach<Value>(
  text: string,
  name: string,
  read: (part: string, name: string) => Value,
): Value[] {
  return text === 'none' ? [] : text.split(',').map((part) => read(part, name));
}

function readNumber(text: string, name: string, pattern: RegExp): number {
  if (!pattern.test(text)) {
    throw new UsageError(`${name} must be a whole number, not ${text}.`);
  }
  return Number(text);
}

function readName(text: string, name: string): string {
  if (text === '') {
    throw new UsageError(`${name} is empty.`);
  }
  return text;
}

function readId(text: string, name: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) {
    throw new UsageError(`${name} must be an id, a whole number from 1, not ${text}.`);
  }
  return Number(text);
}

/** @returns the word that one was probably meant to be, if there is such a one */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  const begins = known.filter((name) => word !== '' && name.startsWith(word));
  const [only] = begins;
  if (begins.length === 1) {
    return only;
  }
  const distances = known.map((name) => ({ name, distance: distanceBetween(word, name) }));
  const [nearest] = distances.sort((one, other) => one.distance - other.distance);
  const most = Math.max(1, Math.floor(word.length / 3));
  return nearest !== undefined && nearest.distance <= most ? nearest.name : undefined;
}

/** How many letters must be put in, left out, changed or swapped with the next to make one word of another. */
function distanceBetween(one: string, other: string): number {
  const first = Array.from({ length: other.length + 1 }, (_, index) => index);
  const rows = [first];
  const at = (row: number, place: number) => rows[row]?.[place] ?? 0;
  for (let row = 1; row <= one.length; row += 1) {
    rows.push([row]);
    for (let place = 1; place <= other.length; place += 1) {
      const isSame = one[row - 1] === other[place - 1];
      const isSwapped =
        row > 1 &&
        place > 1 &&
        one[row - 1] === other[place - 2] &&
        one[row - 2] === other[place - 1];
      const ways = [at(row - 1, place) + 1, at(row, place - 1) + 1];
      ways.push(at(row - 1, place - 1) + (isSame ? 0 : 1));
      ways.push(...(isSwapped ? [at(row - 2, place - 2) + 1] : []));
      rows[row]?.push(Math.min(...ways));
    }
  }
  return at(one.length, other.length);
}
