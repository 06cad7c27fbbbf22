import type { Preset } from './preset.js';

export const ambipolar: Preset = {
  name: 'ambipolar',
  title: 'A mirror machine with an ambipolar potential',
  description:
    'Thermal deuterons are scattered by a deuterium plasma while the potential that holds its electrons back pushes them out: the loss cone opens as the energy falls, and ions slower than the drop over (ratio - 1) are all lost.',
  yaml: `# A mirror machine: Coulomb collisions, and the ambipolar potential of its electrons.
name: ambipolar
seed: 1
species: deuteron
particles:
  count: 200000
  temperature: 1 keV
  pitch: isotropic
  place: midplane
field: { kind: twoCoil, B: 1 T, radius: 2 m, separation: 10 m }
potential:
  kind: ambipolar
  electronTemperature: 300 eV
  densityRatio: 0.3
collisions:
  rate:
    law: coulomb
    background:
      - { species: deuteron, density: 1e20 m^-3, temperature: 1 keV }
      - { species: electron, density: 1e20 m^-3, temperature: 300 eV }
    coulombLogarithm: 15
boundary: throat
times:
  count: 40
  until: 1 ms
`,
};
