import type { Preset } from './preset.js';

export const banana: Preset = {
  name: 'banana',
  title: 'Full orbits: trapped and passing protons in a tokamak',
  description:
    'Protons of 20 keV start half-way out in a tokamak of circular section. Those with a small pitch cosine turn where the field is strong: in the plane of radius and height their guiding centres draw bananas, some 2 m vPar/(q Bpoloidal) wide. The magnetic moment at the guiding centre stays to 1e-5.',
  yaml: `# Trapped and passing 20 keV protons in a tokamak: banana orbits, gyration and all.
name: banana
seed: 1
motion: fullOrbit
species: proton
particles:
  count: 512
  energy: 20 keV
  pitch: isotropic
  place: [3.5 m, 0 m, 0 m]
field: { kind: tokamak, B0: 2 T, majorRadius: 3 m, minorRadius: 1 m, q0: 1, qa: 3 }
times: { count: 40, until: 150 us }
outputs: { trajectories: { particles: [5, 8, 12, 3], every: 100 ns } } # three trapped, one passing
`,
};
