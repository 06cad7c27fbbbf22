import type { Preset } from './preset.js';

export const dipoleOrbits: Preset = {
  name: 'dipole-orbits',
  title: 'Full orbits: electrons gyrate, bounce and drift in a dipole',
  description:
    'Electrons of 1 MeV at four radii of a small dipole: a thousand gyrations, some tens of bounces and about one drift around it. At epsilon = 0.06 the magnetic moment at the guiding centre stays to a tenth of a percent, where the raw one swings by 8 %.',
  yaml: `# Full orbits of 1 MeV electrons in a dipole the size of a laboratory: gyration, bounce and drift.
name: dipole-orbits
seed: 1
motion: fullOrbit
species: electron
particles:
  count: 1024
  energy: 1 MeV
  pitch: isotropic
  place: [4 m, 0 m, 0 m]
field: { kind: dipole, B0: 4 T, radius: 1 m }
times: { count: 40, until: 3 us }
outputs: { trajectories: 1 } # the path of one of them
`,
};
