/** What an organization is called, and where it is. */

import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Panel } from '../../parts/panel.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Organization, SeenOrganization } from './frame.tsx';

type OrganizationDetails = SeenOrganization['details'];

export function Details({ seen: { details, organization } }: { readonly seen: SeenOrganization }) {
  const { organization: texts, language } = useTexts();
  const { name, assumed_name, country, telephone } = details;
  const countries = new Intl.DisplayNames(language, { type: 'region' });
  return (
    <Panel title={texts.details.title}>
      <dl className="facts organization-facts">
        <Fact label={texts.details.name}>{name}</Fact>
        {assumed_name && <Fact label={texts.details.assumed_name}>{assumed_name}</Fact>}
        <Fact label={texts.details.address}>
          <Address details={details} />
        </Fact>
        <Fact label={texts.details.country}>
          {countries.of(country)} ({country})
        </Fact>
        {telephone && <Fact label={texts.details.telephone}>{telephone}</Fact>}
        {organization && <Belonging organization={organization} />}
      </dl>
    </Panel>
  );
}

/** What is nobody's business who only validates it. */
function Belonging({
  organization: { id, container, organization_contact },
}: {
  readonly organization: Organization;
}) {
  const { organization: texts } = useTexts();
  return (
    <>
      <Fact label={texts.details.container}>{container.name}</Fact>
      {organization_contact && (
        <Fact label={texts.details.organization_contact}>
          <Anchor component={Link} href={`/organizations/${id}/contacts`} size="sm">
            {organization_contact.name}
          </Anchor>
        </Fact>
      )}
    </>
  );
}

function Address({
  details: { address, address2, city, state, zip },
}: {
  readonly details: OrganizationDetails;
}) {
  return (
    <>
      {address}
      <br />
      {address2 && (
        <>
          {address2}
          <br />
        </>
      )}
      {city}, {state} {zip}
    </>
  );
}

export function Fact({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
