import type { Preset } from './preset.js';

export const squareWell: Preset = {
  name: 'square-well',
  title: 'A square well: loss in velocity space alone',
  description:
    'Particles are lost the moment their pitch enters the loss cone of ratio 5, as if they bounced infinitely fast: the loss rate is exactly 1.457449 nu, the mean loss time ln(R (1 - xi^2))/(2 nu).',
  yaml: `# Diffusion in pitch angle alone, lost at the rim of the loss cone: the exact reference of weak scattering.
name: square-well
seed: 1
species: proton
particles:
  count: 1000000
  speed: 10 keV
  pitch: { kind: cosine, xi: 0 }
field: { kind: uniform, B: 0.5 T, length: 2 m }
collisions:
  rate: 1e3 /s
boundary: { kind: cone, ratio: 5 }
motion: homogeneous
times:
  count: 100
  collisionTimes: 3
`,
};
