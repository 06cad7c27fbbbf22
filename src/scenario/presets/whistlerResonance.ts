import type { Preset } from './preset.js';

export const whistlerResonance: Preset = {
  name: 'whistler-resonance',
  title: 'Full orbits: whistlers kick the magnetic moment of electrons at their resonances',
  description:
    'Electrons of 300 keV in two whistlers that travel along and against a uniform field. The magnetic moment changes by some percent where omega - k vPar is the relativistic gyrofrequency, and by little elsewhere: two peaks in the starting pitch, where theory puts them.',
  yaml: `# Electrons of 300 keV (gamma = 1.59) and two right-handed waves of a thousandth of B0, at a quarter and 0.4 of the gyrofrequency.
# Resonance: omega - k vPar = |q| B0/(gamma m). The run lasts about 0.4 of a swing of the trapped electrons.
name: whistler-resonance
seed: 1
motion: fullOrbit
species: electron
particles:
  count: 16384
  energy: 300 keV
  pitch: isotropic
field:
  kind: wave
  B0: 100 nT
  waves:
    - { amplitude: 100 pT, polarisation: right, wavelength: 62 km, frequency: 700 Hz }
    - { amplitude: 100 pT, polarisation: right, wavelength: -47 km, frequency: 1100 Hz } # against B0
times: { count: 10, until: 5 ms }
tallies: { startXi: { bins: 128 } }
`,
};
