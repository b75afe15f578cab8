/** Finds the command that a command line names, runs it, and tells how it ended. */
import { type Command, type Io, UsageError } from './command.ts';
import { COMMANDS, GROUPS } from './commands.ts';
import { EXIT_DONE, judgeFailure } from './exit.ts';
import { renderCommandHelp, renderGroupHelp, renderHelp } from './help.ts';
import { findNearest, parseCommandLine } from './parse.ts';
import { makeSafe } from './width.ts';

const HELP_WORDS = ['--help', '-h'];

/** @returns the exit code */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    await runCommand(args, io);
    return EXIT_DONE;
  } catch (error) {
    const { code, messages, is_expected } = judgeFailure(error);
    for (const message of messages) {
      io.stderr.write(`orgvet: ${message.split('\n').map(makeSafe).join('\n')}\n`);
    }
    if (!is_expected && io.environment.ORGVET_DEBUG) {
      io.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    }
    return code;
  }
}

async function runCommand(args: readonly string[], io: Io): Promise<void> {
  const help = findHelp(args);
  if (help !== undefined) {
    io.stdout.write(`${help}\n`);
    return;
  }
  const { command, rest } = findCommand(args);
  await command.run({ ...parseFor(command, rest), io });
}

/** As `parseCommandLine`, with where to read on behind what is wrong. */
function parseFor(command: Command, rest: readonly string[]) {
  try {
    return parseCommandLine(command, rest);
  } catch (error) {
    throw error instanceof UsageError
      ? new UsageError(`${error.message} See orgvet ${command.name} --help.`)
      : error;
  }
}

interface Found {
  readonly command: Command;
  /** What stands behind its name. */
  readonly rest: readonly string[];
}

/** @throws UsageError for what is no command, with the nearest one */
function findCommand(args: readonly string[]): Found {
  const [first = '', second = ''] = args[0] === '--version' ? ['version'] : args;
  const isGroup = Object.hasOwn(GROUPS, first);
  const name = isGroup ? `${first} ${second}` : first;
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) {
    throw isGroup ? unknownCommand(second, `${first} `) : unknownCommand(first, '');
  }
  return { command, rest: args.slice(isGroup ? 2 : 1) };
}

/** @param before the group that it would be in, with a blank */
function unknownCommand(word: string, before: string): UsageError {
  const names = [...Object.keys(GROUPS), ...COMMANDS.map(({ name }) => name)];
  const inGroup = names.filter((name) => name.startsWith(before));
  const words = inGroup.map((name) => name.slice(before.length));
  const nearest = findNearest(
    word,
    words.filter((known) => !known.includes(' ')),
  );
  const hint = nearest === undefined ? '' : ` Did you mean ${before}${nearest}?`;
  return new UsageError(`There is no command ${before}${word}.${hint} See orgvet ${before}--help.`);
}

/** The help that a command line asks for: on all, on a group, or on a command. */
function findHelp(args: readonly string[]): string | undefined {
  const end = args.indexOf('--');
  const words = end === -1 ? args : args.slice(0, end);
  const isAsked = words[0] === 'help' || words.some((word) => HELP_WORDS.includes(word));
  const [group, ...others] = words.filter((word) => !['help', ...HELP_WORDS].includes(word));
  if (group === undefined) {
    return renderHelp(COMMANDS, GROUPS);
  }
  const about = Object.hasOwn(GROUPS, group) ? GROUPS[group] : undefined;
  if (about !== undefined && others.length === 0) {
    return renderGroupHelp(COMMANDS, group, about);
  }
  return isAsked ? renderCommandHelp(findCommand([group, ...others]).command) : undefined;
}
