/** One thing that was done: what, by whom, when, and field by field what it changed. */
import type { ResponseOf } from '@orgvet/contract';
import { Moment } from '../../parts/moment.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { isTold, labelOf, tellValue } from './history-words.ts';

type Event = ResponseOf<'getOrganizationHistory'>['events'][number];
type Change = Event['changes'][number];

/** What the title tells already. */
const TITLE_FIELDS: ReadonlySet<string> = new Set(['type', 'contact_type']);

/** As many changes are read at a glance; more stand behind a summary. */
const CHANGES_SHOWN_MAX = 6;

export function HistoryEvent({ event }: { readonly event: Event }) {
  const texts = useTexts();
  const { organization_history } = texts;
  const { occurred_at, actor } = event;
  const title = titleOf(event, texts);
  const changes = event.changes.filter(
    (change) => isTold(change) && !TITLE_FIELDS.has(change.field),
  );
  const table = <Changes title={title} changes={changes} isMarked={tellsChange(event)} />;
  return (
    <li className="history-event">
      <div className="history-head">
        <h2>{title}</h2>
        <span className="history-who">
          {actor?.name ?? organization_history.itself}, <Moment time={occurred_at} />
        </span>
      </div>
      {changes.length > CHANGES_SHOWN_MAX ? (
        <details className="history-more">
          <summary>{organization_history.all_fields(changes.length)}</summary>
          {table}
        </details>
      ) : (
        changes.length > 0 && table
      )}
    </li>
  );
}

/** Whether it changed something that was there: what others tell of is new as a whole. */
function tellsChange({ action, changes }: Event): boolean {
  return action.endsWith('_changed') || changes.some(({ before }) => before !== undefined);
}

/** The action, with what it was about. */
function titleOf(event: Event, texts: Texts): string {
  const { action, object_type, object_id, validation_type, contact_type } = event;
  const { events, words, organization_contacts, organization_history } = texts;
  if (contact_type !== undefined) {
    return organization_history.contact_changed(organization_contacts.kinds[contact_type]);
  }
  const known = Object.entries<string>(events.actions).find(([name]) => name === action)?.[1];
  const name = known ?? action.replaceAll('_', ' ');
  if (object_type === 'order') {
    return organization_history.about(name, String(object_id));
  }
  return validation_type === undefined
    ? name
    : organization_history.about(name, words.validation_types[validation_type]);
}

interface ChangesProps {
  readonly title: string;
  readonly changes: readonly Change[];
  /** Whether it says what was added, removed and changed. */
  readonly isMarked: boolean;
}

function Changes({ title, changes, isMarked }: ChangesProps) {
  const { organization_history: texts } = useTexts();
  return (
    <table className="history-changes">
      <caption className="only-read-aloud">{texts.changes(title)}</caption>
      <thead className="only-read-aloud">
        <tr>
          <th scope="col">{texts.field}</th>
          {isMarked && <th scope="col">{texts.kind}</th>}
          <th scope="col">{isMarked ? texts.values : texts.value}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <ChangeRow key={change.field} change={change} isMarked={isMarked} />
        ))}
      </tbody>
    </table>
  );
}

const SIGNS = { added: '+', removed: '−', changed: '~' } as const;

function ChangeRow({
  change: { field, before, after },
  isMarked,
}: {
  readonly change: Change;
  readonly isMarked: boolean;
}) {
  const texts = useTexts();
  const name = field.split('.').at(-1) ?? field;
  const tell = (value: unknown) => tellValue(name, value, texts);
  return (
    <tr>
      <th scope="row" className="quiet">
        {labelOf(field, texts)}
      </th>
      {isMarked ? (
        <Marked
          {...(before !== undefined && { before: tell(before) })}
          {...(after !== undefined && { after: tell(after) })}
        />
      ) : (
        <td>{tell(after)}</td>
      )}
    </tr>
  );
}

/** What was and what is, told apart by words and signs. */
function Marked({ before, after }: { readonly before?: string; readonly after?: string }) {
  const { organization_history: texts } = useTexts();
  const kind = kindOf(before, after);
  return (
    <>
      <td className="history-mark quiet">
        <span aria-hidden="true">{SIGNS[kind]}</span> {texts.marks[kind]}
      </td>
      <td>
        {before !== undefined && <del>{before}</del>}
        {kind === 'changed' && <span aria-hidden="true"> → </span>}
        {after !== undefined && <ins>{after}</ins>}
      </td>
    </>
  );
}

function kindOf(before: string | undefined, after: string | undefined): keyof typeof SIGNS {
  if (before === undefined) {
    return 'added';
  }
  return after === undefined ? 'removed' : 'changed';
}
