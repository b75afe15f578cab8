/** What an entry says was there before and after, and by what it was done. */
import type { ResponseOf } from '@orgvet/contract';
import { useState } from 'react';
import { useTexts } from '../../texts/index.ts';

type Entry = ResponseOf<'listAuditLogEntries'>['entries'][number];

export function EntryDetails({ entry }: { readonly entry: Entry }) {
  const { audit_log: texts } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="entry" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary aria-label={texts.show_entry(String(entry.sequence))}>{texts.show}</summary>
      {isOpen && <Details entry={entry} />}
    </details>
  );
}

function Details({ entry }: { readonly entry: Entry }) {
  const { audit_log: texts } = useTexts();
  const { before, after, ip_address, request_id, api_key_id, hash } = entry;
  return (
    <dl>
      {before === undefined && after === undefined && <dd>{texts.no_values}</dd>}
      <Values label={texts.before} values={before} />
      <Values label={texts.after} values={after} />
      {ip_address !== '' && <Fact label={texts.ip_address} value={ip_address} />}
      <Fact label={texts.request_id} value={request_id} />
      {api_key_id !== 0 && <Fact label={texts.api_key_id} value={String(api_key_id)} />}
      <Fact label={texts.hash} value={hash} />
    </dl>
  );
}

function Values({ label, values }: { readonly label: string; readonly values: unknown }) {
  return (
    values !== undefined && (
      <>
        <dt>{label}</dt>
        <dd>
          <pre>{JSON.stringify(values, null, 2)}</pre>
        </dd>
      </>
    )
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </>
  );
}
