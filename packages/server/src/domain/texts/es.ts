/** Spanish. */
import type { Texts } from './texts.ts';

export const ES: Texts = {
  types: {
    ov: 'Certificados TLS/SSL con validación de la organización (OV)',
    ev: 'Certificados TLS/SSL con validación extendida (EV)',
    cs: 'Certificados de firma de código',
    ev_cs: 'Certificados de firma de código con validación extendida (EV)',
    ds: 'Certificados de firma de documentos',
    smime: 'Certificados de correo electrónico (S/MIME) con validación de la organización',
  },
  asker: (requester, account) => `${requester} (${account})`,
  request: {
    asks: (asker, organization) =>
      `${asker} le ha designado como persona de contacto verificada de la organización ${organization}.`,
    why: 'Los certificados de los tipos que se indican a continuación solo se emiten para una organización con la aprobación de una persona de contacto verificada.',
    meaning: 'Al confirmar, usted declara que:',
    works_for: (organization) => `trabaja para ${organization};`,
    is_right: 'los datos anteriores son correctos;',
    may_approve: (organization) =>
      `tiene autorización para aprobar certificados de los tipos indicados arriba para ${organization}.`,
    decline:
      'Si algo de lo anterior no es cierto, le rogamos que rechace la solicitud. No es necesario que indique el motivo.',
    until: (time) => `El enlace es válido hasta el ${time}.`,
    for_you_alone:
      'Está destinado únicamente a usted: quien lo tenga puede responder en su nombre. Le rogamos que no lo comparta.',
    ignore:
      'Si no sabe de qué se trata, le rogamos que haga caso omiso. Sin su confirmación no se aprobará nada en su nombre.',
  },
  labels: {
    colon: ': ',
    organization: 'Organización',
    name: 'Razón social',
    assumed_name: 'Nombre comercial',
    address: 'Dirección',
    certificates: 'Certificados',
    contact: 'Sus datos',
    contact_name: 'Nombre y apellidos',
    job_title: 'Cargo',
    telephone: 'Teléfono',
  },
  mail: {
    subject: (organization) => `Solicitud de confirmación: certificados para ${organization}`,
    greeting: (name) => `Estimado/a ${name}:`,
    check:
      'Le rogamos que compruebe los datos siguientes y que, a continuación, confirme o rechace la solicitud.',
    open: 'Confirmar o rechazar',
    link: 'Puede confirmar o rechazar la solicitud en esta página:',
    sent_by: (account) =>
      `Este mensaje ha sido enviado automáticamente por Orgvet, el registro de organizaciones que utiliza ${account}.`,
  },
  page: {
    language: 'Idioma',
    registry: 'Registro de organizaciones',
    title: 'Solicitamos su confirmación',
    approved_by_other:
      'Otra persona de contacto verificada ya ha confirmado, por lo que esta solicitud está aprobada. No obstante, usted también puede confirmar por su parte.',
    meaning_heading: 'Qué confirma usted',
    answer_heading: 'Su respuesta',
    confirm: 'Sí, confirmo',
    decline: 'No, rechazo la solicitud',
    reason: 'Motivo del rechazo (opcional)',
    reason_hint: (asker) => `Máximo 1000 caracteres. ${asker} podrá leerlo.`,
    not_recorded: 'Su respuesta no se ha registrado.',
    no_answer: 'Le rogamos que elija una de las dos respuestas siguientes.',
    reason_too_long: 'El motivo supera los 1000 caracteres. Le rogamos que lo acorte.',
  },
  results: {
    confirmed: 'Gracias por su confirmación',
    confirmed_on: (time, organization) =>
      `El ${time} usted confirmó que tiene autorización para aprobar estos certificados para ${organization}.`,
    nothing_to_do: 'No tiene que hacer nada más. Puede cerrar esta página.',
    confirmed_wrongly: (asker) =>
      `Si no fue usted, o si ya no es así, le rogamos que se lo comunique a ${asker}.`,
    declined: 'Ha rechazado la solicitud',
    declined_on: (time, organization) =>
      `El ${time} usted rechazó aprobar certificados para ${organization}. Su respuesta se ha registrado.`,
    declined_wrongly: (asker) =>
      `Si ha sido un error, le rogamos que pida a ${asker} una nueva solicitud.`,
    expired: 'Este enlace ha caducado',
    expired_on: (time) => `Era válido hasta el ${time}.`,
    ask_for_link: (asker) =>
      `Si todavía desea responder, le rogamos que pida a ${asker} un nuevo enlace.`,
    withdrawn: 'Esta solicitud ya no es aplicable',
    withdrawn_from: (organization) =>
      `Usted ya no figura como persona de contacto verificada de ${organization}. No tiene que hacer nada.`,
    withdrawn_wrongly: (asker) =>
      `Si cree que se trata de un error, le rogamos que consulte a ${asker}.`,
  },
  faults: {
    unknown: 'No se reconoce este enlace',
    unknown_why:
      'Es posible que esté incompleto o que uno más reciente lo haya sustituido. Le rogamos que abra el enlace completo del último mensaje que haya recibido.',
    unknown_help:
      'Si el problema continúa, le rogamos que consulte a quien le designó como persona de contacto.',
    unavailable: 'Inténtelo de nuevo en breve',
    unavailable_help:
      'En este momento no se puede mostrar la página. Si acaba de responder, le rogamos que vuelva a abrir el enlace dentro de unos minutos para comprobar si su respuesta se ha registrado.',
    internal: 'Se ha producido un error',
    internal_help: (request_id) =>
      `El error es nuestro. Le rogamos que vuelva a abrir el enlace más tarde. El número del error es ${request_id}.`,
  },
  notices: {
    organization_id: 'ID de la organización',
    validation: 'Tipo de validación',
    ends_at: 'Fin de la validación',
    for_contact: (organization) =>
      `Recibe este mensaje como persona de contacto de la organización ${organization}.`,
    renewal: {
      subject: (organization) => `La validación finaliza pronto: ${organization}`,
      subject_ended: (organization) => `La validación ha finalizado: ${organization}`,
      ends_in: (days) =>
        `La validación que se indica a continuación finaliza dentro de ${days === 1 ? '1 día' : `${days} días`}.`,
      ended: 'La validación que se indica a continuación ha finalizado.',
      ended_ago: (days) =>
        `La validación que se indica a continuación finalizó hace ${days === 1 ? '1 día' : `${days} días`}.`,
      renew:
        'Le rogamos que antes de esa fecha vuelva a presentar la organización para una validación de este tipo. Hasta entonces, la validación actual sigue siendo válida.',
      renew_ended:
        'Ya no se pueden emitir certificados del tipo indicado a continuación en virtud de ella. Le rogamos que vuelva a presentar la organización para una validación de este tipo.',
    },
    rejection: {
      subject: (organization) => `Validación rechazada: ${organization}`,
      rejected:
        'La validación que se indica a continuación ha sido rechazada por los motivos expuestos más abajo.',
      reasons: 'Motivos',
      next: 'Le rogamos que resuelva estos puntos y que, a continuación, vuelva a presentar la organización para una validación de este tipo.',
      remains:
        'Una validación de este tipo que se haya completado anteriormente sigue siendo válida hasta su propia fecha de finalización.',
    },
  },
};
