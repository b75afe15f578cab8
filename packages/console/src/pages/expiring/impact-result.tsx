/** What a change of rules does: how many validations end sooner, of which types, and the first of them. */
import { Anchor, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useOperation } from '../../operations.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';

type RulesImpact = ResponseOf<'compareRules'>;
type TypeImpact = RulesImpact['types'][number];
type ImpactedValidation = RulesImpact['validations'][number];

const DAY_MS = 86_400_000;

export function ImpactResult({
  query: { data, error, isFetching },
  fields = [],
}: {
  readonly query: UseQueryResult<RulesImpact>;
  /** Fields that show their own problems. */
  readonly fields?: readonly string[];
}) {
  const texts = useTexts();
  return (
    <>
      <ErrorNotice error={error} fields={fields} />
      <div role="status">
        {data === undefined ? (
          isFetching && <Text className="quiet">{texts.expiring.comparing}</Text>
        ) : (
          <Text fw={600}>{describeImpact(data, texts)}</Text>
        )}
      </div>
      {data !== undefined && data.sooner > 0 && <Tables impact={data} />}
    </>
  );
}

function describeImpact({ serving, sooner }: RulesImpact, { expiring, language }: Texts): string {
  const numbers = new Intl.NumberFormat(language);
  if (serving === 0) {
    return expiring.none_serves;
  }
  return sooner === 0
    ? expiring.none_sooner(numbers.format(serving))
    : expiring.sooner(numbers.format(sooner), numbers.format(serving));
}

function Tables({ impact: { types, validations, sooner } }: { readonly impact: RulesImpact }) {
  const texts = useTexts();
  const { expiring, language } = texts;
  const findCheck = useCheckAddresses();
  const told = new Intl.NumberFormat(language).format(validations.length);
  return (
    <>
      <div className="few-columns">
        <DataTable
          caption={expiring.by_type}
          columns={listTypeColumns(texts)}
          rows={types}
          keyOf={({ type }) => type}
        />
      </div>
      <Text component="h3" fw={600}>
        {sooner > validations.length ? expiring.first_of(told) : expiring.first}
      </Text>
      <DataTable
        caption={expiring.first}
        columns={listValidationColumns(texts, findCheck)}
        rows={validations}
        keyOf={({ organization_id, type }) => `${organization_id} ${type}`}
      />
    </>
  );
}

function listTypeColumns({ expiring, words, language }: Texts): Column<TypeImpact>[] {
  const { by_type_columns: columns } = expiring;
  const numbers = new Intl.NumberFormat(language);
  return [
    { key: 'type', label: columns.type, render: ({ type }) => words.validation_types[type] },
    {
      key: 'serving',
      label: columns.serving,
      render: ({ serving }) => numbers.format(serving),
    },
    { key: 'sooner', label: columns.sooner, render: ({ sooner }) => numbers.format(sooner) },
  ];
}

type FindCheck = (validation: ImpactedValidation) => string | undefined;

/** Where a check is described: in the pack that decides the type. */
function useCheckAddresses(): FindCheck {
  const { data } = useOperation('listRules', {});
  return ({ type, check_id }) => {
    const pack = data?.packs.find(({ types }) => types.includes(type));
    return pack && `/rules/${pack.id}?type=${type}#${check_id}`;
  };
}

function listValidationColumns(texts: Texts, findCheck: FindCheck): Column<ImpactedValidation>[] {
  const { first_columns: columns } = texts.expiring;
  const numbers = new Intl.NumberFormat(texts.language, { maximumFractionDigits: 1 });
  return [
    {
      key: 'organization',
      label: columns.organization,
      render: ({ organization_id, organization_name }) => (
        <Anchor component={Link} href={`/organizations/${organization_id}`} size="sm" fw={600}>
          {organization_name}
        </Anchor>
      ),
    },
    { key: 'type', label: columns.type, render: ({ type }) => texts.words.validation_types[type] },
    {
      key: 'ends_without',
      label: columns.ends_without,
      render: ({ ends_without }) => <Moment time={ends_without} />,
    },
    {
      key: 'ends_with',
      label: columns.ends_with,
      render: ({ ends_with }) => <Moment time={ends_with} />,
    },
    {
      key: 'days',
      label: columns.days,
      render: ({ ends_without, ends_with }) =>
        numbers.format((Date.parse(ends_without) - Date.parse(ends_with)) / DAY_MS),
    },
    {
      key: 'check',
      label: columns.check,
      render: (validation) => <Check id={validation.check_id} address={findCheck(validation)} />,
    },
  ];
}

function Check({ id, address }: { readonly id: string; readonly address: string | undefined }) {
  return address === undefined ? (
    id
  ) : (
    <Anchor component={Link} href={address} size="sm">
      {id}
    </Anchor>
  );
}
