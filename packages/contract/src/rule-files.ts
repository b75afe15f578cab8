/**
 * Tells what is wrong with a file of rules by its published schema, every fault at once, for the operator
 * who wrote it. The checker is loaded with the first file: who reads none never waits for it.
 */
import type { TSchema } from 'typebox';

/** What is wrong with a file of rules, and where. */
export interface RuleFileFault {
  /** As `types[0].checks[2].reuse[1].days`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  /** The section of rules that the place is about, where the file gives one. */
  readonly section?: string;
}

/** More than a person reads at once; a file of something else altogether may have as many. */
const FAULTS_MAX = 200;

/** Every way in which a value does not fit a schema, in the order of the value. */
export async function listRuleFileFaults(
  schema: TSchema,
  value: unknown,
): Promise<RuleFileFault[]> {
  const [{ Errors }, { Settings }] = await Promise.all([
    import('typebox/value'),
    import('typebox/system'),
  ]);
  // It would stop after the first few.
  Settings.Set({ maxErrors: FAULTS_MAX });
  const errors = Errors(schema, value).filter(({ keyword }) => keyword !== 'boolean');
  return errors.map(({ instancePath, message, params }) => {
    const steps = instancePath.split('/').slice(1).map(unescapeStep);
    const section = findSection(value, steps);
    return {
      path: renderPath(steps),
      message: describe(message, params),
      ...(section !== undefined && { section }),
    };
  });
}

/** A place in a value, as people write it. */
export function renderPath(steps: readonly (string | number)[]): string {
  return steps
    .map((step) => (/^\d+$/.test(String(step)) ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

/** The section of what encloses a place in a value, the nearest that has one. */
export function findSection(
  value: unknown,
  steps: readonly (string | number)[],
): string | undefined {
  let section: string | undefined;
  let here = value;
  for (const step of ['', ...steps]) {
    here = step === '' ? here : memberOf(here, String(step));
    const own = memberOf(here, 'section');
    section = typeof own === 'string' && own !== '' ? own : section;
  }
  return section;
}

function memberOf(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** Steps of a JSON pointer. */
function unescapeStep(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The words that are allowed, or the members that are not, stand in the parameters of an error only. */
function describe(message: string, params: object): string {
  const { allowedValues, additionalProperties } = params as Readonly<Record<string, unknown>>;
  const words = allowedValues ?? additionalProperties;
  return `${message}${Array.isArray(words) ? `: ${words.join(', ')}` : ''}.`;
}
