import type { Preset } from './preset.js';

export const steadyMirror: Preset = {
  name: 'steady-mirror',
  title: 'The steady state of a mirror with a source',
  description:
    'A beam of neutrals keeps a mirror of ratio 5 filled: steady f by midplane pitch and along the line, the number of particles held, and the losses at either end, which together are the source.',
  yaml: `# 1e18 protons per second at pitches about 60 degrees, for ever: the steady state is the time integral of one pulse.
name: steady-mirror
seed: 1
species: proton
particles:
  count: 200000
  speed: 25 keV
  pitch: { kind: table, xi: [0.4, 0.5, 0.6], density: [0, 1, 0] }
  place: midplane
field:
  kind: parabolic
  B: 0.5 T
  ratio: 5
  length: 2 m
collisions:
  strength: 0.03 # nu*length/v
boundary: throat
source:
  rate: 1e18 /s
times:
  count: 40
  collisionTimes: 3
`,
};
