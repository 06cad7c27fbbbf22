import type { Preset } from './preset.js';

export const maxwellian: Preset = {
  name: 'maxwellian',
  title: 'A thermal plasma in a mirror, scattered by itself',
  description:
    'Protons of all thermal speeds, scattered by the same plasma: slow ones are scattered hundreds of times faster than fast ones, so the losses begin at the slow end and the fast tail outlives the rest.',
  yaml: `# A Maxwellian in a mirror with the Coulomb rate nu(v) of its own plasma.
name: maxwellian
seed: 1
species: proton
particles:
  count: 200000
  temperature: 1 keV
  pitch: isotropic
  place: fluxTube
field: { kind: parabolic, B: 1 T, ratio: 5, length: 10 m }
collisions:
  rate:
    law: coulomb
    background:
      - { species: proton, density: 1e20 m^-3, temperature: 1 keV }
      - { species: electron, density: 1e20 m^-3, temperature: 1 keV }
    coulombLogarithm: 15
boundary: throat
times:
  count: 40
  until: 1 ms
`,
};
