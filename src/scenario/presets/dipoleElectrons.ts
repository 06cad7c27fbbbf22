import type { Preset } from './preset.js';

export const dipoleElectrons: Preset = {
  name: 'dipole-electrons',
  title: 'Radiation-belt electrons at L = 4',
  description:
    'Relativistic electrons of 300 keV to 3 MeV bounce along a dipole line and are scattered into the atmosphere, whose loss cone is only 5.5 degrees wide: a mirror of ratio 110. Slow and fast electrons take steps of their own.',
  yaml: `# Electrons of the outer radiation belt, scattered into the atmosphere at 100 km.
name: dipole-electrons
seed: 1
species: electron
particles:
  count: 10000
  speed: { kind: powerLaw, index: 2, from: 300 keV, to: 3 MeV }
  pitch: { kind: pancake, power: 1, only: trapped }
  place: midplane
field:
  kind: dipole
  shellL: 4
  lossAltitude: 100 km
collisions:
  rate: 0.02 /s
boundary: throat
times:
  count: 80
  until: 100 s
tallies:
  speed: { bins: 16 }
  xi: { bins: 512 } # the loss cone is half a hundredth wide in xi
  s: { bins: 16 }
`,
};
