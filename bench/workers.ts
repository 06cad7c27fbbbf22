/**
 * Two workers against one on the default scenario with three million particles, in turn, through the public API of the built
 * package: long enough for the start of the workers not to count.
 */

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { machine, median, spread } from './machine.js';

export async function bench(root: string): Promise<void> {
  console.log(machine());
  const { parseScenario, presets, run } = await import(pathToFileURL(path.join(root, 'dist/index.js')).href);
  const preset = presets.find((p: { name: string }) => p.name === 'mirror');
  const scenario = parseScenario(preset.yaml.replace(/count: .*/, 'count: 3000000'));
  const rate = async (workers: number) => {
    const result = await run(scenario, { workers }).result;
    return { rate: result.steps / result.seconds, hash: result.hash as string };
  };
  await rate(2);
  const ratios: number[] = [];
  for (let i = 0; i < 7; i++) {
    const one = await rate(1);
    const two = await rate(2);
    if (one.hash !== two.hash) throw new Error(`the hashes differ: ${one.hash} ${two.hash}`);
    ratios.push(two.rate / one.rate);
    console.log(
      `1 worker ${(one.rate / 1e6).toFixed(1)}, 2 workers ${(two.rate / 1e6).toFixed(1)} Mstep/s; hash ${two.hash.slice(0, 16)}`,
    );
  }
  console.log(`two workers: ${median(ratios).toFixed(3)} of one (median of ${ratios.length}; ${spread(ratios)})`);
}
