/** Users, organizations and divisions to choose from, by a part of what they are called. */
import { useDebouncedValue } from '@mantine/hooks';
import { useOperation } from '../operations.ts';
import { useTexts } from '../texts/index.ts';
import type { Choice } from './picker.tsx';

/** As many as people look through before they type on. */
const CHOICES_MAX = 20;
const TYPING_PAUSE_MS = 150;

export interface Choices {
  readonly choices: readonly Choice[];
  /** The one that the text names: by its whole label, or because no other has what was typed. */
  readonly chosen: Choice | undefined;
}

export function useUserChoices(typed: string): Choices {
  const { parts } = useTexts();
  const [settled] = useDebouncedValue(typed, TYPING_PAUSE_MS);
  const term = findUserTerm(settled);
  const { data, isPlaceholderData } = useOperation(
    'listUsers',
    {
      query: {
        ...(term !== '' && { 'filters[search]': `%${term}` }),
        limit: CHOICES_MAX,
        without_container: true,
      },
    },
    { keepsPrevious: true },
  );
  const choices = (data?.users ?? []).map(({ id, first_name, last_name, username }) => ({
    id,
    label: parts.user_choice(`${first_name} ${last_name}`, username),
  }));
  return choose(choices, typed, !isPlaceholderData && settled === typed);
}

export function useOrganizationChoices(typed: string): Choices {
  const { parts } = useTexts();
  const [settled] = useDebouncedValue(typed, TYPING_PAUSE_MS);
  const search = findOrganizationSearch(settled);
  const { data, isPlaceholderData } = useOperation(
    'listOrganizations',
    {
      query: {
        ...(search !== '' && { 'filters[search]': search }),
        limit: CHOICES_MAX,
        sort: 'name',
      },
    },
    { keepsPrevious: true },
  );
  const choices = (data?.organizations ?? []).map(({ id, display_name }) => ({
    id,
    label: parts.numbered_choice(display_name, id),
  }));
  return choose(choices, typed, !isPlaceholderData && settled === typed);
}

/** Names are searched one by one: of several words the last, of a chosen label the user name in it. */
function findUserTerm(text: string): string {
  const chosen = /\(([^()]+)\)$/.exec(text.trim())?.[1];
  return chosen ?? text.trim().split(/\s+/).at(-1) ?? '';
}

/** A number is an id, as is the one in a chosen label; else a part of a name is searched for. */
function findOrganizationSearch(text: string): string {
  const wanted = text.trim();
  const id = /(?:^|\(#)(\d+)\)?$/.exec(wanted)?.[1];
  return wanted === '' ? '' : (id ?? `%${wanted}`);
}

function choose(choices: readonly Choice[], typed: string, isSettled: boolean): Choices {
  const named = choices.find(({ label }) => label === typed.trim());
  const isOnly = isSettled && choices.length === 1 && typed.trim() !== '';
  return { choices, chosen: named ?? (isOnly ? choices[0] : undefined) };
}

/** All divisions: there are few enough to be had at once. */
export function useDivisionChoices(typed: string): Choices {
  const { parts } = useTexts();
  const { data } = useOperation('listContainers', {});
  const wanted = typed.trim().toLocaleLowerCase();
  const choices = (data?.containers ?? [])
    .map(({ id, name }) => ({ id, label: parts.numbered_choice(name, id) }))
    .filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
  return choose(choices, typed, true);
}
