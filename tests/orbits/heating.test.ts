import { expect, it } from 'vitest';
import { orbitPresets } from '../../src/scenario/presets.js';
import { orbitsHere } from './runHere.js';

const { yaml } = orbitPresets.find(({ name }) => name === 'turbulent-heating')!;
/** The preset with fewer protons and a shorter time. */
const short = (changes: readonly [string, string][] = []) =>
  orbitsHere(
    [['count: 1024', 'count: 128'] as const, ['until: 1000 s', 'until: 200 s'] as const, ...changes].reduce(
      (text, [from, to]) => {
        expect(text).toContain(from);
        return text.replace(from, to);
      },
      yaml,
    ),
  ).estimates;

it('random waves that move heat protons and do not keep mu; at rest they scatter mu and do no work', () => {
  const moving = short();
  expect(moving.energyChange.value / moving.energyChange.standardError).toBeGreaterThan(5);
  expect(moving.energyChange.value).toBeGreaterThan(moving.meanEnergyStart.value);
  expect(moving.rmsMuChange.value).toBeGreaterThan(0.3);
  const still = short([['phaseSpeed: 50 km/s', 'phaseSpeed: 0 km/s']]);
  expect(Math.abs(still.energyChange.value)).toBeLessThan(1e-9 * still.meanEnergyStart.value);
  expect(still.rmsMuChange.value).toBeGreaterThan(0.01);
  expect(still.rmsMuChange.value).toBeLessThan(0.3);
});
