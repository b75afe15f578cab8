/** French. What stands before a colon or semicolon is a no-break space (U+00A0). */
import type { Texts } from './texts.ts';

export const FR: Texts = {
  types: {
    ov: 'Certificats TLS/SSL à validation d’organisation (OV)',
    ev: 'Certificats TLS/SSL à validation étendue (EV)',
    cs: 'Certificats de signature de code',
    ev_cs: 'Certificats de signature de code à validation étendue (EV)',
    ds: 'Certificats de signature de documents',
    smime: 'Certificats de messagerie (S/MIME) à validation d’organisation',
  },
  asker: (requester, account) => `${requester} (${account})`,
  request: {
    asks: (asker, organization) =>
      `${asker} a indiqué votre nom comme contact vérifié de l’organisation ${organization}.`,
    why: 'Les certificats des types indiqués ci-dessous ne sont délivrés à une organisation qu’avec l’approbation d’un contact vérifié.',
    meaning: 'En confirmant, vous déclarez que\u00A0:',
    works_for: (organization) => `vous travaillez pour ${organization}\u00A0;`,
    is_right: 'les informations ci-dessus sont exactes\u00A0;',
    may_approve: (organization) =>
      `vous êtes en droit d’approuver des certificats des types indiqués ci-dessus pour ${organization}.`,
    decline:
      'Si l’un de ces points est inexact, nous vous prions de refuser. Il n’est pas nécessaire d’en indiquer le motif.',
    until: (time) => `Le lien est valable jusqu’au ${time}.`,
    for_you_alone:
      'Il vous est strictement personnel\u00A0: toute personne qui le possède peut répondre en votre nom. Nous vous prions de ne pas le transmettre.',
    ignore:
      'Si vous ne savez pas de quoi il s’agit, nous vous prions de ne pas en tenir compte. Sans votre confirmation, rien ne sera approuvé en votre nom.',
  },
  labels: {
    colon: '\u00A0: ',
    organization: 'Organisation',
    name: 'Dénomination sociale',
    assumed_name: 'Nom commercial',
    address: 'Adresse',
    certificates: 'Certificats',
    contact: 'Vos coordonnées',
    contact_name: 'Prénom et nom',
    job_title: 'Fonction',
    telephone: 'Téléphone',
  },
  mail: {
    subject: (organization) => `Demande de confirmation\u00A0: certificats pour ${organization}`,
    greeting: (name) => `Bonjour ${name},`,
    check:
      'Nous vous prions de vérifier les informations suivantes, puis de confirmer ou de refuser.',
    open: 'Confirmer ou refuser',
    link: 'Vous pouvez confirmer ou refuser sur cette page\u00A0:',
    sent_by: (account) =>
      `Ce message a été envoyé automatiquement par Orgvet, le registre d’organisations utilisé par ${account}.`,
  },
  page: {
    language: 'Langue',
    registry: 'Registre d’organisations',
    title: 'Votre confirmation est demandée',
    approved_by_other:
      'Un autre contact vérifié a déjà confirmé\u00A0: cette demande est donc approuvée. Vous pouvez néanmoins confirmer également en votre nom.',
    meaning_heading: 'Ce que vous confirmez',
    answer_heading: 'Votre réponse',
    confirm: 'Oui, je confirme',
    decline: 'Non, je refuse',
    reason: 'Motif du refus (facultatif)',
    reason_hint: (asker) => `1\u00A0000 caractères au maximum. ${asker} pourra le lire.`,
    not_recorded: 'Votre réponse n’a pas été enregistrée.',
    no_answer: 'Veuillez choisir l’une des deux réponses ci-dessous.',
    reason_too_long: 'Le motif dépasse 1\u00A0000 caractères. Veuillez le raccourcir.',
  },
  results: {
    confirmed: 'Merci de votre confirmation',
    confirmed_on: (time, organization) =>
      `Le ${time}, vous avez confirmé être en droit d’approuver ces certificats pour ${organization}.`,
    nothing_to_do: 'Vous n’avez rien d’autre à faire et pouvez fermer cette page.',
    confirmed_wrongly: (asker) =>
      `S’il ne s’agissait pas de vous, ou si cela n’est plus exact, veuillez en informer ${asker}.`,
    declined: 'Vous avez refusé',
    declined_on: (time, organization) =>
      `Le ${time}, vous avez refusé d’approuver des certificats pour ${organization}. Votre réponse a été enregistrée.`,
    declined_wrongly: (asker) =>
      `S’il s’agit d’une erreur, veuillez demander à ${asker} de vous adresser une nouvelle demande.`,
    expired: 'Ce lien a expiré',
    expired_on: (time) => `Il était valable jusqu’au ${time}.`,
    ask_for_link: (asker) =>
      `Si vous souhaitez encore répondre, veuillez demander un nouveau lien à ${asker}.`,
    withdrawn: 'Cette demande n’a plus d’objet',
    withdrawn_from: (organization) =>
      `Vous n’êtes plus contact vérifié de l’organisation ${organization}. Vous n’avez rien à faire.`,
    withdrawn_wrongly: (asker) =>
      `Si vous pensez qu’il s’agit d’une erreur, veuillez vous adresser à ${asker}.`,
  },
  faults: {
    unknown: 'Ce lien est inconnu',
    unknown_why:
      'Il est peut-être incomplet, ou un lien plus récent l’a remplacé. Veuillez ouvrir le lien complet du dernier message que vous avez reçu.',
    unknown_help:
      'Si le problème persiste, veuillez vous adresser à la personne qui a indiqué votre nom comme contact.',
    unavailable: 'Veuillez réessayer dans un instant',
    unavailable_help:
      'Cette page ne peut pas être affichée pour le moment. Si vous venez de répondre, veuillez rouvrir le lien dans quelques minutes afin de vérifier que votre réponse a été enregistrée.',
    internal: 'Une erreur s’est produite',
    internal_help: (request_id) =>
      `Cette erreur est de notre fait. Veuillez rouvrir le lien ultérieurement. Le numéro de l’erreur est ${request_id}.`,
  },
  notices: {
    organization_id: 'Identifiant de l’organisation',
    validation: 'Type de validation',
    ends_at: 'Fin de la validation',
    for_contact: (organization) =>
      `Vous recevez ce message en tant que contact de l’organisation ${organization}.`,
    renewal: {
      subject: (organization) => `Validation bientôt échue\u00A0: ${organization}`,
      subject_ended: (organization) => `Validation échue\u00A0: ${organization}`,
      ends_in: (days) =>
        `La validation indiquée ci-dessous prend fin dans ${days === 1 ? '1 jour' : `${days} jours`}.`,
      ended: 'La validation indiquée ci-dessous a pris fin.',
      ended_ago: (days) =>
        `La validation indiquée ci-dessous a pris fin il y a ${days === 1 ? '1 jour' : `${days} jours`}.`,
      renew:
        'Nous vous prions de soumettre à nouveau l’organisation à une validation de ce type avant cette échéance. D’ici là, la validation actuelle reste en vigueur.',
      renew_ended:
        'Aucun certificat du type indiqué ci-dessous ne peut plus être délivré sur cette base. Nous vous prions de soumettre à nouveau l’organisation à une validation de ce type.',
    },
    rejection: {
      subject: (organization) => `Validation refusée\u00A0: ${organization}`,
      rejected: 'La validation indiquée ci-dessous a été refusée pour les motifs exposés plus bas.',
      reasons: 'Motifs',
      next: 'Nous vous prions de régler ces points, puis de soumettre à nouveau l’organisation à une validation de ce type.',
      remains:
        'Une validation de ce type accordée antérieurement reste en vigueur jusqu’à sa propre échéance.',
    },
  },
};
