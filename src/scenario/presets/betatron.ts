import type { Preset } from './preset.js';

export const betatron: Preset = {
  name: 'betatron',
  title: 'Full orbits: a field that doubles in time heats protons, and keeps their magnetic moment',
  description:
    'A uniform field doubles within some gyrations, with the electric field that it induces: the energy across B doubles and mu stays. Faster, mu breaks by an exact amount: with --set field.course.width=313.2ns, which is 0.3 over the first gyrofrequency, every mu grows by 6.826 %.',
  yaml: `# A uniform magnetic field doubles in time: betatron heating, with mu kept while the change is slow.
name: betatron
seed: 1
motion: { kind: fullOrbit, tolerance: 1e-5 }
species: proton
particles:
  count: 1024
  energy: 1 keV
  pitch: { kind: cosine, xi: 0 }
  place: [0 m, 0 m, 0 m]
field: { kind: ramp, from: 10 mT, to: 20 mT, course: { kind: tanh, centre: 60 us, width: 3 us } }
times: { count: 40, until: 120 us }
outputs: { trajectories: 1 } # the path of one of them
`,
};
