import type { Preset } from './preset.js';

export const fillingMedium: Preset = {
  name: 'filling-medium',
  title: 'The loss cone under medium scattering, nu*length/v = 1',
  description:
    'One scattering time per transit: the loss cone is partly filled, and neither the limit of weak nor that of strong scattering gives the loss rate.',
  yaml: `# How full is the loss cone? See also the other two filling presets.
name: filling-medium
seed: 1
species: proton
particles:
  count: 500000
  speed: 10 keV
  pitch: isotropic
  place: fluxTube
field: { kind: parabolic, B: 0.5 T, ratio: 5, length: 2 m }
collisions:
  strength: 1 # nu*length/v
boundary: throat
times:
  count: 100
  collisionTimes: 4
`,
};
