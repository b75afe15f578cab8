/** The mails of a page of the inbox, each by its subject; one of them is read beside it. */
import type { ResponseOf } from '@orgvet/contract';
import { Link } from 'wouter';
import type { ListState } from '../../list-state.ts';
import { Moment } from '../../parts/moment.tsx';
import { useTexts } from '../../texts/index.ts';

export type Mail = ResponseOf<'listInboxMails'>['mails'][number];

interface MailListProps {
  readonly mails: readonly Mail[];
  readonly chosen_id: number;
  readonly state: ListState;
}

export function MailList({ mails, chosen_id, state }: MailListProps) {
  const { inbox: texts } = useTexts();
  return (
    <nav aria-label={texts.list} className="mails">
      <ul>
        {mails.map(({ id, subject, to, date_created }) => (
          <li key={id}>
            <Link
              href={hrefOf(state, id)}
              {...(id === chosen_id && { 'aria-current': 'true' as const })}
            >
              <strong>{subject}</strong>
              <span className="quiet">{to}</span>
              <span className="quiet">
                <Moment time={date_created} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The same page of the list, with another mail beside it. */
function hrefOf(state: ListState, id: number): string {
  const params = new URLSearchParams(state.search);
  params.set('mail', String(id));
  return `/inbox?${params}`;
}
