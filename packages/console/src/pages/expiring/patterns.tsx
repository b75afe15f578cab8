/** What tells the types apart in the picture: a colour and a pattern each. */
import type { ValidationTypeName } from '@orgvet/contract';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/index.ts';

const SIZE = 8;

/** Lines and dots in the colour of the ground, over that of the type. */
const PATTERNS: Readonly<Record<ValidationTypeName, ReactNode>> = {
  ov: null,
  ev: <path d="M-2 6 6 -2M2 10 10 2" strokeWidth="2" />,
  cs: <path d="M2 2h.01M6 6h.01" strokeWidth="2.6" strokeLinecap="round" />,
  ev_cs: <path d="M0 4h8" strokeWidth="2" />,
  ds: <path d="M0 4h8M4 0v8" strokeWidth="1.4" />,
  smime: <path d="M-2 2 6 10M2 -2 10 6" strokeWidth="1.4" />,
};

function idOf(prefix: string, type: ValidationTypeName): string {
  return `${prefix}-${type}`;
}

/** What a shape is filled with. */
export function fillOf(prefix: string, type: ValidationTypeName): string {
  return `url(#${idOf(prefix, type)})`;
}

/** @param prefix begins the ids of the patterns: a page has others too */
export function Patterns({
  prefix,
  types,
}: {
  readonly prefix: string;
  readonly types: readonly ValidationTypeName[];
}) {
  return (
    <defs>
      {types.map((type) => (
        <pattern
          key={type}
          id={idOf(prefix, type)}
          width={SIZE}
          height={SIZE}
          patternUnits="userSpaceOnUse"
        >
          <rect className="type-fill" data-type={type} width={SIZE} height={SIZE} />
          <g className="type-lines">{PATTERNS[type]}</g>
        </pattern>
      ))}
    </defs>
  );
}

export function Legend({
  prefix,
  types,
}: {
  readonly prefix: string;
  readonly types: readonly ValidationTypeName[];
}) {
  const { expiring: texts, words } = useTexts();
  return (
    <ul className="legend" aria-label={texts.legend}>
      {types.map((type) => (
        <li key={type}>
          <svg width="24" height="16" aria-hidden="true">
            <rect width="24" height="16" fill={fillOf(prefix, type)} />
          </svg>
          {words.validation_types[type]}
        </li>
      ))}
    </ul>
  );
}
