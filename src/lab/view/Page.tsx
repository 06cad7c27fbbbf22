/** The whole page: its head, the way to its parts, and the part that is looked at. */
import { routes, useRoute } from './routes.js';

export function Page() {
  const { route, rest } = useRoute();
  const { Part } = route;
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
      </header>
      <Part key={route.prefix} rest={rest} />
    </div>
  );
}
