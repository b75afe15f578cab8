/**
 * The mail that asks a verified contact to confirm, as plain text and as HTML. It loads nothing and
 * counts nobody: no pictures, no styles from elsewhere, no link but the one.
 */
import type { ConfirmationView } from './confirmation.ts';
import { type ConfirmationDetails, describeConfirmation } from './confirmation-details.ts';
import { escapeHtml, paragraph } from './html.ts';
import {
  MAIL_STYLES,
  type RenderedMail,
  renderHtmlDetails,
  renderHtmlHeading,
  renderMailPage,
  renderMailText,
  renderTextDetails,
} from './mail-layout.ts';
import { chooseTextLocale, TEXTS, type Texts } from './texts/index.ts';

/**
 * @param link where the contact answers
 * @param language locale code of the contact's language
 */
export function renderConfirmationMail(
  view: ConfirmationView,
  link: string,
  language: string,
): RenderedMail {
  const locale = chooseTextLocale([language]);
  const texts = TEXTS[locale];
  const letter: Letter = {
    texts,
    details: describeConfirmation(view, locale),
    link,
  };
  const subject = texts.mail.subject(letter.details.organization_name);
  const sent_by = texts.mail.sent_by(letter.details.account_name);
  return {
    subject,
    text: renderText(letter),
    html: renderMailPage({ subject, locale, sent_by }, renderHtml(letter)),
    locale,
  };
}

interface Letter {
  readonly texts: Texts;
  readonly details: ConfirmationDetails;
  readonly link: string;
}

function renderText({ texts, details, link }: Letter): string {
  const { request, labels, mail } = texts;
  return renderMailText(
    [
      mail.greeting(details.contact_name),
      request.asks(details.asker, details.organization_name),
      request.why,
      mail.check,
      renderTextDetails(labels.organization, details.organization, texts),
      renderTextDetails(labels.contact, details.contact, texts),
      [request.meaning, ...details.meaning.map((sentence) => `- ${sentence}`)].join('\n'),
      request.decline,
      `${mail.link}\n${link}`,
      `${request.until(details.expires_at)}\n${request.for_you_alone}`,
      request.ignore,
    ],
    mail.sent_by(details.account_name),
  );
}

function renderHtml({ texts, details, link }: Letter): string {
  const { request, labels, mail } = texts;
  const href = escapeHtml(link);
  return [
    paragraph(mail.greeting(details.contact_name)),
    paragraph(request.asks(details.asker, details.organization_name)),
    paragraph(request.why),
    paragraph(mail.check),
    renderHtmlDetails(labels.organization, details.organization),
    renderHtmlDetails(labels.contact, details.contact),
    renderHtmlHeading(texts.page.meaning_heading),
    paragraph(request.meaning),
    `<ul>${details.meaning.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>`,
    paragraph(request.decline),
    `<p style="margin:28px 0"><a href="${href}" style="${MAIL_STYLES.button}">${escapeHtml(mail.open)}</a></p>`,
    paragraph(mail.link),
    `<p style="word-break:break-all"><a href="${href}" style="color:#0a3d7a">${href}</a></p>`,
    paragraph(request.until(details.expires_at)),
    paragraph(request.for_you_alone),
    paragraph(request.ignore),
  ].join('\n');
}
