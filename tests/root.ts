import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's folder, also for a bundle of these files that lies elsewhere in it. */
export const root = ((): string => {
  for (let folder = new URL('.', import.meta.url); folder.pathname !== '/'; folder = new URL('..', folder))
    if (existsSync(new URL('asconfig.json', folder))) return fileURLToPath(folder);
  throw new Error('tests: the folder of the project was not found');
})();
