/** What was done about an organization, newest first; how much of it is shown stands in the URL. */
import { Button } from '@mantine/core';
import { useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { EmptyPlace } from '../../parts/nothing-here.tsx';
import { useTexts } from '../../texts/index.ts';
import { OrganizationFrame } from './frame.tsx';
import { HistoryEvent } from './history-event.tsx';

/** Events that are fetched at once. */
const EVENTS_AT_ONCE = 25;

export function HistoryPage() {
  return (
    <OrganizationFrame tab="history">
      {({ id }) => <History organization_id={id} />}
    </OrganizationFrame>
  );
}

function History({ organization_id }: { readonly organization_id: number }) {
  const state = useListState();
  const asked = Number(state.get('parts'));
  const parts = Number.isSafeInteger(asked) && asked > 0 ? asked : 1;
  return (
    <Part
      organization_id={organization_id}
      parts={parts}
      showMore={() => state.replace({ parts: String(parts + 1) })}
    />
  );
}

interface PartProps {
  readonly organization_id: number;
  /** The newest of them is older than this one; left out for the newest of all. */
  readonly before_id?: number;
  /** How many parts are shown, from this one on. */
  readonly parts: number;
  showMore(): void;
}

/** Some events, and after them the parts that are older. */
function Part({ organization_id, before_id, parts, showMore }: PartProps) {
  const { organization_history: texts } = useTexts();
  const query = useOperation('getOrganizationHistory', {
    params: { organization_id },
    query: { limit: EVENTS_AT_ONCE, ...(before_id !== undefined && { before_id }) },
  });
  // The button that asked for it is gone: whoever pressed it reads on here.
  const focusIfOlder = (list: HTMLOListElement | null) => {
    if (before_id !== undefined && document.activeElement === document.body) {
      list?.focus();
    }
  };
  return (
    <Answer query={query}>
      {({ events, next_before_id }) => {
        if (events.length === 0) {
          return <EmptyPlace title={texts.none_title} text={texts.none} />;
        }
        const hasOlder = next_before_id !== undefined;
        return (
          <>
            <ol className="history" tabIndex={-1} ref={focusIfOlder}>
              {events.map((event) => (
                <HistoryEvent key={event.id} event={event} />
              ))}
            </ol>
            {hasOlder && parts > 1 && (
              <Part
                organization_id={organization_id}
                before_id={next_before_id}
                parts={parts - 1}
                showMore={showMore}
              />
            )}
            {hasOlder && parts === 1 && (
              <div>
                <Button variant="default" onClick={showMore}>
                  {texts.older}
                </Button>
              </div>
            )}
            {!hasOlder && <p className="hint">{texts.end}</p>}
          </>
        );
      }}
    </Answer>
  );
}
