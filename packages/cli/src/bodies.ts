/**
 * What a command sends: a JSON object from a file, with what options say put over it. Whether it is right
 * is the server's to say, which names everything that is wrong at once.
 */
import { readFile } from 'node:fs/promises';
import { text as readText } from 'node:stream/consumers';
import type { Io, OptionSpecs } from './command.ts';

export const FROM_OPTION = {
  from: { kind: 'file', help: 'JSON object to send, - for stdin; options change its members' },
} as const satisfies OptionSpecs;

type Members = Readonly<Record<string, unknown>>;

/** Reads the object that `--from` names; an empty one without it. */
export async function readBodyFile(from: string | undefined, io: Io): Promise<Members> {
  if (from === undefined) {
    return {};
  }
  const isStdin = from === '-';
  const text = isStdin ? await readText(io.stdin) : await readFile(from, 'utf8');
  const body = parseJson(text.replace(/^\uFEFF/, ''));
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Error(`${isStdin ? 'What came on stdin' : from} is not a JSON object.`);
  }
  return body as Members;
}

/** @returns undefined for what is no JSON */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The members that options give: `first_name` by `--first-name`, with a prefix before it. */
export function pickMembers(options: Members, names: readonly string[], prefix = ''): Members {
  const given = names.map((name) => [name, options[`${prefix}${name.replaceAll('_', '-')}`]]);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** An object inside a body, with what options say put over it; nothing where neither says anything. */
export function mergeMember(body: Members, name: string, given: Members): Members {
  const before = body[name] as Members | undefined;
  return before === undefined && Object.keys(given).length === 0
    ? {}
    : { [name]: { ...before, ...given } };
}
