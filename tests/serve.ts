import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/**
 * Serves a folder to the tests' browser, plainly: without the headers that isolate a page, which no page of ours may need.
 *
 * @param pages contents by path, in place of files
 */
export async function serve(
  folder: string,
  pages: Record<string, string> = {},
): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const name = path.posix.normalize(pathname === '/' ? '/index.html' : pathname);
    const headers = { 'Content-Type': types[path.extname(name)] ?? 'application/octet-stream' };
    if (name === '/favicon.ico') {
      response.writeHead(204).end(); // browsers ask for one, whatever the page
      return;
    }
    try {
      const content = Object.hasOwn(pages, name) ? pages[name] : readFileSync(path.join(folder, name));
      response.writeHead(200, headers).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the test server has no port');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => void server.close() };
}
