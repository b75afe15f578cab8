/** What a change of details does to the validations that serve now: which of their checks it opens. */

import type { ResponseOf } from '@orgvet/contract';
import { useOperation } from '../../operations.ts';
import { Day } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { DetailField } from './draft.ts';

type Validation = ResponseOf<'listOrganizationValidations'>['validations'][number];

interface ValidationsAtStakeProps {
  readonly validations: readonly Validation[];
  /** The details that are others now. */
  readonly changed: readonly DetailField[];
}

export function ValidationsAtStake({ validations, changed }: ValidationsAtStakeProps) {
  const { organization_form: texts } = useTexts();
  const isPermitted = usePermissions()('view_requirements');
  const serving = validations.filter(({ status }) => status === 'active');
  const rules = useOperation('listRules', {}, { enabled: isPermitted && serving.length > 0 });
  const packOf = (type: Validation['type']) =>
    rules.data?.packs.find(({ types }) => types.includes(type))?.id;
  return (
    <Panel title={texts.at_stake}>
      {serving.length === 0 ? (
        <p className="quiet">{texts.at_stake_none}</p>
      ) : (
        <>
          <p>{texts.at_stake_warning}</p>
          <ul>
            {serving.map((validation) => (
              <ValidationAtStake
                key={validation.type}
                validation={validation}
                pack_id={packOf(validation.type)}
                changed={changed}
              />
            ))}
          </ul>
          <p className="quiet">{texts.at_stake_orders}</p>
        </>
      )}
    </Panel>
  );
}

interface ValidationAtStakeProps extends Pick<ValidationsAtStakeProps, 'changed'> {
  readonly validation: Validation;
  /** The pack that decides its type; undefined where it is not known, or not for whoever looks. */
  readonly pack_id: string | undefined;
}

function ValidationAtStake({ validation, pack_id, changed }: ValidationAtStakeProps) {
  const { organization_form: texts } = useTexts();
  const { type, name, validated_until } = validation;
  const { data } = useOperation(
    'getRulePack',
    { params: { pack_id: pack_id ?? '' }, query: {} },
    { enabled: pack_id !== undefined },
  );
  const checks = data?.rules.find((rules) => rules.type === type)?.checks ?? [];
  const touched = checks.filter(({ touched_by }) =>
    changed.some((field) => touched_by.includes(field)),
  );
  return (
    <li>
      <div>
        <strong>{name}</strong>
        {validated_until !== undefined && (
          <span className="quiet">
            {' '}
            {texts.validated_until} <Day time={validated_until} />
          </span>
        )}
        {touched.length > 0 && (
          <details>
            <summary>{texts.opens(touched.length)}</summary>
            <ul>
              {touched.map(({ id, title }) => (
                <li key={id}>{title}</li>
              ))}
            </ul>
          </details>
        )}
        {data !== undefined && changed.length > 0 && touched.length === 0 && (
          <div className="quiet">{texts.opens_none}</div>
        )}
      </div>
    </li>
  );
}
