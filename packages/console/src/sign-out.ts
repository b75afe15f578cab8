/** Signing out: the server forgets the session, and this page whatever it has fetched. */
import { useQueryClient } from '@tanstack/react-query';
import { useClient } from './operations.ts';
import { useToast } from './parts/toast.tsx';
import { describeError } from './problems.ts';
import { useTexts } from './texts/index.ts';

export function useSignOut(): () => Promise<void> {
  const client = useClient();
  const queries = useQueryClient();
  const texts = useTexts();
  const show = useToast();
  return async () => {
    try {
      await client.call('signOut', {});
    } catch (error) {
      show(describeError(error, texts).join(' '));
      return;
    }
    queries.clear();
    // The page begins anew, so that nothing of whoever was here is left in it.
    window.location.assign('/');
  };
}
