/** The people of an organization: who is asked about it, and who approves for it. */
import { Stack } from '@mantine/core';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { EmptyPlace } from '../../parts/nothing-here.tsx';
import { useTexts } from '../../texts/index.ts';
import { ContactPanel } from './contact-panel.tsx';
import { OrganizationFrame } from './frame.tsx';
import { VerifiedContactCard } from './verified-contact.tsx';

const KINDS = ['organization_contact', 'technical_contact'] as const;

export function ContactsPage() {
  return (
    <OrganizationFrame tab="contacts">
      {({ id }) => (
        <Stack gap="md">
          <Contacts organization_id={id} />
          <VerifiedContacts organization_id={id} />
        </Stack>
      )}
    </OrganizationFrame>
  );
}

interface OfOrganization {
  readonly organization_id: number;
}

function Contacts({ organization_id }: OfOrganization) {
  const query = useOperation('listOrganizationContacts', { params: { organization_id } });
  return (
    <Answer query={query}>
      {({ contacts }) => (
        <div className="organization-people">
          {KINDS.map((kind) => (
            <ContactPanel
              key={kind}
              organization_id={organization_id}
              kind={kind}
              contact={contacts.find(({ contact_type }) => contact_type === kind)}
            />
          ))}
        </div>
      )}
    </Answer>
  );
}

function VerifiedContacts({ organization_id }: OfOrganization) {
  const { organization_contacts: texts } = useTexts();
  const query = useOperation('listVerifiedContacts', { params: { organization_id } });
  return (
    <Answer query={query}>
      {({ verified_contacts }) =>
        verified_contacts.length === 0 ? (
          <EmptyPlace title={texts.verified_none_title} text={texts.verified_none} />
        ) : (
          <section aria-labelledby="verified-heading">
            <h2 id="verified-heading" className="organization-section">
              {texts.verified_title}
            </h2>
            <Stack gap="md">
              {verified_contacts.map((contact) => (
                <VerifiedContactCard
                  key={contact.id}
                  organization_id={organization_id}
                  contact={contact}
                />
              ))}
            </Stack>
          </section>
        )
      }
    </Answer>
  );
}
