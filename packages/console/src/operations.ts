/** How pages ask the API and change something by it: every operation by its name in the contract. */
import type { Client } from '@orgvet/client';
import type { OperationName, RequestOf, ResponseOf } from '@orgvet/contract';
import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { createContext, use } from 'react';

export const ClientContext = createContext<Client | undefined>(undefined);

/** The client of the API; pages seldom need it, `useOperation` and `useChange` are for them. */
export function useClient(): Client {
  const client = use(ClientContext);
  if (client === undefined) {
    throw new Error('The console is not inside of its App.');
  }
  return client;
}

interface OperationOptions {
  /** Whether to ask at all; yes where it is left out. */
  readonly enabled?: boolean;
  /** Whether the answer to the last request stays while the next is on its way, as pages of a list do. */
  readonly keepsPrevious?: boolean;
  /** Asks again and again after so long, as what others work on too. */
  readonly refetch_ms?: number;
}

/** Asks the API, and again when something has been changed. */
export function useOperation<Name extends OperationName>(
  name: Name,
  request: RequestOf<Name>,
  { enabled = true, keepsPrevious = false, refetch_ms }: OperationOptions = {},
): UseQueryResult<ResponseOf<Name>> {
  const client = useClient();
  return useQuery<ResponseOf<Name>>({
    queryKey: [name, request],
    queryFn: () => client.call(name, request),
    enabled,
    ...(keepsPrevious && { placeholderData: keepPreviousData as never }),
    ...(refetch_ms !== undefined && { refetchInterval: refetch_ms }),
  });
}

/**
 * Changes something by the API. Whatever is on the page is asked for again then: one change shows in
 * many places, and a list that still says otherwise is worse than a request.
 */
export function useChange<Name extends OperationName>(
  name: Name,
): UseMutationResult<ResponseOf<Name>, Error, RequestOf<Name>> {
  const client = useClient();
  const queries = useQueryClient();
  return useMutation<ResponseOf<Name>, Error, RequestOf<Name>>({
    mutationFn: (request) => client.call(name, request),
    // Not waited for: whoever asked is told first, as what is fetched anew may put them off the page.
    onSuccess: () => {
      queries.invalidateQueries();
    },
  });
}
