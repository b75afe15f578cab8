/** A piece of evidence: what was seen, where, how long ago, by whom, and its file. */
import { Button, Checkbox, Group } from '@mantine/core';
import { Day } from '../../parts/moment.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useSession } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { EvidenceFile } from './evidence-file.tsx';
import type { Evidence } from './types.ts';

const DAY_MS = 86_400_000;

interface EvidencePieceProps {
  readonly organization_id: number;
  readonly evidence: Evidence;
  /** Whether it would do for the check. */
  readonly isUsable: boolean;
  /** Whether the decision that stands relies on it. */
  readonly isRelied: boolean;
  readonly isTicked: boolean;
  /** Left out while nothing is decided. */
  readonly onTick: ((isTicked: boolean) => void) | undefined;
  /** Left out for who may not. */
  readonly onWithdraw: (() => void) | undefined;
}

export function EvidencePiece(props: EvidencePieceProps) {
  const { evidence: texts, words } = useTexts();
  const { organization_id, evidence, isUsable, isRelied, isTicked, onTick, onWithdraw } = props;
  const { kind, reference, note, file, withdrawal } = evidence;
  const name = words.evidence_kinds[kind];
  const isTickable = onTick !== undefined && (withdrawal === undefined || isTicked);
  return (
    <li>
      {isTickable ? (
        <Checkbox
          label={texts.tick(name, reference)}
          checked={isTicked}
          onChange={({ currentTarget }) => onTick(currentTarget.checked)}
        />
      ) : (
        <strong>{texts.tick(name, reference)}</strong>
      )}
      <Group gap={6} mt={4}>
        {withdrawal !== undefined && <StatusChip tone="ended">{texts.withdrawn}</StatusChip>}
        {isRelied && <StatusChip tone="good">{texts.relied}</StatusChip>}
        {isUsable && !isRelied && <StatusChip tone="good">{texts.usable}</StatusChip>}
      </Group>
      <PieceFacts evidence={evidence} />
      {note !== undefined && <p className="typed">{note}</p>}
      {withdrawal !== undefined && (
        <p className="typed">
          {texts.withdrawn_by(withdrawal.withdrawn_by.name)} {withdrawal.reason}
        </p>
      )}
      {file !== undefined && <EvidenceFile organization_id={organization_id} file={file} />}
      {onWithdraw !== undefined && withdrawal === undefined && (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={texts.withdraw_of(name, reference)}
          onClick={onWithdraw}
        >
          {texts.withdraw}
        </Button>
      )}
    </li>
  );
}

function PieceFacts({ evidence }: { readonly evidence: Evidence }) {
  const { evidence: texts, words } = useTexts();
  const { obtained_at, source, collected_by, relied_on_by } = evidence;
  const days = useAgeDays(obtained_at);
  const serves = relied_on_by.map(
    ({ validation_type, check_id }) =>
      `${words.validation_types[validation_type]} ${check_id.replaceAll('_', ' ')}`,
  );
  return (
    <p className="evidence-facts">
      {texts.obtained} <Day time={obtained_at} /> ({days < 1 ? texts.fresh : texts.days_old(days)})
      {source !== undefined && ` · ${texts.source}: ${source.name}`}
      {` · ${texts.collected_by} ${collected_by.name}`}
      {serves.length > 0 && ` · ${texts.relied_on_by} ${serves.join(', ')}`}
    </p>
  );
}

/** Whole days, by the clock of the account: a test account's may have been moved. */
function useAgeDays(obtained_at: string): number {
  const { now } = useSession();
  const now_ms = now === undefined ? Date.now() : Date.parse(now);
  return Math.floor((now_ms - Date.parse(obtained_at)) / DAY_MS);
}
