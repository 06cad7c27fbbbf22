import { presets as ofLines, orbitPresets } from '../scenario/index.js';
import { presetText } from './load.js';

const list = [...ofLines, ...orbitPresets];

/** `losscone presets`. */
export function presets(name?: string): void {
  if (name !== undefined) {
    process.stdout.write(presetText(name));
    return;
  }
  const width = Math.max(...list.map((preset) => preset.name.length));
  for (const preset of list) process.stdout.write(`${preset.name.padEnd(width)}  ${preset.title}\n`);
}
