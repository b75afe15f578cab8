/** What signing in needs of an OpenID provider; how one is talked to is not known here. */

/** Where a browser is sent, and what must come back with it. */
interface OpenIdRequest {
  readonly url: string;
  readonly flow: OpenIdFlow;
}

/** What only the browser that was sent there has: without it an answer is worth nothing. */
export interface OpenIdFlow {
  readonly state: string;
  readonly nonce: string;
  readonly code_verifier: string;
}

/** Whom a provider says somebody is. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Only where the provider has confirmed that it is theirs; else empty. */
  readonly verified_email: string;
}

/** @throws OpenIdUnavailable, OpenIdRefused */
export interface OpenIdProvider {
  /** What people call it. */
  readonly name: string;
  /** @param redirect_uri where the browser comes back to */
  begin(redirect_uri: string): Promise<OpenIdRequest>;
  /** @param answer_url the whole address that the browser came back to */
  finish(flow: OpenIdFlow, answer_url: URL): Promise<Identity>;
}

/** The provider does not answer, or not as one does. */
export class OpenIdUnavailable extends Error {
  override readonly name = 'OpenIdUnavailable';
}

/** The provider, or what came back from it, does not say who it is. */
export class OpenIdRefused extends Error {
  override readonly name = 'OpenIdRefused';
}
