/** The parts of the lab, by what stands behind the `#` of its address. A new part is one line here. */
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Lab } from './Lab.js';
import { later } from './later.js';

export interface Route {
  /** What the address begins with behind the `#`: the lab itself has none. */
  readonly prefix: string;
  readonly title: string;
  /** What stands behind the prefix is handed on. */
  readonly Part: FunctionComponent<{ readonly rest: string }>;
  /** It stays, hidden, while another part is looked at: its run goes on. */
  readonly keeps?: true;
}

export const routes: readonly Route[] = [
  { prefix: '', title: 'Run', Part: Lab, keeps: true },
  {
    prefix: 'compare',
    title: 'Compare',
    Part: later(() => import('../compare/Compare.js').then(({ Compare }) => Compare)),
  },
  { prefix: 'learn', title: 'Learn', Part: later(() => import('../learn/Learn.js').then(({ Learn }) => Learn)) },
];

/** The part that an address names, and what stands behind its prefix. */
export function routeOf(hash: string): { readonly route: Route; readonly rest: string } {
  const address = hash.replace(/^#/, '');
  const route = routes.find(({ prefix }) => prefix !== '' && address.startsWith(prefix)) ?? routes[0];
  return { route, rest: address.slice(route.prefix.length) };
}

export function useRoute() {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return routeOf(hash);
}
