/** Who is signed in, and what they may do. The server decides again at every request. */
import type { Permission, ResponseOf } from '@orgvet/contract';
import { createContext, use } from 'react';

/** What the server says of the session of this browser. */
type Session = ResponseOf<'getSession'>;

/** The session of somebody who has signed in wholly. */
export type FullSession = Session & Required<Pick<Session, 'user' | 'account' | 'permissions'>>;

export const SessionContext = createContext<FullSession | undefined>(undefined);

/** Whether somebody has signed in wholly; the others see nothing but how to. */
export function isFull(session: Session): session is FullSession {
  return session.stage === 'full';
}

/** @throws where nobody has signed in: pages are shown only to who has */
export function useSession(): FullSession {
  const session = use(SessionContext);
  if (session === undefined) {
    throw new Error('Nobody is signed in.');
  }
  return session;
}

/** Says whether something is permitted, for what would only be refused. */
export function usePermissions(): (permission: Permission) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}
