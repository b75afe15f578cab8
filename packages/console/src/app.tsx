/** What everything in the console stands in: texts, colours, the client and what it has fetched. */
import { MantineProvider } from '@mantine/core';
import { ApiError, createClient } from '@orgvet/client';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { ClientContext } from './operations.ts';
import { Toasts } from './parts/toast.tsx';
import { isSignedOut } from './problems.ts';
import { Routes } from './routes.tsx';
import { TextsContext } from './texts/index.ts';
import type { Texts } from './texts/texts.ts';
import { theme } from './theme.ts';

/** How long something that was fetched is shown again without asking. */
const FRESH_MS = 2_000;

const TRIES_MAX = 2;

export function App({ nonce, texts }: { readonly nonce: string; readonly texts: Texts }) {
  const [client] = useState(() => createClient({ base_url: window.location.origin }));
  const [queries] = useState(createQueries);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <TextsContext value={texts}>
        <ClientContext value={client}>
          <QueryClientProvider client={queries}>
            <Toasts>
              <Routes />
            </Toasts>
          </QueryClientProvider>
        </ClientContext>
      </TextsContext>
    </MantineProvider>
  );
}

/**
 * What the server refused it refuses again; only what did not arrive is asked for once more. Where a
 * session has ended meanwhile, whose turn it is to sign in is asked, and the address stays.
 */
function createQueries(): QueryClient {
  const onError = (error: Error) => {
    if (isSignedOut(error)) {
      queries.invalidateQueries({ queryKey: ['getSession'] });
    }
  };
  const queries = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // Some answers take seconds of the server; who comes back to a window has not asked for them.
        refetchOnWindowFocus: false,
        retry: (failures, error) =>
          failures < TRIES_MAX && !(error instanceof ApiError && error.status < 500),
      },
    },
  });
  return queries;
}
