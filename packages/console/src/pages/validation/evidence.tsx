/** The evidence beside a check: what it stands on or could stand on first, everything else behind. */
import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { EvidencePiece } from './evidence-piece.tsx';
import type { Evidence, Requirement, ValidationPlace } from './types.ts';
import { WithdrawDialog } from './withdraw.tsx';

interface EvidencePanelProps {
  readonly place: ValidationPlace;
  readonly requirement: Requirement;
  /** Undefined until it is here. */
  readonly evidence: readonly Evidence[] | undefined;
  readonly error: unknown;
  readonly ticked_ids: readonly number[];
  /** Left out while nothing is decided. */
  readonly onTick: ((evidence_id: number, isTicked: boolean) => void) | undefined;
  /** Left out for who may not record any. */
  readonly onRecord: (() => void) | undefined;
}

export function EvidencePanel(props: EvidencePanelProps) {
  const { evidence: texts } = useTexts();
  const { place, evidence, error, onRecord } = props;
  const [withdrawn, setWithdrawn] = useState<Evidence>();
  return (
    <section className="panel work-evidence" aria-labelledby="evidence-title">
      <Group justify="space-between" align="start" mb="sm">
        <Title order={2} id="evidence-title">
          {texts.title}
        </Title>
        {onRecord !== undefined && (
          <Button size="compact-md" onClick={onRecord}>
            {texts.record}
          </Button>
        )}
      </Group>
      <ErrorNotice error={error} />
      {evidence !== undefined && (
        <Pieces {...props} evidence={evidence} onWithdraw={setWithdrawn} />
      )}
      {withdrawn !== undefined && (
        <WithdrawDialog
          place={place}
          evidence={withdrawn}
          onClose={() => setWithdrawn(undefined)}
        />
      )}
    </section>
  );
}

interface PiecesProps extends EvidencePanelProps {
  readonly evidence: readonly Evidence[];
  onWithdraw(evidence: Evidence): void;
}

function Pieces(props: PiecesProps) {
  const { evidence: texts } = useTexts();
  const { requirement, evidence, ticked_ids } = props;
  const { decision, next } = requirement;
  const near_ids = new Set([
    ...(decision?.evidence_ids ?? []),
    ...(next?.usable_evidence_ids ?? []),
    ...ticked_ids,
  ]);
  const near = evidence.filter(({ id }) => near_ids.has(id));
  const others = evidence.filter(({ id }) => !near_ids.has(id));
  if (evidence.length === 0) {
    return <Text size="sm">{texts.none}</Text>;
  }
  return (
    <>
      {near.length === 0 ? (
        <Text size="sm">{texts.none_usable}</Text>
      ) : (
        <PieceList {...props} label={texts.caption} pieces={near} />
      )}
      {others.length > 0 && (
        <details className="evidence-others">
          <summary>{texts.others(others.length)}</summary>
          <PieceList {...props} label={texts.others(others.length)} pieces={others} />
        </details>
      )}
    </>
  );
}

function PieceList({
  place,
  requirement: { decision, next },
  ticked_ids,
  onTick,
  onWithdraw,
  label,
  pieces,
}: PiecesProps & { readonly label: string; readonly pieces: readonly Evidence[] }) {
  const canWithdraw = usePermissions()('work_validations');
  return (
    <ul className="evidence" aria-label={label}>
      {pieces.map((piece) => (
        <EvidencePiece
          key={piece.id}
          organization_id={place.organization_id}
          evidence={piece}
          isUsable={next?.usable_evidence_ids.includes(piece.id) ?? false}
          isRelied={decision?.evidence_ids.includes(piece.id) ?? false}
          isTicked={ticked_ids.includes(piece.id)}
          onTick={onTick && ((isTicked) => onTick(piece.id, isTicked))}
          onWithdraw={canWithdraw ? () => onWithdraw(piece) : undefined}
        />
      ))}
    </ul>
  );
}
