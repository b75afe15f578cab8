/** How the evidence that satisfies one check differs from that of another. */
import type { RuleCheck } from '@orgvet/contract';
import { describeConditions, implies } from './conditions.ts';
import type { RuleChange } from './differences.ts';

type Evidence = RuleCheck['evidence'];
type Alternative = NonNullable<Evidence>['any_of'][number];

/** Ways to satisfy a check that are new or gone, and kinds that are newly forbidden or not any more. */
export function listEvidenceChanges(before: Evidence, after: Evidence): RuleChange[] {
  if (before === undefined || after === undefined) {
    return before === after
      ? []
      : [
          {
            aspect: 'evidence',
            effect: before === undefined ? 'tighter' : 'looser',
            change: before === undefined ? 'It needs evidence now.' : 'It needs no evidence now.',
          },
        ];
  }
  const gone = before.any_of.filter((way) => !isCovered(way, after.any_of));
  const added = after.any_of.filter((way) => !isCovered(way, before.any_of));
  const forbidden = after.never.filter((kind) => !before.never.includes(kind));
  const allowed = before.never.filter((kind) => !after.never.includes(kind));
  return [
    ...gone.map((way) => tellWay('tighter', `Not enough any more: ${describeWay(way)}.`, way)),
    ...added.map((way) => tellWay('looser', `Enough now: ${describeWay(way)}.`)),
    ...forbidden.map((kind) => tellKind('tighter', `${kind} must not be relied on.`)),
    ...allowed.map((kind) => tellKind('looser', `${kind} may be relied on beside other evidence.`)),
  ];
}

/** Whether evidence that is enough by a way is enough by one of some ways. */
function isCovered(way: Alternative, ways: readonly Alternative[]): boolean {
  return ways.some(
    ({ all_of, applies_when }) =>
      all_of.every((kind) => way.all_of.includes(kind)) && implies(way.applies_when, applies_when),
  );
}

function describeWay({ all_of, applies_when }: Alternative): string {
  const conditions = describeConditions(applies_when);
  return `${all_of.join(' with ')}${conditions && `, where ${conditions}`}`;
}

function tellWay(effect: RuleChange['effect'], change: string, way?: Alternative): RuleChange {
  const section = way?.section;
  return { aspect: 'evidence', effect, change, ...(section !== undefined && { section }) };
}

function tellKind(effect: RuleChange['effect'], change: string): RuleChange {
  return { aspect: 'never', effect, change };
}
