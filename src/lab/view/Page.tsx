/** The whole page: its head, the way to its parts, and the part that is looked at. */
import { useEffect, useRef } from 'preact/hooks';
import { LookedAt } from './lookedAt.js';
import { routes, useRoute } from './routes.js';

export function Page() {
  const { route, rest } = useRoute();
  // What keeps its run is hidden when another part is looked at; the others end with their last look.
  const kept = useRef(new Map<string, string>());
  if (route.keeps) kept.current.set(route.prefix, rest);
  const mounted = routes.filter((one) => one === route || kept.current.has(one.prefix));
  useEffect(() => {
    document.title = route.prefix === '' ? 'losscone lab' : `${route.title} · losscone lab`;
  }, [route]);
  return (
    <div class="page">
      <header>
        <h1>
          losscone <span>lab</span>
        </h1>
        <p>
          Charged particles in magnetic fields, by Monte Carlo, in this page: the same engine and the same bits as the
          command line.
        </p>
        {routes.length > 1 && (
          <nav aria-label="Parts of the lab">
            {routes.map(({ prefix, title }) => (
              <a key={prefix} href={`#${prefix}`} aria-current={prefix === route.prefix ? 'page' : undefined}>
                {title}
              </a>
            ))}
          </nav>
        )}
        {route.prefix === '' && (
          <p class="welcome">
            New to this? <a href="#learn/mu">Start with what μ is</a>.
          </p>
        )}
      </header>
      {mounted.map((one) => (
        <div key={one.prefix} class="part" hidden={one !== route}>
          <LookedAt.Provider value={one === route}>
            <one.Part rest={one === route ? rest : (kept.current.get(one.prefix) ?? '')} />
          </LookedAt.Provider>
        </div>
      ))}
    </div>
  );
}
