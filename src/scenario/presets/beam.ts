import type { Preset } from './preset.js';

export const beam: Preset = {
  name: 'beam',
  title: 'Isotropisation of a beam',
  description:
    'A beam along the field becomes isotropic: in a closed, homogeneous plasma every Legendre moment decays as exp(-l(l+1) nu t), the anisotropy as exp(-6 nu t), to be compared with the exact lines.',
  yaml: `# A beam along the field becomes isotropic; nothing is lost, nothing moves.
name: beam
seed: 1
species: proton
particles:
  count: 1000000
  speed: 10 keV
  pitch: { kind: beam, halfAngle: 5 deg }
field: { kind: uniform, B: 0.5 T, length: 2 m }
collisions:
  rate: 1e3 /s
boundary: none
motion: homogeneous
times:
  count: 60
  collisionTimes: 1
`,
};
