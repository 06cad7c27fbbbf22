import type { Preset } from './preset.js';

export const bottleOrbits: Preset = {
  name: 'bottle-orbits',
  title: 'Full orbits: protons bounce and drift in a magnetic bottle',
  description:
    'Protons of 10 keV gyrate, bounce and drift about the axis of a magnetic bottle. The magnetic moment at the guiding centre stays, the raw one swings with the gyrophase; those in the loss cone leave at the ends.',
  yaml: `# Full orbits of 10 keV protons in a magnetic bottle, off its axis: gyration, bounce, drift.
name: bottle-orbits
seed: 1
motion: fullOrbit
species: proton
particles:
  count: 16384
  energy: 10 keV
  pitch: isotropic
  place: [0.2 m, 0 m, 0 m]
field: { kind: bottle, B: 0.5 T, scale: 1 m } # B doubles in 1 m along the axis
boundary: { lowZ: -1.5 m, highZ: 1.5 m } # a mirror ratio of 3.25
times: { count: 40, until: 20 us }
outputs: { trajectories: 2 } # the paths of two of them
`,
};
