/**
 * The session worker: everything that takes time happens here and not in the page. It parses, runs (in workers of its own),
 * estimates, and draws figures as SVG text; one run at a time.
 */
import {
  orbitJsonSchema,
  orbitPresets,
  parseOrbits,
  parseScenario,
  presets,
  ScenarioError,
  scenarioJsonSchema,
} from '../../index.js';
import type { Files, FromSession, ToSession } from '../messages.js';
import { isOrbits, orbitMotions } from '../scenario/controls.js';
import { plainOf } from '../scenario/plain.js';
import { drawOverlay } from './figures.js';
import { LiveRun } from './liveRun.js';

const scope = globalThis as unknown as {
  postMessage(message: FromSession, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToSession>) => void): void;
};
const tell = (message: FromSession, transfer: Transferable[] = []) => scope.postMessage(message, transfer);

const orbits = orbitJsonSchema();
const motions = orbitMotions(orbits);
let live: LiveRun | undefined;
/** What the page looks at, of this run and the next. */
let looked: Extract<ToSession, { type: 'show' }> | undefined;
let spaceWanted = false;

const reader = (files: Files) => ({
  files: (name: string) => {
    if (!Object.hasOwn(files, name)) throw Object.assign(new Error(name), { code: 'ENOENT' });
    return files[name];
  },
});

function parse(text: string, files: Files) {
  const plain = plainOf(text);
  return plain && isOrbits(plain, motions)
    ? ({ kind: 'orbits', scenario: parseOrbits(text, reader(files)) } as const)
    : ({ kind: 'line', scenario: parseScenario(text, reader(files)) } as const);
}

function check(text: string, files: Files) {
  try {
    parse(text, files);
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.faults;
    return [{ path: '', found: '', message: (error as Error).message }];
  }
}

const words = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function answer(message: ToSession): Promise<void> {
  switch (message.type) {
    case 'check':
      tell({ type: 'checked', ticket: message.ticket, faults: check(message.text, message.files) });
      return;
    case 'run':
      await live?.end();
      live = new LiveRun(parse(message.text, message.files), message, tell);
      if (looked) live.show(looked);
      if (spaceWanted) live.wantSpace();
      return;
    case 'pause':
      await live?.pause();
      return;
    case 'resume':
      live?.resume();
      return;
    case 'stop':
      live?.stop();
      return;
    case 'workers':
      live?.setWorkers(message.workers);
      return;
    case 'show':
      looked = message;
      live?.show(message);
      return;
    case 'overlay': {
      tell({ type: 'figure', name: 'overlay', ...(await drawOverlay(message.overlay, message.width)) });
      return;
    }
    case 'space':
      spaceWanted = message.wanted;
      if (spaceWanted) live?.wantSpace();
      return;
    case 'csv':
      await live?.csv(message.tables);
      return;
    case 'hdf5':
      await live?.hdf5();
  }
}

scope.addEventListener('message', ({ data }) => {
  answer(data).catch((error: unknown) =>
    tell({ type: data.type === 'run' ? 'failed' : 'notice', message: words(error) }),
  );
});

tell({
  type: 'ready',
  line: scenarioJsonSchema(),
  orbits,
  presets: [...presets, ...orbitPresets].map((preset) => ({ ...preset })),
});
