import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileOf, labServer } from '../../src/cli/serve.js';

const folder = mkdtempSync(path.join(tmpdir(), 'losscone-lab-'));
writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>lab</title>');
writeFileSync(path.join(folder, 'app.js'), 'export {};');
writeFileSync(path.join(folder, '.secret.txt'), 'no');
writeFileSync(path.join(folder, 'odd.bin'), 'no');
const server = labServer(folder);
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Sends a request line as it stands: no client tidies the path up. */
const raw = (line: string) =>
  new Promise<string>((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('close', () => resolve(answer));
  });

it('serves its files with their types and a strict policy', async () => {
  const page = await fetch(`http://127.0.0.1:${port}/`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/'unsafe-(inline|eval)'|\*|https?:/);
  expect(await page.text()).toContain('<title>lab</title>');
  const script = await fetch(`http://127.0.0.1:${port}/app.js?x=1`);
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect((await fetch(`http://127.0.0.1:${port}/app.js`, { method: 'POST' })).status).toBe(405);
});

it.each([
  'GET /../package.json',
  'GET /..%2fpackage.json',
  'GET /%2e%2e/package.json',
  'GET //etc/passwd',
  'GET /..\\package.json',
  'GET /.secret.txt',
  'GET /odd.bin',
  'GET /app.js%00.html',
  'GET /%',
  'GET /app.js/',
  'GET /index.html/../app.js',
])('gives nothing to %s', async (line) => {
  expect(await raw(line)).toMatch(/^HTTP\/1\.1 404 /);
});

it('gives what the folder has (control of the above)', async () => {
  expect(await raw('GET /app.js')).toMatch(/^HTTP\/1\.1 200 /);
  expect(fileOf('/srv', '/app.js')).toBe('/srv/app.js');
});
