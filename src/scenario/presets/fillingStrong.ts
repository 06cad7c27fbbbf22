import type { Preset } from './preset.js';

export const fillingStrong: Preset = {
  name: 'filling-strong',
  title: 'The loss cone under strong scattering, nu*length/v = 100',
  description:
    'Many scatterings per transit: the loss cone is as full as the rest, the distribution is isotropic, and particles leak out as a collisional gas.',
  yaml: `# How full is the loss cone? See also the other two filling presets.
name: filling-strong
seed: 1
species: proton
particles:
  count: 50000
  speed: 10 keV
  pitch: isotropic
  place: fluxTube
field: { kind: parabolic, B: 0.5 T, ratio: 5, length: 2 m }
collisions:
  strength: 100 # nu*length/v
boundary: throat
motion: { tolerance: 0.01 }
times:
  count: 300
  collisionTimes: 4000
  spacing: log # from the time of one scattering to that of the losses
`,
};
