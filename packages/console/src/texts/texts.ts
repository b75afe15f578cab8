/** What a language must have a text for: whatever English has. */
import type { en } from './en/index.ts';

export type Texts = Widened<typeof en>;

/** The shape of a catalogue: texts are texts, functions take what they take. */
type Widened<Part> = Part extends string
  ? string
  : Part extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Name in keyof Part]: Widened<Part[Name]> };
