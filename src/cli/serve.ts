import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { CommandError, exit } from './errors.js';
import { onInterruption, signalCode } from './signals.js';

/** What `losscone serve` was given. */
export interface ServeFlags {
  port: number;
  host: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** Nothing but the page's own files, and WebAssembly. The page holds the same as a meta tag, for other hosts. */
const headers = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // A new build is seen at once; the page's own cache makes it fast.
  'Cache-Control': 'no-cache',
};

/**
 * The file that a request asks for; undefined where it is none of the folder's.
 * @param address as the client sent it
 * @example fileOf('/srv/lab', '/') // => "/srv/lab/index.html"
 * @example fileOf('/srv/lab', '/%2e%2e/secret') // => undefined
 */
export function fileOf(folder: string, address: string): string | undefined {
  let name: string;
  try {
    name = decodeURIComponent(address.split(/[?#]/)[0]);
  } catch {
    return undefined;
  }
  // Plain names in this one folder are all there is, so nothing can lead out of it.
  const file = name === '/' ? 'index.html' : name.slice(1);
  return /^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+$/.test(file) && path.extname(file) in types
    ? path.join(folder, file)
    : undefined;
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refuse = (status: number, more = {}) =>
    response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8', ...more }).end();
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(405, { Allow: 'GET, HEAD' });
    return;
  }
  const file = fileOf(folder, request.url ?? '/');
  const known = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (file === undefined || !known?.isFile()) {
    refuse(404);
    return;
  }
  const packed = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  response.writeHead(200, {
    ...headers,
    'Content-Type': types[path.extname(file)],
    Vary: 'Accept-Encoding',
    ...(packed ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': known.size }),
  });
  if (request.method === 'HEAD') response.end();
  else if (packed) await pipeline(createReadStream(file), createGzip(), response);
  else await pipeline(createReadStream(file), response);
}

/** A server of the lab's folder; not listening yet. */
export function labServer(folder: string): Server {
  return createServer((request, response) => {
    // A client that goes away in the middle is no failure of ours.
    answer(folder, request, response).catch(() => response.destroy());
  });
}

const problems: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use (give another one: --port 8081)',
  EACCES: 'may not be used (give one above 1023)',
  EADDRNOTAVAIL: 'is no address of this machine (must be e.g. 127.0.0.1)',
  ENOTFOUND: 'is no host that is known (must be e.g. 127.0.0.1)',
};

/** `losscone serve`. */
export async function serve({ port, host }: ServeFlags): Promise<void> {
  const folder = fileURLToPath(new URL('./lab', import.meta.url));
  if (!(await stat(path.join(folder, 'index.html')).catch(() => undefined)))
    throw new CommandError(`${folder}: the lab is not there (must be built: npm run build)`, exit.failed);
  const server = labServer(folder);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const aboutHost = error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND';
      const problem = problems[error.code ?? ''] ?? `cannot be listened on: ${error.code}`;
      reject(new CommandError(`${aboutHost ? `host ${host}` : `port ${port}`}: ${problem}`));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  const shown = host.includes(':') ? `[${host}]` : host;
  process.stdout.write(`the lab: http://${shown}:${actual}/ (Ctrl-C ends it)\n`);
  await new Promise<void>((resolve) => {
    const interruption = onInterruption(
      (signal) => {
        process.exitCode = signalCode(signal);
        server.close(() => {
          interruption.release();
          resolve();
        });
        server.closeAllConnections();
      },
      () => {},
    );
  });
}
