/** Help, out of the descriptions of the commands. */
import { type ArgumentSpec, type Command, type OptionSpec, placeholderOf } from './command.ts';
import { UNREACHABLE_STATUSES } from './exit.ts';

/** Commands that share their first word, with what they are about. */
export type Groups = Readonly<Record<string, string>>;

const INDENT = '  ';

export function renderHelp(commands: readonly Command[], groups: Groups): string {
  const single = commands.filter(({ name }) => !name.includes(' '));
  return [
    'orgvet: a self-hosted organization registry that speaks the CertCentral API.',
    '',
    'Usage: orgvet COMMAND [options]',
    '',
    ...renderRows(single.map(({ name, help }) => [name, help])),
    '',
    ...renderRows(
      Object.entries(groups).map(([group, about]) => [
        `${group} ${wordsOf(commands, group).join('|')}`,
        about,
      ]),
    ),
    '',
    'orgvet COMMAND --help tells about each of them. Examples:',
    `${INDENT}orgvet serve --seed demo`,
    `${INDENT}orgvet org list --help`,
    '',
    'Exit codes:',
    ...renderRows([
      ['0', 'done'],
      ['1', 'refused, or failed; stderr says why'],
      ['2', 'the command line is wrong'],
      ['3', `the server cannot be reached or says ${UNREACHABLE_STATUSES.join(', ')}: try again`],
    ]),
  ].join('\n');
}

export function renderGroupHelp(
  commands: readonly Command[],
  group: string,
  about: string,
): string {
  const inGroup = commands.filter(({ name }) => name.startsWith(`${group} `));
  const rows = renderRows(inGroup.map(({ name, help }) => [name, help]));
  return [
    `orgvet ${group}: ${about}.`,
    '',
    ...rows.flatMap((row, index) => [row, `${INDENT}${INDENT}${inGroup[index]?.example}`]),
    '',
    `orgvet ${group} COMMAND --help tells about each of them.`,
  ].join('\n');
}

/** The second words of a group's commands. */
function wordsOf(commands: readonly Command[], group: string): string[] {
  const names = commands.map(({ name }) => name.split(' '));
  return names.flatMap(([first, second]) => (first === group && second ? [second] : []));
}

export function renderCommandHelp(command: Command): string {
  const { name, help, example, notes, arguments: arguments_, options } = command;
  const required = Object.entries(options).filter(([, { is_required }]) => is_required);
  const usage = [
    'Usage: orgvet',
    name,
    ...arguments_.map(describeArgument),
    ...required.map(([option, spec]) => describeOption(option, spec)),
    ...(Object.keys(options).length > required.length ? ['[options]'] : []),
  ].join(' ');
  const explained = [
    ...arguments_.map((spec): [string, string] => [spec.name, spec.help]),
    ...Object.entries(options).map(([option, spec]): [string, string] => [
      describeOption(option, spec),
      spec.help,
    ]),
  ];
  return [
    usage,
    '',
    `${help.slice(0, 1).toUpperCase()}${help.slice(1)}.`,
    ...(notes === undefined ? [] : [notes]),
    '',
    ...(explained.length > 0 ? [...renderRows(explained), ''] : []),
    'Example:',
    `${INDENT}${example}`,
  ].join('\n');
}

function describeArgument(spec: ArgumentSpec): string {
  const name = spec.is_multiple ? `${spec.name}…` : spec.name;
  return spec.is_optional ? `[${name}]` : name;
}

function describeOption(option: string, spec: OptionSpec): string {
  return `--${option} ${placeholderOf(spec)}`.trim();
}

/** The longest first cell that others are lined up with; what is longer stands on a line of its own. */
const ALIGNED_WIDTH_MAX = 34;

function renderRows(rows: readonly (readonly [string, string])[]): string[] {
  const widths = rows.map(([first]) => first.length).filter((width) => width <= ALIGNED_WIDTH_MAX);
  const width = Math.max(0, ...widths);
  return rows.map(([first, second]) =>
    first.length > width
      ? `${INDENT}${first}\n${INDENT}${' '.repeat(width)}${INDENT}${second}`
      : `${INDENT}${first.padEnd(width)}${INDENT}${second}`,
  );
}
