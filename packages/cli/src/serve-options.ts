/** The server's own options, as commands describe them; the server reads their values. */
import { type DatabaseLocation, parseServeSettings, SERVE_OPTIONS } from '@orgvet/server/light';
import type { Io, OptionSpec, OptionSpecs, OptionValues } from './command.ts';

type ServeOption = (typeof SERVE_OPTIONS)[number]['option'];
type TextSpec = OptionSpec & { readonly kind: 'text' | 'word' | 'file' | 'directory' };

const FORMS: Readonly<Partial<Record<ServeOption, Omit<TextSpec, 'help'>>>> = {
  data: { kind: 'directory' },
  database: { kind: 'text', value: 'URL' },
  'database-connections': { kind: 'text', value: 'N' },
  'mail-from': { kind: 'text', value: 'ADDRESS' },
  port: { kind: 'text', value: 'N' },
  'public-url': { kind: 'text', value: 'URL' },
  'ready-file': { kind: 'file' },
  rules: { kind: 'file' },
  seed: { kind: 'word', words: ['none', 'demo'] },
  smtp: { kind: 'text', value: 'URL' },
  'prepared-statements': { kind: 'word', words: ['on', 'off'] },
  'rate-limit-test-accounts': { kind: 'word', words: ['on', 'off'] },
};

function serveOptions<const Name extends ServeOption>(
  names: readonly Name[],
): Readonly<Record<Name, TextSpec>> {
  const specs = names.map((name): [Name, TextSpec] => {
    const known = SERVE_OPTIONS.find(({ option }) => option === name);
    const fallback = known?.default ? `, default ${known.default}` : '';
    const help = `${known?.help} (${known?.variable}${fallback})`;
    return [name, { ...(FORMS[name] ?? { kind: 'text' }), help }];
  });
  return Object.fromEntries(specs) as Record<Name, TextSpec>;
}

export const ALL_SERVE_OPTIONS = serveOptions(SERVE_OPTIONS.map(({ option }) => option));

export const POOL_OPTIONS = serveOptions(['database-connections', 'prepared-statements']);

/** Where a registry is kept, and how it is reached there. */
export const DATABASE_OPTIONS = { ...serveOptions(['data', 'database']), ...POOL_OPTIONS };

/** Where people reach the server, for links to its pages. */
export const ORIGIN_OPTIONS = serveOptions(['public-url', 'port']);

/** Files of the rules that are in force, as the server is started with them. */
export const RULES_OPTION = {
  rules: { ...serveOptions(['rules']).rules, is_multiple: true },
} as const satisfies OptionSpecs;

/** The files that are given, or those of the environment. */
export function ruleFilesOf(
  { rules }: OptionValues<typeof RULES_OPTION>,
  { environment }: Pick<Io, 'environment'>,
): readonly string[] {
  const args = rules.map((file) => `--rules=${file}`);
  return parseServeSettings(args, { ORGVET_RULES: environment.ORGVET_RULES }).rule_files ?? [];
}

/** @throws SettingsError for a place that cannot be */
export function readLocation(
  options: OptionValues<typeof DATABASE_OPTIONS>,
  { environment }: Pick<Io, 'environment'>,
): DatabaseLocation {
  return parseServeSettings(argumentsOf(DATABASE_OPTIONS, options), environment).database;
}

/** Where people reach the server; without a word one on this machine. @throws SettingsError */
export function readOrigin(
  options: OptionValues<typeof ORIGIN_OPTIONS>,
  { environment }: Pick<Io, 'environment'>,
): string {
  const given = argumentsOf(ORIGIN_OPTIONS, options);
  const { public_url, port } = parseServeSettings(given, environment);
  return public_url ?? `http://127.0.0.1:${port}`;
}

/** Options that were given, as the server takes them. */
function argumentsOf<Specs extends OptionSpecs>(
  specs: Specs,
  options: Readonly<Partial<Record<keyof Specs, unknown>>>,
): string[] {
  return Object.keys(specs)
    .filter((name) => options[name] !== undefined)
    .map((name) => `--${name}=${options[name]}`);
}
