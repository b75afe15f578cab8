/**
 * The pages behind the links of confirmation mails, for people without an account. Programs that look
 * through mail follow every link, so to GET one shows and never answers. A link's token is a secret: no
 * log, no metric and no other site is told of it.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import {
  answerConfirmationPage,
  type ConfirmationPage,
  findChosenLanguage,
  type LanguageWishes,
  renderFaultPage,
  STYLE_SOURCE,
  showConfirmationPage,
} from '../operations/confirmation-page.ts';
import { type Environment, StoreUnavailable } from '../operations/context.ts';
import { listAcceptedLanguages } from './accept-language.ts';

const CONFIRMATION_PATH = '/confirm';

/** Room for the longest reason, whatever characters it has, percent-encoded. */
const FORM_LIMIT_BYTES = 16_384;

/** After how long a browser may try again what could not be answered. */
const RETRY_AFTER_S = 5;

/** They take the place of those that other answers carry. */
const PAGE_HEADERS = {
  'content-security-policy':
    `default-src 'none'; style-src ${STYLE_SOURCE}; form-action 'self'; frame-ancestors 'none'; ` +
    "base-uri 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
};

interface LinkRequest {
  Params: { token: string };
}

export async function serveConfirmationPages(
  server: FastifyInstance,
  environment: Environment,
  log: Logger,
): Promise<void> {
  await server.register(
    async (pages) => {
      // Behind the server's own hook, whose headers these replace.
      pages.addHook('onSend', (_request, reply, payload, done) => {
        reply.headers(PAGE_HEADERS);
        done(null, payload);
      });
      pages.get<LinkRequest>('/:token', async (request, reply) => {
        const page = await showConfirmationPage(
          environment,
          request.params.token,
          wishesOf(request),
        );
        return sendPage(reply, page.is_known ? 200 : 404, page);
      });
      pages.post<LinkRequest>('/:token', { bodyLimit: FORM_LIMIT_BYTES }, (request, reply) =>
        takeAnswer(environment, request, reply),
      );
      pages.setNotFoundHandler((request, reply) => {
        sendPage(reply, 404, renderFaultPage({ kind: 'unknown' }, wishesOf(request)));
      });
      pages.setErrorHandler<FastifyError, LinkRequest>((error, request, reply) =>
        answerFault(environment, error, request, reply, log),
      );
    },
    { prefix: CONFIRMATION_PATH },
  );
}

async function takeAnswer(
  environment: Environment,
  request: FastifyRequest<LinkRequest>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { token } = request.params;
  const wishes = wishesOf(request);
  const form = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString() : '');
  const from = { ip_address: request.ip, request_id: request.id };
  const page = await answerConfirmationPage(environment, token, wishes, form, from);
  if (page !== undefined) {
    return sendPage(reply, page.is_known ? 400 : 404, page);
  }
  // To the page that shows how it stands, so that loading that one again sends nothing.
  const language = findChosenLanguage(wishes);
  const query = language === undefined ? '' : `?language=${language}`;
  const location = `${CONFIRMATION_PATH}/${encodeURIComponent(token)}${query}`;
  return reply.code(303).header('location', location).send();
}

function wishesOf(request: FastifyRequest): LanguageWishes {
  const { language } = request.query as { language?: unknown };
  return {
    chosen: typeof language === 'string' ? language : '',
    accepted: listAcceptedLanguages(request.headers['accept-language']),
  };
}

function sendPage(
  reply: FastifyReply,
  status: number,
  { html, language }: ConfirmationPage,
): FastifyReply {
  return reply
    .code(status)
    .headers({ 'content-type': 'text/html; charset=utf-8', 'content-language': language })
    .send(html);
}

/** A form that could not be taken in is offered again; else the page says that there is a fault. */
async function answerFault(
  environment: Environment,
  thrown: FastifyError,
  request: FastifyRequest<LinkRequest>,
  reply: FastifyReply,
  log: Logger,
): Promise<FastifyReply> {
  let error: unknown = thrown;
  const wishes = wishesOf(request);
  const status = thrown.statusCode ?? 500;
  if (status < 500) {
    const problem = status === 413 ? 'reason_too_long' : 'no_answer';
    const refused = { problem, reason: '' } as const;
    try {
      const page = await showConfirmationPage(environment, request.params.token, wishes, refused);
      return sendPage(reply, page.is_known ? status : 404, page);
    } catch (failure) {
      error = failure;
    }
  }
  log.error({ err: error, request_id: request.id }, 'A page could not be shown.');
  if (error instanceof StoreUnavailable) {
    reply.header('retry-after', RETRY_AFTER_S);
    return sendPage(reply, 503, renderFaultPage({ kind: 'unavailable' }, wishes));
  }
  const subject = { kind: 'internal', request_id: request.id } as const;
  return sendPage(reply, 500, renderFaultPage(subject, wishes));
}
