/** What certificates of a type would name of an organization, member by member. */
import { Group, NativeSelect, Text } from '@mantine/core';
import { type ResponseOf, VALIDATION_TYPE_NAMES } from '@orgvet/contract';
import { useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { countCharacters } from '../../parts/counted-input.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import type { TypeRequirements } from './overview.tsx';

type Member = ResponseOf<'getCertificateSubject'>['members'][number];

interface SubjectPreviewProps {
  readonly organization_id: number;
  readonly types: readonly TypeRequirements[];
}

export function SubjectPreview({ organization_id, types }: SubjectPreviewProps) {
  const { organization, words } = useTexts();
  const texts = organization.subject;
  const state = useListState();
  const asked = state.get('subject');
  const type =
    VALIDATION_TYPE_NAMES.find((name) => name === asked) ??
    types[0]?.type ??
    VALIDATION_TYPE_NAMES[0];
  const query = useOperation(
    'getCertificateSubject',
    { params: { organization_id }, query: { type } },
    { keepsPrevious: true },
  );
  return (
    <section aria-labelledby="subject-heading">
      <Group justify="space-between" align="end" mb="xs">
        <div>
          <h2 id="subject-heading" className="organization-section">
            {texts.title}
          </h2>
          <p className="hint">{texts.hint}</p>
        </div>
        <NativeSelect
          label={texts.type}
          size="xs"
          value={type}
          onChange={({ currentTarget }) => state.replace({ subject: currentTarget.value })}
          data={VALIDATION_TYPE_NAMES.map((name) => ({
            value: name,
            label: words.validation_types[name],
          }))}
        />
      </Group>
      <Answer query={query}>
        {({ members }) =>
          members.length === 0 ? (
            <p className="quiet">{texts.none}</p>
          ) : (
            <DataTable
              caption={texts.caption}
              columns={listColumns(texts)}
              rows={members}
              keyOf={({ attribute }) => attribute}
              isBusy={query.isPlaceholderData}
            />
          )
        }
      </Answer>
    </section>
  );
}

function listColumns(texts: Texts['organization']['subject']): Column<Member>[] {
  return [
    {
      key: 'member',
      label: texts.member,
      render: ({ label, attribute }) => (
        <>
          {label}{' '}
          <Text span inherit fw={400} className="quiet">
            {attribute}
          </Text>
        </>
      ),
    },
    { key: 'value', label: texts.value, render: ({ value }) => value },
    {
      key: 'length',
      label: texts.length,
      render: (member) => <Length member={member} texts={texts} />,
    },
    { key: 'section', label: texts.section, render: ({ section }) => section },
  ];
}

function Length({
  member: { value, is_too_long, length_max },
  texts,
}: {
  readonly member: Member;
  readonly texts: Texts['organization']['subject'];
}) {
  const length = countCharacters(value);
  return (
    <Group gap="xs" component="span" display="inline-flex">
      {length_max === undefined ? length : texts.of(length, length_max)}
      {is_too_long && <StatusChip tone="ended">{texts.too_long}</StatusChip>}
    </Group>
  );
}
