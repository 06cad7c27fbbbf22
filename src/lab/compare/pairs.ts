/** Pairs of runs that are worth a look beside each other. A new pair is one entry here. */

export interface Pair {
  /** What its link says: `#compare/<name>`. */
  readonly name: string;
  readonly title: string;
  /** What each side is, in a word or two: in tables and legends. */
  readonly labels: readonly [string, string];
  readonly look: string;
  readonly theory: string;
  /** Curves by their names among the estimates, the most telling first. */
  readonly curve: string;
  readonly texts: readonly [string, string];
}

type Fill = (label: string, seed: number) => string;

/** Both sides from one text, so that nothing differs but what is said to; seeds differ, so that chance does too. */
const both = (labels: readonly [string, string], fill: Fill) => ({
  labels,
  texts: [fill(labels[0], 1), fill(labels[1], 2)] as const,
});

const mirror = (name: string, seed: number, ratio: number, collisions: string, rest: string) => `name: ${name}
seed: ${seed}
species: proton
particles: { count: 60000, energy: 10 keV, pitch: isotropic, place: fluxTube }
field: { kind: parabolic, B: 0.5 T, ratio: ${ratio}, length: 2 m }
collisions: ${collisions}
boundary: throat
${rest}`;

const sheet = (
  motion: string,
  seed: number,
  count: number,
  thickness: string,
  z: string,
  until: string,
) => `name: ${motion}
seed: ${seed}
motion: ${motion}
species: proton
particles:
  count: ${count}
  speed: 1.41421356e6 m/s
  pitch: { kind: cosine, xi: 0.70710678 } # vPerp = vPar
  place: [0 m, 0 m, ${z}]
field: { kind: currentSheet, B0: 5 nT, thickness: ${thickness}, normalField: 5 nT }
times: { count: 20, until: ${until} }
`;

