/** A validation of an organization: its checks, and the work on them. */
import { useParams } from 'wouter';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { isValidationType } from './types.ts';
import { Validation } from './validation.tsx';
import './work.css';

/** Colleagues decide and review meanwhile. */
const REFETCH_MS = 30_000;

export function ValidationPage() {
  const { organization_id = '', validation_type = '' } = useParams();
  const id = Number(organization_id);
  if (!Number.isSafeInteger(id) || id < 1 || !isValidationType(validation_type)) {
    return <NothingHere />;
  }
  return (
    <Work key={`${id} ${validation_type}`} organization_id={id} validation_type={validation_type} />
  );
}

function Work({
  organization_id,
  validation_type,
}: {
  readonly organization_id: number;
  readonly validation_type: Parameters<typeof Validation>[0]['requirements']['type'];
}) {
  const query = useOperation(
    'listRequirements',
    { params: { organization_id }, query: { type: validation_type } },
    { refetch_ms: REFETCH_MS },
  );
  return (
    <Answer query={query}>
      {({ types: [requirements], details, findings }) =>
        requirements === undefined ? (
          <NothingHere />
        ) : (
          <Validation
            organization_id={organization_id}
            requirements={requirements}
            details={details}
            findings={findings}
          />
        )
      }
    </Answer>
  );
}
