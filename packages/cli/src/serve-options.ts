/** The server's own options, as commands describe them; the server reads their values. */
import { type DatabaseLocation, parseServeSettings, SERVE_OPTIONS } from '@orgvet/server';
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
  const names = Object.keys(DATABASE_OPTIONS) as (keyof typeof DATABASE_OPTIONS)[];
  const given = names.filter((name) => options[name] !== undefined);
  const args = given.map((name) => `--${name}=${options[name]}`);
  return parseServeSettings(args, environment).database;
}
