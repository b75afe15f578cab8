/**
 * Scripts that complete commands, options and their values in a shell, out of the table of commands. They
 * hold everything themselves: nothing is started while somebody types.
 */
import type { Command, OptionSpec } from './command.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** What can follow a command's name. */
interface Place {
  /** The words before: none, a group, or a command. */
  readonly path: string;
  /** With what each is, for the shells that show it. */
  readonly words: readonly Described[];
  readonly options: readonly (Described & { readonly spec: OptionSpec })[];
}

interface Described {
  readonly word: string;
  readonly help: string;
}

export function renderCompletion(
  shell: string,
  commands: readonly Command[],
  groups: Readonly<Record<string, string>>,
): string {
  const places = listPlaces(commands, groups);
  switch (shell) {
    case 'zsh':
      return renderZsh(places, Object.keys(groups));
    case 'fish':
      return renderFish(places, Object.keys(groups));
    default:
      return renderBash(places, Object.keys(groups));
  }
}

function listPlaces(
  commands: readonly Command[],
  groups: Readonly<Record<string, string>>,
): Place[] {
  const single = commands.filter(({ name }) => !name.includes(' '));
  const first = [
    ...single.map(({ name, help }) => ({ word: name, help })),
    ...Object.entries(groups).map(([word, help]) => ({ word, help })),
  ];
  const inGroups = Object.keys(groups).map((group) => ({
    path: group,
    words: commands
      .filter(({ name }) => name.startsWith(`${group} `))
      .map(({ name, help }) => ({ word: name.slice(group.length + 1), help })),
    options: [],
  }));
  const inCommands = commands.map(({ name, arguments: arguments_, options }) => ({
    path: name,
    words: arguments_.flatMap(({ words = [], help }) => words.map((word) => ({ word, help }))),
    options: [
      ...Object.entries(options).map(([option, spec]) => ({
        word: `--${option}`,
        help: spec.help,
        spec,
      })),
      { word: '--help', help: 'tell about it', spec: { kind: 'flag', help: '' } as const },
    ],
  }));
  return [{ path: '', words: first, options: [] }, ...inGroups, ...inCommands];
}

/** Text that a shell takes as it stands. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function wordsOf(described: readonly Described[]): string {
  return described.map(({ word }) => word).join(' ');
}

function renderBash(places: readonly Place[], groups: readonly string[]): string {
  const cases = places.map(
    ({ path, words, options }) => `    ${quote(path)})
      words=${quote(wordsOf(words))}
      options=${quote(wordsOf(options))}${renderValueCases(options)}
      ;;`,
  );
  return `# Completion of orgvet for bash. Use it by: source <(orgvet completion bash)
_orgvet() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  local path="" words="" options="" values="" kind=""
  if ((COMP_CWORD > 1)); then path="\${COMP_WORDS[1]}"; fi
  case "$path" in
    ${groups.join('|')})
      if ((COMP_CWORD > 2)); then path="$path \${COMP_WORDS[2]}"; fi ;;
  esac
  case "$path" in
${cases.join('\n')}
  esac
  case "$kind" in
    file) COMPREPLY=($(compgen -f -- "$current")) ;;
    directory) COMPREPLY=($(compgen -d -- "$current")) ;;
    value) COMPREPLY=($(compgen -W "$values" -- "$current")) ;;
    *)
      if [[ "$current" == -* ]]; then words="$options"; fi
      COMPREPLY=($(compgen -W "$words" -- "$current"))
      if [[ -z "$words" ]]; then COMPREPLY=($(compgen -f -- "$current")); fi ;;
  esac
}
complete -o filenames -F _orgvet orgvet`;
}

/** What follows an option that takes a value, told by the word before the cursor; for bash and zsh. */
function renderValueCases(options: Place['options']): string {
  const cases = options
    .filter(({ spec }) => spec.kind !== 'flag')
    .map(({ word, spec: { kind, words = [] } }) => {
      const isPath = kind === 'file' || kind === 'directory';
      const values = isPath ? `kind=${kind}` : `kind=value values=${quote(words.join(' '))}`;
      return `\n        ${word}) ${values} ;;`;
    });
  return cases.length === 0 ? '' : `\n      case "$previous" in${cases.join('')}\n      esac`;
}

function renderZsh(places: readonly Place[], groups: readonly string[]): string {
  const cases = places.map(
    ({ path, words, options }) => `    ${quote(path)})
      words_here=(${words.map(describeForZsh).join(' ')})
      options_here=(${options.map(describeForZsh).join(' ')})${renderValueCases(options)}
      ;;`,
  );
  return `#compdef orgvet
# Completion of orgvet for zsh. Use it by: source <(orgvet completion zsh)
_orgvet() {
  local current="\${words[CURRENT]}" previous="\${words[CURRENT - 1]}"
  local where="" values="" kind=""
  local -a words_here options_here
  if ((CURRENT > 2)); then where="\${words[2]}"; fi
  case "$where" in
    ${groups.join('|')})
      if ((CURRENT > 3)); then where="$where \${words[3]}"; fi ;;
  esac
  case "$where" in
${cases.join('\n')}
  esac
  case "$kind" in
    file) _files ;;
    directory) _files -/ ;;
    value) compadd -- \${=values} ;;
    *)
      if [[ "$current" == -* ]]; then _describe option options_here
      elif (($#words_here)); then _describe command words_here
      else _files; fi ;;
  esac
}
compdef _orgvet orgvet`;
}

function describeForZsh({ word, help }: Described): string {
  return quote(`${word.replaceAll(':', '\\:')}:${help}`);
}

function renderFish(places: readonly Place[], groups: readonly string[]): string {
  const lines = places.flatMap(({ path, words, options }) => {
    const condition = `-n ${quote(`test (__orgvet_path) = ${quote(path)}`)}`;
    return [
      ...words.map(
        ({ word, help }) =>
          `complete -c orgvet -f ${condition} -a ${quote(word)} -d ${quote(help)}`,
      ),
      ...options.map(
        ({ word, help, spec }) =>
          `complete -c orgvet ${condition} -l ${word.slice(2)} -d ${quote(help)}${fishValue(spec)}`,
      ),
    ];
  });
  return `# Completion of orgvet for fish. Use it by: orgvet completion fish | source
function __orgvet_path
  set -l given (commandline -opc)
  set -l path $given[2]
  if contains -- "$path" ${groups.join(' ')}; and set -q given[3]
    set path "$path $given[3]"
  end
  echo "$path"
end
${lines.join('\n')}`;
}

function fishValue({ kind, words }: OptionSpec): string {
  if (kind === 'flag') {
    return '';
  }
  if (words !== undefined) {
    return ` -x -a ${quote(words.join(' '))}`;
  }
  return kind === 'file' || kind === 'directory' ? ' -r' : ' -x';
}