export const pairs: readonly Pair[] = [
  {
    name: 'exact-euler',
    title: 'Exact scattering against Euler-Maruyama',
    ...both(
      ['exact', 'Euler-Maruyama'],
      (label, seed) => `name: ${label === 'exact' ? 'exact' : 'euler-maruyama'}
seed: ${seed}
species: proton
particles: { count: 100000, energy: 10 keV, pitch: { kind: cosine, xi: 0.9 } }
field: { kind: uniform, B: 0.5 T, length: 2 m }
collisions: { operator: ${label === 'exact' ? 'exact' : 'eulerMaruyama'}, rate: 1e3 /s }
boundary: none
motion: { kind: homogeneous, step: 50 us } # nu dt = 0.05
times: { count: 40, until: 2 ms }
`,
    ),
    look: 'A beam at ξ = 0.9 becomes isotropic in steps of ν dt = 0.05. Look at <P2>: by the exact step it ends at 0, by Euler-Maruyama below it, and it falls too fast.',
    theory:
      '⟨Pₗ⟩ decays as exp(-l(l+1) ν t), whatever the step. Euler-Maruyama is right in the limit of small ν dt only: here its <xi^2> = (1 + 2 <P2>)/3 ends 6.6 % below 1/3, so T⊥ stays above T∥.',
    curve: 'legendre.2',
  },
  {
    name: 'exact-euler-losses',
    title: 'The same step in a mirror: losses that are not there',
    ...both(['exact', 'Euler-Maruyama'], (label, seed) =>
      mirror(
        label === 'exact' ? 'exact-losses' : 'euler-losses',
        seed,
        5,
        `{ operator: ${label === 'exact' ? 'exact' : 'eulerMaruyama'}, strength: 1 }`,
        'motion: { step: 60 ns } # nu dt = 0.04\ntimes: { count: 40, collisionTimes: 3 }\n',
      ),
    ),
    look: 'Both take the same steps in the same mirror. Look at the loss rate, the early growth of mu (D_mumu) and at which distribution is short of particles along the field.',
    theory:
      'Euler-Maruyama pushes too few particles to |ξ| near 1, where the loss cone is, so it loses too few. D_mumu at the start is known exactly for the exact step; the other is off by more than its error.',
    curve: 'survival',
  },
  {
    name: 'loss-cone',
    title: 'An empty against a full loss cone: two collision rates',
    ...both(['ν L/v = 0.02', 'ν L/v = 2'], (label, seed) => {
      const strength = Number(label.slice(label.indexOf('=') + 1));
      return mirror(
        `strength-${strength}`,
        seed,
        5,
        `{ strength: ${strength} } # nu*length/v`,
        'times: { count: 40, until: 30 us }\n',
      );
    }),
    look: 'Look at the map beyond the red edge: A loses what enters the cone at once, so the cone is nearly empty; in B particles are scattered in and out of it before they reach a throat. Then look at the filling of the loss cone.',
    theory:
      'Weak scattering: the loss rate goes with ν (1.71 ν for this mirror), however long it is. Strong scattering: it is what streams out of a full cone, and ν hardly matters. A hundred times the ν gives only some six times the losses.',
    curve: 'survival',
  },
  {
    name: 'mirror-ratio',
    title: 'Two mirror ratios',
    ...both(['R = 2', 'R = 10'], (label, seed) => {
      const ratio = Number(label.slice(4));
      return mirror(`ratio-${ratio}`, seed, ratio, '{ rate: 1e5 /s }', 'times: { count: 40, until: 20 us }\n');
    }),
    look: 'Same rate, same length, same particles. The first fall of the survival is those that start in the loss cone; the slope after it is scattering.',
    theory:
      'A mirror of ratio R traps |ξ₀| < √(1 − 1/R). Filled along a flux tube, the trapped fraction of a parabola is 0.586 for R = 2 and 0.860 for R = 10 (exact); the rate of the rest goes down slowly with R.',
    curve: 'survival',
  },
  {
    name: 'sheet-thick',
    title: 'Guiding centre against full orbit, where mu is kept',
    ...both(['guiding centre', 'full orbit'], (label, seed) =>
      sheet(label === 'full orbit' ? 'fullOrbit' : 'driftOrbit', seed, 512, '5e7 m', '-1e8 m', '400 s'),
    ),
    look: 'Protons cross a current sheet some twenty Larmor radii thick. Look at the rms change of mu: none in A, by definition, and next to none in B. The raw mu, which has no first-order term, swings by ε.',
    theory:
      'The change of mu falls exponentially with the thickness. The motions agree but for terms of ε² (mu) and the integrator’s tolerance (energy: parts in 1e9). Those are no chance: all particles share them, so their z is huge though they are tiny.',
    curve: 'muSpread',
  },
  {
    name: 'sheet-thin',
    title: 'Guiding centre against full orbit, where mu breaks',
    ...both(['guiding centre', 'full orbit'], (label, seed) =>
      sheet(label === 'full orbit' ? 'fullOrbit' : 'driftOrbit', seed, 1024, '500 km', '-5e7 m', '200 s'),
    ),
    look: 'The same protons and a sheet a hundred times thinner, a sixth of their Larmor radius. Look at the rms change of mu before and after they cross (while they are in the sheet there is no guiding centre, and its mu says nothing).',
    theory:
      'Where the field turns within a Larmor radius there is no guiding centre and mu is kicked by tens of percent, by an amount that hangs on the gyrophase. A motion that keeps mu by construction cannot know; it also takes longer.',
    curve: 'muSpread',
  },
  {
    name: 'two-seeds',
    title: 'A control: two seeds of one scenario',
    ...both(['seed 1', 'seed 2'], (_, seed) =>
      mirror('two-seeds', seed, 5, '{ strength: 0.5 }', 'times: { count: 40, collisionTimes: 1.5 }\n'),
    ),
    look: 'Nothing differs but chance. Every number should agree within its errors, every curve too, and the map of the difference should be noise without a pattern.',
    theory:
      'Of n numbers that are all equal some n × 0.003 are beyond 3 standard errors by chance. A |z| above 5 in this pair would be a fault of the errors, not of luck.',
    curve: 'survival',
  },
];

/** The entry of one's own scenarios: it has no text. */
export const own = 'own';
