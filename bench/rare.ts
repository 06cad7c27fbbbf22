/**
 * What splitting and stratified starts gain: the plain run's variance times its time, over theirs, one core, in turn. Splitting on a
 * loss of one in a million in a square well (both cones, start at xi = 0), beside the exact probability; strata on the early losses
 * of an isotropic start. The plain run would see no loss at all, so its variance is P(1 - P)/n with the exact P; its time is measured.
 */
import { scatteringOracle, startOf } from '../src/analysis/oracle/index.js';
import { rareLosses } from '../src/analysis/rareLosses.js';
import { Sample } from '../src/analysis/sample.js';
import { fates } from '../src/analysis/trapped.js';
import { parseScenario } from '../src/scenario/index.js';
import { prepare, runAll } from './here.js';
import { machine, median } from './machine.js';

const CASES = [
  [2, 0.0125],
  [10, 0.032],
  [100, 0.0466],
] as const;
const ROUNDS = 8;
const SPLIT = 32_768;
const PLAIN = 65_536;
const STRATA = 32;

const well = (ratio: number, nut: number, particles: object, rare: string) => ({
  particles: { energy: '10 keV', ...particles },
  field: { kind: 'uniform', B: '0.5 T', length: '2 m' },
  collisions: { rate: '1 /s' },
  boundary: { kind: 'cone', ratio },
  motion: 'homogeneous',
  rare,
  times: { count: 32, until: `${nut} s` },
  tallies: { speed: { bins: 1 }, xi: { bins: 2 }, s: { bins: 1 }, mu: { bins: 1 }, lossTime: { bins: 1 } },
});

/** One run with a seed of its own: time [s], and an estimate with its error. */
type Timed = (seed: number) => {
  seconds: number;
  particles: number;
  value: number;
  error: number;
  hash: Promise<string>;
};

function timed(
  root: string,
  input: object,
  estimate: (sample: Sample) => { value: number; standardError: number },
): Timed {
  const { plan, runner } = prepare(root, input);
  return (seed) => {
    runner.kernel.prepare(seed, 0);
    const { seconds, tallies } = runAll(plan, runner);
    const { value, standardError } = estimate(new Sample(plan, tallies));
    return { seconds, particles: plan.particles, value, error: standardError, hash: tallies.hash() };
  };
}

/** Gain in equal-time variance over plain particles, whose variance is P(1 - P) each, with the spread of the rounds as its error. */
async function compare(what: string, plain: Timed, better: Timed, exact: number): Promise<void> {
  plain(1);
  better(1);
  const costs: number[] = [];
  const plainTimes: number[] = [];
  const runs: ReturnType<Timed>[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const one = plain(2 + i);
    const two = better(2 + i);
    plainTimes.push(one.seconds / one.particles);
    costs.push((two.error ** 2 * two.seconds) / (one.seconds / one.particles));
    runs.push(two);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const cost = mean(costs);
  const spread = Math.sqrt(mean(costs.map((x) => (x - cost) ** 2)) / (ROUNDS - 1)) / cost;
  const gain = (exact * (1 - exact)) / cost;
  const value = mean(runs.map((run) => run.value));
  const error = Math.sqrt(mean(runs.map((run) => run.error ** 2)) / ROUNDS);
  const nanoseconds = (seconds: number) => (1e9 * seconds).toFixed(0);
  console.log(
    `${what}: ${value.toExponential(3)} +- ${error.toExponential(1)}, exact ${exact.toExponential(3)}, z = ${((value - exact) / error).toFixed(2)}`,
  );
  console.log(
    `  gain ${gain.toPrecision(3)} +- ${(gain * spread).toPrecision(2)} in equal-time variance (${ROUNDS} rounds); a particle takes ${nanoseconds(median(runs.map((run) => run.seconds / run.particles)))} ns, a plain one ${nanoseconds(median(plainTimes))} ns; hash ${(await runs[ROUNDS - 1].hash).slice(0, 16)}`,
  );
}

export async function bench(root: string): Promise<void> {
  console.log(machine());
  for (const [ratio, nut] of CASES) {
    const input = (count: number, rare: string) => well(ratio, nut, { count, pitch: { kind: 'cosine', xi: 0 } }, rare);
    const scenario = parseScenario(input(SPLIT, 'auto'));
    await compare(
      `splitting, R = ${ratio}, nu t = ${nut}`,
      timed(root, input(PLAIN, 'none'), () => ({ value: 0, standardError: 0 })),
      timed(root, input(SPLIT, 'auto'), (sample) => {
        const { lossProbability } = rareLosses(sample, scenario) as NonNullable<ReturnType<typeof rareLosses>>;
        return lossProbability;
      }),
      scatteringOracle({ mirrorRatio: ratio, start: { xi: 0 } }).lostBefore(nut),
    );
  }
  const pitch = { kind: 'isotropic', only: 'trapped' };
  const early = (stratify: object) => well(2, 0.002, { count: PLAIN, pitch, stratify }, 'none');
  const scenario = parseScenario(early({}));
  const lost = (sample: Sample) => {
    const { confined, timeLimit } = fates(sample, scenario);
    return { value: 1 - confined.value - timeLimit.value, standardError: timeLimit.standardError };
  };
  const start = startOf(scenario.particles.pitch, Math.SQRT1_2);
  const exact = scatteringOracle({ mirrorRatio: 2, start, earliest: 0.002 }).lostBefore(0.002);
  await compare(
    `${STRATA} strata of pitch, isotropic start, R = 2, lost before nu t = 0.002`,
    timed(root, early({}), lost),
    timed(root, early({ pitch: STRATA }), lost),
    exact,
  );
}
