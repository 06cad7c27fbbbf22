import type { Preset } from './preset.js';

export const mirror: Preset = {
  name: 'mirror',
  title: 'The default: a million protons in a scattering mirror',
  description:
    'Protons about 90 degrees diffuse in pitch angle into the loss cone of a parabolic mirror; loss rate, confinement time, filling and the diffusion of the magnetic moment.',
  yaml: `# A million 10 keV protons in a mirror of ratio 5, scattered until nu t = 2.
name: mirror
seed: 1
species: proton
particles:
  count: 1000000
  speed: 10 keV
  pitch: { kind: pancake, power: 2 }
  place: midplane
field:
  kind: parabolic
  B: 0.5 T
  ratio: 5
  length: 2 m
collisions:
  strength: 0.1 # nu*length/v
boundary: throat
times:
  count: 50
  collisionTimes: 2
`,
};
