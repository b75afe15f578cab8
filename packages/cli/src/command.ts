/**
 * What a command is: its name, what it takes, an example, and what it does. Help, parsing and completion
 * all come from this one description.
 */

export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string, done?: (error?: Error | null) => void): unknown;
}

/** Everything that a command touches of the world around it, but files and the network. */
export interface Io {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

/** The command line was wrong; the message says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a value on the command line must look like. `flag` takes none. */
interface Kinds {
  readonly flag: true;
  readonly text: string;
  /** One of a few, see `words`. */
  readonly word: string;
  readonly file: string;
  readonly directory: string;
  readonly id: number;
  /** Ids with commas between them, or `none`. */
  readonly ids: number[];
  /** Whole numbers with commas between them, or `none`. */
  readonly numbers: number[];
  readonly count: number;
}
export type Kind = keyof Kinds;

interface ValueSpec {
  readonly kind: Kind;
  readonly help: string;
  readonly words?: readonly string[];
}

export interface OptionSpec extends ValueSpec {
  /** What stands for the value in the help; the kind in capitals where it is left out. */
  readonly value?: string;
  readonly is_required?: true;
  readonly is_multiple?: true;
}

export interface ArgumentSpec extends ValueSpec {
  readonly name: string;
  readonly is_optional?: true;
  /** Takes what is left, at least one: only the last can. */
  readonly is_multiple?: true;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type OptionValue<Spec extends OptionSpec> = Spec extends { is_multiple: true }
  ? readonly Kinds[Spec['kind']][]
  : Spec extends { is_required: true }
    ? Kinds[Spec['kind']]
    : Kinds[Spec['kind']] | undefined;

export type OptionValues<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: OptionValue<Specs[Name]>;
};

type ArgumentValues<Specs extends readonly ArgumentSpec[]> = {
  readonly [Spec in Specs[number] as Spec['name']]: Spec extends { is_multiple: true }
    ? readonly Kinds[Spec['kind']][]
    : Spec extends { is_optional: true }
      ? Kinds[Spec['kind']] | undefined
      : Kinds[Spec['kind']];
};

/** A command as it was called. */
export interface Call<
  Options = Readonly<Record<string, unknown>>,
  Arguments = Readonly<Record<string, unknown>>,
> {
  readonly options: Options;
  readonly arguments: Arguments;
  /** The command line behind the command's name, for those that read it themselves. */
  readonly raw: readonly string[];
  readonly io: Io;
}

interface Description {
  /** The words that call it: one, or a group and one in it. */
  readonly name: string;
  readonly help: string;
  /** How it is called, complete. */
  readonly example: string;
  /** More to know, for its own help. */
  readonly notes?: string;
  /** Whether it reads its arguments and values itself; only the names of its options are looked at. */
  readonly reads_itself?: true;
}

export interface Command extends Description {
  readonly arguments: readonly ArgumentSpec[];
  readonly options: OptionSpecs;
  run(call: Call): Promise<void>;
}

/** A command whose values have the types that its description says. */
export function defineCommand<
  const Options extends OptionSpecs,
  const Arguments extends readonly ArgumentSpec[] = readonly [],
>(
  description: Description & {
    readonly arguments?: Arguments;
    readonly options: Options;
    run(call: Call<OptionValues<Options>, ArgumentValues<Arguments>>): Promise<void>;
  },
): Command {
  const { run } = description;
  return {
    ...description,
    arguments: description.arguments ?? [],
    // Whoever calls it has parsed the command line by this very description.
    run: (call) => run(call as unknown as Call<OptionValues<Options>, ArgumentValues<Arguments>>),
  };
}

/** How an option's value, or an argument, is named in help. */
export function placeholderOf(spec: OptionSpec | ArgumentSpec): string {
  if ('name' in spec) {
    return spec.name;
  }
  return spec.value ?? spec.words?.join('|') ?? PLACEHOLDERS[spec.kind];
}

const PLACEHOLDERS: Readonly<Record<Kind, string>> = {
  flag: '',
  text: 'TEXT',
  word: 'WORD',
  file: 'FILE',
  directory: 'DIR',
  id: 'ID',
  ids: 'ID,ID…|none',
  numbers: 'N,N…|none',
  count: 'N',
};
