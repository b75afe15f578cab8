/** What is to be looked for while an organization is being described: by what is known of it so far. Pure. */
import { DuplicateCheckRequest, type Problem, readBody } from '@orgvet/contract';
import { computeFingerprint } from './fingerprint.ts';
import { fold } from './fold.ts';
import { FORMATS } from './formats.ts';
import { detailsOf } from './organization.ts';

export interface DuplicateCheck {
  /** Folded, as names are that are searched. */
  readonly name_folded: string;
  /** Of the details; absent until all that a create needs of them is there. */
  readonly fingerprint?: string;
}

/** Reads the body of "Check for duplicates". */
export function readDuplicateCheck(body: unknown): { problems: Problem[]; check: DuplicateCheck } {
  const { problems, value } = readBody(DuplicateCheckRequest, body, FORMATS);
  const { name, country, address, city, state, zip } = value;
  const isComplete =
    problems.length === 0 &&
    country !== undefined &&
    address !== undefined &&
    city !== undefined &&
    state !== undefined &&
    zip !== undefined;
  return {
    problems,
    check: {
      name_folded: fold(name ?? ''),
      ...(isComplete && {
        fingerprint: computeFingerprint(
          // Nobody is told from another by the telephone.
          detailsOf({ ...value, country, address, city, state, zip, telephone: '' }),
        ),
      }),
    },
  };
}
