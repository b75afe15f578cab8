/** Sends mail: what enters the outbox leaves it a moment later. */
import type { Environment } from '../operations/context.ts';
import { deliverDueMails, type MailTransport } from '../operations/mail-delivery.ts';
import { type BackgroundWork, startRounds } from './rounds.ts';

const IDLE_WAIT_MS = 1000;

/** How mail leaves, and when. */
interface MailWay {
  /** For mail of live accounts, which waits if there is none. */
  readonly transport: MailTransport | undefined;
  /** Whether the server can be reached: before that no link would lead to it. */
  isOpen(): boolean;
}

/** @param report is told of a failure; the work goes on after it */
export function startMail(
  environment: Environment,
  { transport, isOpen }: MailWay,
  report: (error: unknown) => void,
  idle_wait_ms: number = IDLE_WAIT_MS,
): BackgroundWork {
  const rounds = startRounds({
    work: async () => isOpen() && (await deliverDueMails(environment, transport)),
    idle_wait_ms,
    report,
  });
  return {
    async stop() {
      await rounds.stop();
      transport?.close();
    },
  };
}
