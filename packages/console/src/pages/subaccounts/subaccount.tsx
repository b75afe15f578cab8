/** One subaccount: what it is, who administers it, and its organizations. */

import { Anchor } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { Link, useParams } from 'wouter';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useTexts } from '../../texts/index.ts';
import { Organizations } from './organizations.tsx';
import { timeOf } from './times.ts';

type Subaccount = ResponseOf<'getSubaccount'>;

export function SubaccountPage() {
  const { subaccounts: texts } = useTexts();
  const subaccount_id = Number(useParams<{ subaccount_id: string }>().subaccount_id);
  const request = { params: { subaccount_id } };
  const query = useOperation('getSubaccount', request);
  return (
    <Page
      title={query.data?.organization_name ?? texts.title}
      above={<BackToSubaccounts />}
      actions={<CopyAsCurl name="getSubaccount" request={request} />}
    >
      <Answer query={query}>
        {(subaccount) => (
          <>
            <Details subaccount={subaccount} />
            <Organizations subaccount_id={subaccount_id} />
          </>
        )}
      </Answer>
    </Page>
  );
}

export function BackToSubaccounts() {
  const { subaccounts: texts } = useTexts();
  return (
    <Anchor component={Link} href="/subaccounts" size="sm">
      {texts.back}
    </Anchor>
  );
}

function Details({ subaccount }: { readonly subaccount: Subaccount }) {
  const { subaccounts: texts } = useTexts();
  const { columns } = texts;
  const { child_name, account_manager, master_user, organization } = subaccount;
  const none = <span className="quiet">{texts.not_given}</span>;
  return (
    <Panel title={texts.details}>
      <dl className="facts">
        <dt>{columns.id}</dt>
        <dd>{subaccount.account_id}</dd>
        <dt>{columns.type}</dt>
        <dd>{texts.types[subaccount.account_type]}</dd>
        <dt>{columns.child_name}</dt>
        <dd>{child_name ?? none}</dd>
        <dt>{columns.manager}</dt>
        <dd>{account_manager ?? none}</dd>
        <dt>{columns.created}</dt>
        <dd>
          <Moment time={timeOf(subaccount.date_created)} />
        </dd>
        <dt>{texts.billing}</dt>
        <dd>{subaccount.billing_account_name}</dd>
        <dt>{texts.master_user}</dt>
        <dd>
          {master_user.first_name} {master_user.last_name}, {master_user.email}
        </dd>
        <dt>{texts.organization}</dt>
        <dd>
          {organization === undefined
            ? none
            : [
                organization.address,
                organization.address2,
                `${organization.city}, ${organization.state} ${organization.zip}`,
                organization.country,
              ]
                .filter(Boolean)
                .join(', ')}
        </dd>
      </dl>
    </Panel>
  );
}
