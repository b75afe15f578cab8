/** What a browser gets beside the console: the OpenAPI document and the API reference. All of it local. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { buildOpenApiDocument } from '@orgvet/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** The reference's styles come from its script; everything else is from this server alone. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

/** The pages that are not built, in this package. */
const PAGES_DIRECTORY = fileURLToPath(new URL('../../pages', import.meta.url));

/** Swagger UI's own files, as they are in its package. */
const REFERENCE_ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

export async function servePages(server: FastifyInstance, version: string): Promise<void> {
  // Made for the first who asks: few ever do, and it takes longer than most of a start.
  let openApiDocument: Buffer | undefined;
  server.get('/openapi.json', async (_request, reply) => {
    openApiDocument ??= Buffer.from(JSON.stringify(buildOpenApiDocument(version)));
    reply.header('content-type', 'application/json').send(openApiDocument);
    return reply;
  });
  const reference = dirname(fileURLToPath(import.meta.resolve('@fastify/swagger-ui/package.json')));
  await server.register(fastifyStatic, {
    root: [PAGES_DIRECTORY, `${reference}/static`],
    serve: false,
    cacheControl: false,
  });
  const pages: Record<string, string> = { '/docs': 'reference.html' };
  for (const file of ['reference.js', ...REFERENCE_ASSETS]) {
    pages[`/assets/${file}`] = file;
  }
  for (const [url, file] of Object.entries(pages)) {
    server.get(url, (_request, reply) => sendPage(reply, file));
  }
}

function sendPage(reply: FastifyReply, file: string): FastifyReply {
  return reply.header('content-security-policy', CONTENT_SECURITY_POLICY).sendFile(file);
}
