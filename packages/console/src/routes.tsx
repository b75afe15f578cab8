/** From the URL to a page, for who has signed in; for everybody else how to. */
import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useOperation } from './operations.ts';
import { Answer } from './parts/answer.tsx';
import { EmptyPlace, NothingHere } from './parts/nothing-here.tsx';
import { PLACES, type Place } from './places.tsx';
import { type FullSession, isFull, SessionContext } from './session.ts';
import { Shell } from './shell.tsx';
import { useTexts } from './texts/index.ts';

/** Fetched only by who has to sign in. */
const SignIn = lazy(async () => ({
  default: (await import('./pages/sign-in/sign-in.tsx')).SignIn,
}));

export function Routes() {
  const query = useOperation('getSession', {});
  const [path] = useLocation();
  // A link signs in whoever opens it, whoever was signed in before.
  const hasLink = path === '/sign-in' && window.location.hash !== '';
  return (
    <Answer query={query}>
      {(session) =>
        isFull(session) && !hasLink ? (
          <SignedIn session={session} />
        ) : (
          <Suspense fallback={null}>
            <SignIn session={session} hasLink={hasLink} />
          </Suspense>
        )
      }
    </Answer>
  );
}

function SignedIn({ session }: { readonly session: FullSession }) {
  const places = PLACES.filter(
    ({ isForTests }) => isForTests !== true || session.account.mode === 'test',
  );
  const isPermitted = ({ permission }: Place) => session.permissions.includes(permission);
  const start = places.find((place) => place.section !== undefined && isPermitted(place));
  return (
    <SessionContext value={session}>
      <Shell places={places.filter(isPermitted)}>
        {/* Nothing to see while a page is on its way: it is a few kilobytes from the same server. */}
        <Suspense fallback={null}>
          <Switch>
            {places.map((place) => (
              <Route key={place.path} path={place.path}>
                {isPermitted(place) ? <place.Page /> : <NotPermitted />}
              </Route>
            ))}
            <Route path="/">
              {start ? <Redirect to={start.path} replace /> : <NotPermitted />}
            </Route>
            <Route>
              <NothingHere />
            </Route>
          </Switch>
        </Suspense>
      </Shell>
    </SessionContext>
  );
}

function NotPermitted() {
  const { errors } = useTexts();
  return <EmptyPlace title={errors.not_found_title} text={errors.not_permitted} />;
}
