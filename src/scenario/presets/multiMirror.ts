import type { Preset } from './preset.js';

export const multiMirror: Preset = {
  name: 'multi-mirror',
  title: 'A row of mirrors',
  description:
    'Five mirrors in a row: a particle that scatters out of one cell is caught by another, so the plasma diffuses from cell to cell instead of streaming out.',
  yaml: `# Five cells of ratio 3: particles start in the middle one and diffuse along the row.
name: multi-mirror
seed: 1
species: proton
particles:
  count: 200000
  speed: 1 keV
  pitch: isotropic
  place: midplane
field: { kind: multiMirror, B: 0.5 T, ratio: 3, cells: 5, length: 10 m }
collisions:
  strength: 5 # nu*length/v: about one scattering per cell
boundary: throat
times:
  count: 160 # the first of them within nu t = 0.4, for the diffusion of mu
  collisionTimes: 60
`,
};
