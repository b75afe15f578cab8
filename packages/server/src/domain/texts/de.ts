/** German. */
import type { Texts } from './texts.ts';

export const DE: Texts = {
  types: {
    ov: 'TLS/SSL-Zertifikate mit Organisationsvalidierung (OV)',
    ev: 'TLS/SSL-Zertifikate mit erweiterter Validierung (EV)',
    cs: 'Codesignatur-Zertifikate',
    ev_cs: 'Codesignatur-Zertifikate mit erweiterter Validierung (EV)',
    ds: 'Zertifikate zum Signieren von Dokumenten',
    smime: 'E-Mail-Zertifikate (S/MIME) mit Organisationsvalidierung',
  },
  asker: (requester, account) => `${requester} (${account})`,
  request: {
    asks: (asker, organization) =>
      `${asker} hat Sie als verifizierte Kontaktperson der Organisation ${organization} benannt.`,
    why: 'Zertifikate der unten genannten Arten werden für eine Organisation nur mit Zustimmung einer verifizierten Kontaktperson ausgestellt.',
    meaning: 'Mit Ihrer Bestätigung erklären Sie:',
    works_for: (organization) => `Sie sind für ${organization} tätig.`,
    is_right: 'Die obigen Angaben sind richtig.',
    may_approve: (organization) =>
      `Sie sind berechtigt, Zertifikate der oben genannten Arten für ${organization} zu genehmigen.`,
    decline:
      'Trifft etwas davon nicht zu, lehnen Sie bitte ab. Eine Begründung ist nicht erforderlich.',
    until: (time) => `Der Link ist gültig bis zum ${time}.`,
    for_you_alone:
      'Er ist nur für Sie bestimmt: Wer ihn hat, kann in Ihrem Namen antworten. Bitte geben Sie ihn nicht weiter.',
    ignore:
      'Falls Sie nicht wissen, worum es geht, betrachten Sie dies bitte als gegenstandslos. Ohne Ihre Bestätigung wird nichts in Ihrem Namen genehmigt.',
  },
  labels: {
    colon: ': ',
    organization: 'Angaben zur Organisation',
    name: 'Rechtlicher Name',
    assumed_name: 'Auch bekannt als',
    address: 'Anschrift',
    certificates: 'Zertifikate',
    contact: 'Ihre Angaben',
    contact_name: 'Vor- und Nachname',
    job_title: 'Funktion',
    telephone: 'Telefon',
  },
  mail: {
    subject: (organization) => `Bitte um Bestätigung: Zertifikate für ${organization}`,
    greeting: (name) => `Guten Tag ${name},`,
    check:
      'Bitte prüfen Sie die folgenden Angaben. Anschließend können Sie bestätigen oder ablehnen.',
    open: 'Bestätigen oder ablehnen',
    link: 'Auf dieser Seite können Sie bestätigen oder ablehnen:',
    sent_by: (account) =>
      `Diese Nachricht wurde automatisch von Orgvet versandt, dem Organisationsregister, das ${account} verwendet.`,
  },
  page: {
    language: 'Sprache',
    registry: 'Organisationsregister',
    title: 'Bitte um Ihre Bestätigung',
    approved_by_other:
      'Eine andere verifizierte Kontaktperson hat bereits bestätigt; die Anfrage ist damit genehmigt. Sie können dennoch auch für sich selbst bestätigen.',
    meaning_heading: 'Was Sie bestätigen',
    answer_heading: 'Ihre Antwort',
    confirm: 'Ja, ich bestätige',
    decline: 'Nein, ich lehne ab',
    reason: 'Grund der Ablehnung (freiwillig)',
    reason_hint: (asker) => `Höchstens 1000 Zeichen. ${asker} kann den Text lesen.`,
    not_recorded: 'Ihre Antwort wurde nicht erfasst.',
    no_answer: 'Bitte wählen Sie unten eine der beiden Antworten.',
    reason_too_long: 'Die Begründung ist länger als 1000 Zeichen. Bitte kürzen Sie sie.',
  },
  results: {
    confirmed: 'Vielen Dank für Ihre Bestätigung',
    confirmed_on: (time, organization) =>
      `Sie haben am ${time} bestätigt, dass Sie berechtigt sind, diese Zertifikate für ${organization} zu genehmigen.`,
    nothing_to_do: 'Sie brauchen nichts weiter zu tun und können diese Seite schließen.',
    confirmed_wrongly: (asker) =>
      `Falls Sie das nicht waren oder es nicht mehr zutrifft, wenden Sie sich bitte an ${asker}.`,
    declined: 'Sie haben abgelehnt',
    declined_on: (time, organization) =>
      `Sie haben es am ${time} abgelehnt, Zertifikate für ${organization} zu genehmigen. Ihre Antwort wurde erfasst.`,
    declined_wrongly: (asker) =>
      `Falls dies ein Versehen war, bitten Sie ${asker} um eine neue Anfrage.`,
    expired: 'Dieser Link ist abgelaufen',
    expired_on: (time) => `Er war gültig bis zum ${time}.`,
    ask_for_link: (asker) =>
      `Falls Sie noch antworten möchten, bitten Sie ${asker} um einen neuen Link.`,
    withdrawn: 'Diese Anfrage ist hinfällig',
    withdrawn_from: (organization) =>
      `Sie sind nicht mehr als verifizierte Kontaktperson der Organisation ${organization} benannt. Sie brauchen nichts zu tun.`,
    withdrawn_wrongly: (asker) =>
      `Falls Sie das für einen Irrtum halten, wenden Sie sich bitte an ${asker}.`,
  },
  faults: {
    unknown: 'Dieser Link ist nicht bekannt',
    unknown_why:
      'Möglicherweise ist er unvollständig, oder ein neuerer ist an seine Stelle getreten. Bitte öffnen Sie den vollständigen Link aus der neuesten Nachricht, die Sie erhalten haben.',
    unknown_help:
      'Falls das nicht hilft, wenden Sie sich bitte an die Person, die Sie als Kontaktperson benannt hat.',
    unavailable: 'Bitte versuchen Sie es in Kürze erneut',
    unavailable_help:
      'Diese Seite kann im Augenblick nicht angezeigt werden. Falls Sie gerade geantwortet haben, öffnen Sie den Link bitte in einigen Minuten noch einmal, um zu sehen, ob Ihre Antwort erfasst wurde.',
    internal: 'Es ist ein Fehler aufgetreten',
    internal_help: (request_id) =>
      `Der Fehler liegt bei uns. Bitte öffnen Sie den Link später noch einmal. Die Nummer des Fehlers lautet ${request_id}.`,
  },
  notices: {
    organization_id: 'Organisations-ID',
    validation: 'Art der Validierung',
    ends_at: 'Ende der Validierung',
    for_contact: (organization) =>
      `Sie erhalten diese Nachricht als Kontaktperson der Organisation ${organization}.`,
    renewal: {
      subject: (organization) => `Validierung endet bald: ${organization}`,
      subject_ended: (organization) => `Validierung ist abgelaufen: ${organization}`,
      ends_in: (days) =>
        `Die unten genannte Validierung endet in ${days === 1 ? '1 Tag' : `${days} Tagen`}.`,
      ended: 'Die unten genannte Validierung ist abgelaufen.',
      ended_ago: (days) =>
        `Die unten genannte Validierung ist vor ${days === 1 ? '1 Tag' : `${days} Tagen`} abgelaufen.`,
      renew:
        'Bitte reichen Sie die Organisation vorher erneut zu einer Validierung dieser Art ein. Bis zu ihrem Ende bleibt die bisherige Validierung gültig.',
      renew_ended:
        'Zertifikate der unten genannten Art können auf ihrer Grundlage nicht mehr ausgestellt werden. Bitte reichen Sie die Organisation erneut zu einer Validierung dieser Art ein.',
    },
    rejection: {
      subject: (organization) => `Validierung abgelehnt: ${organization}`,
      rejected:
        'Die unten genannte Validierung wurde aus den darunter stehenden Gründen abgelehnt.',
      reasons: 'Gründe',
      next: 'Bitte klären Sie diese Punkte und reichen Sie die Organisation anschließend erneut zu einer Validierung dieser Art ein.',
      remains:
        'Eine früher abgeschlossene Validierung dieser Art bleibt bis zu ihrem eigenen Ende gültig.',
    },
  },
};
