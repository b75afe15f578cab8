/**
 * What every step of signing in does with the answer: it is the session, for everything else to see. A
 * refusal may be the end of the session, so it is asked for then.
 */
import type { OperationName, RequestOf, ResponseOf } from '@orgvet/contract';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { useClient } from '../../operations.ts';
import { hasCode } from '../../problems.ts';

type Session = ResponseOf<'getSession'>;

/** The operations that answer with the session as it is since. */
export type SessionOperation = {
  [Name in OperationName]: ResponseOf<Name> extends Session ? Name : never;
}[OperationName];

/** Keeps what a step was refused with, for the step that comes in its place; undefined forgets it. */
export const RefusalContext = createContext<(refusal: unknown) => void>(() => undefined);

/** Changes the session by an operation, and whatever is shown by its answer. */
export function useSessionStep<Name extends SessionOperation>(
  name: Name,
): UseMutationResult<ResponseOf<Name>, Error, RequestOf<Name>> {
  const client = useClient();
  const queries = useQueryClient();
  const keep = use(RefusalContext);
  const noteRefusal = useRefusal();
  return useMutation<ResponseOf<Name>, Error, RequestOf<Name>>({
    mutationFn: (request) => client.call(name, request),
    onSuccess: (session) => {
      keep(undefined);
      queries.setQueryData(['getSession', {}], session);
      // What somebody signs in with may be shown beside it.
      queries.invalidateQueries({ predicate: ({ queryKey: [asked] }) => asked !== 'getSession' });
    },
    onError: noteRefusal,
  });
}

/** What is to be done where a step is refused: whoever is no longer on the way begins again. */
export function useRefusal(): (error: unknown) => void {
  const queries = useQueryClient();
  const keep = use(RefusalContext);
  return (error) => {
    if (hasCode(error, 'sign_in_refused')) {
      keep(error);
      queries.invalidateQueries({ queryKey: ['getSession'] });
    }
  };
}
