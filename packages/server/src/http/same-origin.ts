/**
 * Refuses changes that another site makes a signed-in browser ask for. A browser says itself whose page a
 * request comes from, and no page can make it say otherwise.
 */
import { problem } from '@orgvet/contract';
import type { FastifyRequest } from 'fastify';
import { RequestRefused } from '../domain/problems.ts';
import type { PublicFace } from '../operations/context.ts';

/** Of a page of this server's own, and of no page: typed in, or a bookmark. */
const OWN_SITES: readonly unknown[] = ['same-origin', 'none'];

/**
 * Browsers that do not say which site send the origin of the page. It must be the one that the request
 * was sent to, or the one that the operator says people use: a proxy may stand between.
 *
 * @throws RequestRefused also where nothing is said at all, which no browser does
 */
export function refuseUnlessSameOrigin(request: FastifyRequest, face: PublicFace): void {
  const { 'sec-fetch-site': site, origin } = request.headers;
  const isOwn =
    site === undefined
      ? origin !== undefined && (origin === originOf(request) || origin === face.findOrigin())
      : OWN_SITES.includes(site);
  if (!isOwn) {
    throw new RequestRefused([problem('cross_site_request')]);
  }
}

/** Where the request was sent to, as far as trusted proxies tell. */
function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`;
}
