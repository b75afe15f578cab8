/** An answer that also begins or ends the session of the browser that asked. */

/** A session that was begun: its token, which is kept nowhere else, and when it ends at the latest. */
export interface StartedSession {
  readonly token: string;
  readonly expires_ms: number;
}

export class SessionAnswer {
  /** Undefined for no body. */
  readonly answer: unknown;
  readonly session: StartedSession | 'ended';

  constructor(answer: unknown, session: StartedSession | 'ended') {
    this.answer = answer;
    this.session = session;
  }
}
