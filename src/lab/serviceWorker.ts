/** Keeps the page's files, so that it opens without a network once it was loaded. Each build has a cache of its own. */

declare const LAB_BUILD: string;
declare const LAB_FILES: readonly string[];

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const scope = globalThis as unknown as EventTarget & { readonly registration: ServiceWorkerRegistration };
const prefix = 'losscone-lab-';
const cacheName = prefix + LAB_BUILD;

async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  await Promise.all(
    LAB_FILES.map(async (file) => {
      const response = await fetch(new Request(file, { cache: 'reload' }));
      if (!response.ok) throw new Error(`${file}: the server answered ${response.status}`);
      // Some hosts answer by way of another address, and such an answer may not open a page: its content may.
      const headers = new Headers(response.headers);
      for (const name of ['Content-Encoding', 'Content-Length']) headers.delete(name); // of what travelled, not of this
      await cache.put(file, new Response(await response.blob(), { headers }));
    }),
  );
}

/** Other pages of the same host have caches too: only what is this page's and of another build goes. */
async function activate(): Promise<void> {
  for (const other of await caches.keys())
    if (other.startsWith(prefix) && other !== cacheName) await caches.delete(other);
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const folder = request.url.split(/[?#]/)[0] === scope.registration.scope;
  const kept = await cache.match(folder ? 'index.html' : request, { ignoreSearch: true });
  if (kept) return kept;
  const response = await fetch(request);
  // What is loaded only when it is asked for (figures, HDF5) is kept from then on.
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

scope.addEventListener('install', (event) => (event as ExtendableEvent).waitUntil(install()));
scope.addEventListener('activate', (event) => (event as ExtendableEvent).waitUntil(activate()));
scope.addEventListener('fetch', (event) => {
  const { request, respondWith } = event as FetchEvent;
  const inside = request.method === 'GET' && request.url.startsWith(scope.registration.scope);
  if (inside) respondWith.call(event, answer(request));
});
