/** Orbits in space that between them use every motion and field: every preset, shortened, with the paths of two particles. */
import { orbitInput } from '../../src/scenario/index.js';
import type { OrbitInput, OrbitScenario } from '../../src/scenario/orbits/schema.js';

/** Parts of a preset's time that take a fraction of a second. */
const SHORT: Readonly<Record<string, number>> = { 'turbulent-heating': 0.02, 'current-sheet': 0.02, banana: 0.02 };

/** Few particles, to the beginning of the preset's time. */
function shortened(scenario: OrbitScenario, name: string): OrbitInput {
  const whole = orbitInput(scenario) as Record<string, Record<string, unknown>>;
  const { seconds } = scenario.times.until as { readonly seconds: number };
  const until = seconds * (SHORT[name] ?? 0.1);
  return {
    ...whole,
    particles: { ...whole.particles, count: 70 },
    times: { count: 3, until: `${until} s` },
    outputs: { trajectories: { particles: [69, 0], every: `${until / 20} s` } },
  } as unknown as OrbitInput;
}

/** The scenarios by name, made with the parser at hand: that of the sources or that of the built library. */
export function variedOrbits(library: {
  parseOrbits(input: OrbitInput | string): OrbitScenario;
  orbitPresets: readonly { name: string; yaml: string }[];
}): [name: string, scenario: OrbitScenario][] {
  return library.orbitPresets.flatMap(({ name, yaml }) => {
    const input = shortened(library.parseOrbits(yaml), name);
    const motions = ['bottle-orbits', 'current-sheet'].includes(name)
      ? ['fullOrbit', 'driftOrbit', 'hybridOrbit']
      : ['fullOrbit'];
    return motions.map((motion): [string, OrbitScenario] => {
      const own = motion === 'fullOrbit' ? input.motion : motion;
      return [`${name}, ${motion}`, library.parseOrbits({ ...input, motion: own } as OrbitInput)];
    });
  });
}
