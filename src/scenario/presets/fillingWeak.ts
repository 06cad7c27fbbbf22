import type { Preset } from './preset.js';

export const fillingWeak: Preset = {
  name: 'filling-weak',
  title: 'The loss cone under weak scattering, nu*length/v = 0.01',
  description:
    'Scattering is slow against the bounce: a particle that enters the loss cone is gone before it is scattered out of it, and the loss cone is all but empty. The loss rate is the slowest mode of diffusion, nu times a number of the mirror ratio.',
  yaml: `# How full is the loss cone? See also the other two filling presets.
name: filling-weak
seed: 1
species: proton
particles:
  count: 100000
  speed: 10 keV
  pitch: isotropic
  place: fluxTube
field: { kind: parabolic, B: 0.5 T, ratio: 5, length: 2 m }
collisions:
  strength: 0.01 # nu*length/v
boundary: throat
times:
  count: 60
  collisionTimes: 2.4
`,
};
