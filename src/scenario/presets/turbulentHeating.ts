import type { Preset } from './preset.js';

export const turbulentHeating: Preset = {
  name: 'turbulent-heating',
  title: 'Full orbits: protons are heated by moving random waves, and mu is not conserved',
  description:
    'Protons of 100 km/s in a sum of random plane waves that travel at 50 km/s. The electric field of the waves, phase speed times fluctuating field, heats the protons to some six times their energy in 75 gyrations, and mu, which waves of a few Larmor radii break, grows with it. At rest the same waves leave every energy alone and still scatter mu, by a tenth.',
  yaml: `# Protons in random plane waves of the solar wind's fluctuations: wavelengths from 5 to 100 Larmor radii, k^(-5/3).
# Their electric field (across k, as Faraday's law asks; it has a part along B) heats the protons (figure orbit-energy), and mu is not
# conserved (orbit-mean-mu, orbit-mu-spread).
# Waves that stand still do no work, and scatter mu all the same: losscone run turbulent-heating --set field.phaseSpeed="0 m/s"
name: turbulent-heating
seed: 1
motion: fullOrbit
species: proton
particles:
  count: 1024
  speed: 100 km/s
  pitch: isotropic
  place: { kind: box, at: [0 m, 0 m, 0 m], halfWidth: [1e8 m, 1e8 m, 1e8 m] } # all phases of the waves
field:
  kind: turbulence
  B: [0 T, 0 T, 5 nT]
  amplitude: 1 nT
  waves: 16
  longest: 2e4 km
  shortest: 1e3 km
  phaseSpeed: 50 km/s
times: { count: 30, until: 1000 s }
`,
};
