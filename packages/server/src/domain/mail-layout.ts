/**
 * How every mail looks: the frame around what it says, and details in plain text and as HTML. It loads
 * nothing and counts nobody: no pictures, no styles from elsewhere.
 */
import { escapeHtml } from './html.ts';
import type { TextLocale, Texts } from './texts/index.ts';
import { type Detail, renderLines } from './wording.ts';

/** A mail in words, before anybody knows whom it goes to. */
export interface RenderedMail {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The language that it is in: the one asked for, or English. */
  readonly locale: TextLocale;
}

/** Styles stand at each element: mail programs drop all others. */
export const MAIL_STYLES = {
  page: 'margin:0;padding:24px 12px;background:#f2f4f7;color:#18212d;font:16px/1.5 Arial,Helvetica,sans-serif',
  letter:
    'max-width:600px;margin:0 auto;padding:28px 24px;background:#ffffff;border:1px solid #cdd5de',
  heading: 'margin:28px 0 8px;font-size:17px;line-height:1.4;color:#0a3d7a',
  label:
    'padding:4px 16px 4px 0;vertical-align:top;text-align:left;font-weight:normal;color:#414d5c',
  value: 'padding:4px 0;vertical-align:top;font-weight:bold',
  list: 'margin:0;padding-left:18px',
  button:
    'display:inline-block;padding:12px 22px;background:#0a3d7a;color:#ffffff;font-weight:bold;text-decoration:none',
  quiet:
    'margin-top:28px;padding-top:14px;border-top:1px solid #cdd5de;font-size:14px;color:#414d5c',
};

/** @param sent_by who sends it, at the end */
export function renderMailText(paragraphs: readonly string[], sent_by: string): string {
  return `${[...paragraphs, `-- \n${sent_by}`].join('\n\n')}\n`;
}

/** @param body HTML */
export function renderMailPage(
  { subject, locale, sent_by }: Pick<RenderedMail, 'subject' | 'locale'> & { sent_by: string },
  body: string,
): string {
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="${MAIL_STYLES.page}">
<div style="${MAIL_STYLES.letter}">
${body}
<p style="${MAIL_STYLES.quiet}">${escapeHtml(sent_by)}</p>
</div>
</body>
</html>
`;
}

/** A heading of plain text, with a line below. */
export function renderTextHeading(heading: string): string {
  return `${heading}\n${'-'.repeat(heading.length)}`;
}

export function renderTextDetails(
  heading: string,
  details: readonly Detail[],
  { labels }: Texts,
): string {
  const rows = details.map(({ label, lines, is_list }) =>
    lines.length === 1
      ? `${label}${labels.colon}${lines[0]}`
      : [
          `${label}${labels.colon}`.trimEnd(),
          ...lines.map((line) => (is_list ? `  - ${line}` : `  ${line}`)),
        ].join('\n'),
  );
  return [renderTextHeading(heading), ...rows].join('\n');
}

export function renderHtmlDetails(heading: string, details: readonly Detail[]): string {
  const rows = details.map((detail) => {
    const value = renderLines(detail, MAIL_STYLES.list);
    return `<tr><th scope="row" style="${MAIL_STYLES.label}">${escapeHtml(detail.label)}</th><td style="${MAIL_STYLES.value}">${value}</td></tr>`;
  });
  return `${renderHtmlHeading(heading)}
<table style="border-collapse:collapse">${rows.join('')}</table>`;
}

export function renderHtmlHeading(heading: string): string {
  return `<h2 style="${MAIL_STYLES.heading}">${escapeHtml(heading)}</h2>`;
}
