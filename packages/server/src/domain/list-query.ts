/**
 * What the queries of all lists have in common beside single values: the order and the search, read from
 * their texts. Knows no list's properties. Pure.
 */
import { fieldProblem, type Problem } from '@orgvet/contract';
import { fold } from './fold.ts';

/** One step of an order. */
export interface SortStep<Property extends string> {
  readonly property: Property;
  readonly is_descending: boolean;
}

/** What a text is searched for, folded as the columns are that it is compared with. */
export interface Search {
  readonly kind: 'contains' | 'equals';
  readonly term_folded: string;
}

/**
 * Reads an order: properties separated by commas, each with `-` before it for descending. A property
 * that is repeated changes nothing.
 *
 * @param tie the property that breaks every tie: it ends the order unless it is in it already
 * @param problems gets one for every name that is no property
 */
export function parseSort<const Property extends string>(
  text: string,
  properties: readonly Property[],
  tie: Property,
  problems: Problem[],
): SortStep<Property>[] {
  const steps = new Map<Property, SortStep<Property>>();
  for (const part of text === '' ? [] : text.split(',')) {
    const is_descending = part.startsWith('-');
    const name = is_descending ? part.slice(1) : part;
    const property = properties.find((known) => known === name);
    if (property === undefined) {
      const shown = JSON.stringify(name.slice(0, 80));
      const known = properties.join(', ');
      problems.push(fieldProblem('invalid', 'sort', `has no property ${shown}; it has ${known}.`));
    } else if (!steps.has(property)) {
      steps.set(property, { property, is_descending });
    }
  }
  if (!steps.has(tie)) {
    steps.set(tie, { property: tie, is_descending: false });
  }
  return [...steps.values()];
}

/** A leading `%` asks for texts that contain the rest; without it they equal the term. */
export function parseSearch(text: string): Search {
  return text.startsWith('%')
    ? { kind: 'contains', term_folded: fold(text.slice(1)) }
    : { kind: 'equals', term_folded: fold(text) };
}
