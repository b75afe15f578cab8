/** A mail as plain text, so that nothing in it does anything but its links when they are followed. */
import { Anchor, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { Moment } from '../../parts/moment.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Mail } from './mail-list.tsx';

interface MailTextProps {
  readonly mail: Mail;
  /** Which one somebody has asked for. */
  readonly wanted: string;
}

export function MailText({ mail, wanted }: MailTextProps) {
  const { inbox: texts } = useTexts();
  const heading = useFocusOnChange(wanted);
  return (
    <article className="panel mail" aria-labelledby="mail-subject">
      <h2 id="mail-subject" ref={heading} tabIndex={-1}>
        {mail.subject}
      </h2>
      <dl className="facts">
        <dt>{texts.to}</dt>
        <dd>{mail.to}</dd>
        <dt>{texts.from}</dt>
        <dd>{mail.from}</dd>
        <dt>{texts.arrived}</dt>
        <dd>
          <Moment time={mail.date_created} />
        </dd>
        <dt>{texts.language}</dt>
        <dd>{mail.locale}</dd>
        {mail.organization_id !== undefined && (
          <>
            <dt>{texts.about_organization}</dt>
            <dd>
              <Anchor component={Link} href={`/organizations/${mail.organization_id}`} size="sm">
                {mail.organization_id}
              </Anchor>
            </dd>
          </>
        )}
      </dl>
      <div className="mail-text" lang={mail.locale.replace('_', '-')}>
        {splitByLinks(mail).map(({ text, place, isLink }) =>
          isLink ? (
            <a key={place} href={text} target="_blank" rel="noreferrer">
              {text}
            </a>
          ) : (
            text
          ),
        )}
      </div>
      {mail.links.length > 0 && (
        <Text size="sm" className="quiet">
          {texts.links_note}
        </Text>
      )}
    </article>
  );
}

/** Whoever chose another mail reads on there; whoever has just come stays where they are. */
function useFocusOnChange(wanted: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(wanted);
  useEffect(() => {
    if (shown.current !== wanted) {
      shown.current = wanted;
      heading.current?.focus();
    }
  }, [wanted]);
  return heading;
}

interface Piece {
  readonly text: string;
  /** Where it begins in the text. */
  readonly place: number;
  readonly isLink: boolean;
}

/** The text in pieces, of which those are links that the API says are: nothing else is taken for one. */
function splitByLinks({ text, links }: Mail): Piece[] {
  const pieces: Piece[] = [];
  let place = 0;
  while (place < text.length) {
    const { link, start } = findNextLink(text, links, place);
    if (start > place) {
      pieces.push({ text: text.slice(place, start), place, isLink: false });
    }
    if (link !== '') {
      pieces.push({ text: link, place: start, isLink: true });
    }
    place = start + link.length;
  }
  return pieces;
}

/** The link that comes first from a place on, the longest where several do; the end where none does. */
function findNextLink(text: string, links: readonly string[], from: number) {
  let found = { link: '', start: text.length };
  for (const link of links) {
    const start = text.indexOf(link, from);
    const isFirst = start >= 0 && start < found.start;
    if (isFirst || (start === found.start && link.length > found.link.length)) {
      found = { link, start };
    }
  }
  return found;
}
