import type { Preset } from './preset.js';

export const rareLosses: Preset = {
  name: 'rare-losses',
  title: 'Losses that hardly ever happen',
  description:
    'One particle in a million scatters from 90 degrees into the loss cone of ratio 10 before nu t = 0.032. Particles split on their way, so that a few hundred thousand of them give this probability to a per cent.',
  yaml: `# Splitting on the way to the loss cone: a probability of 1e-6 from few particles, without bias.
name: rare-losses
seed: 1
species: proton
particles:
  count: 300000
  speed: 10 keV
  pitch: { kind: cosine, xi: 0 }
field: { kind: uniform, B: 0.5 T, length: 2 m }
collisions:
  rate: 1e3 /s
boundary: { kind: cone, ratio: 10 }
motion: homogeneous
rare: auto
# particles are looked at, and split, at these times
times:
  count: 32
  collisionTimes: 0.032
`,
};
