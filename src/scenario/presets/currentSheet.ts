import type { Preset } from './preset.js';

export const currentSheet: Preset = {
  name: 'current-sheet',
  title: 'Full orbits: protons cross a current sheet, which kicks their magnetic moment',
  description:
    'Protons cross a current sheet that is thinner than their Larmor radius: the magnetic moment is kicked by tens of percent, up or down by the gyrophase. A thick sheet leaves it alone: the kick falls exponentially with its thickness.',
  yaml: `# Protons of vPerp = vPar = 1e6 m/s cross a current sheet once: B = B0 tanh(z/L) along x, Bn along z.
# Far on either side B is uniform and mu exact. L = 500 km kicks mu by tens of percent, 1e8 m by less than 1e-8:
#   losscone run current-sheet --set field.thickness="1e8 m"
# kappa = (Bn/B0) sqrt(L/rho) decides, not rho/L alone: with a tenth of Bn mu still breaks at L = 3e7 m, but z is slower:
#   losscone run current-sheet --set field.thickness="3e7 m" --set field.normalField="0.5 nT" --set times.until="15000 s"
name: current-sheet
seed: 1
motion: { kind: fullOrbit, tolerance: 1e-4 } # the gyrophase at the sheet is right to tolerance x turns
species: proton
particles:
  count: 2048
  speed: 1.41421356e6 m/s
  pitch: { kind: cosine, xi: 0.70710678 } # vPerp = vPar
  place: [0 m, 0 m, -6e8 m] # of the guiding centres, with uniform gyrophase
field: { kind: currentSheet, B0: 5 nT, thickness: 500 km, normalField: 5 nT }
times: { count: 20, until: 2000 s }
outputs: { trajectories: 4 } # the paths of four of them, with their jumps of mu
`,
};
