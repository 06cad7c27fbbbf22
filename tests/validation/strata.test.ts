/** Stratified starts: exact shares, spreads that theory foretells, errors that are right, and what goes with them. */
import { describe, expect, it } from 'vitest';
import { survival } from '../../src/analysis/curves.js';
import { estimate } from '../../src/analysis/estimate.js';
import { lossTimes } from '../../src/analysis/lossTimes.js';
import { pitchDiffusion } from '../../src/analysis/pitchDiffusion.js';
import { rareLosses } from '../../src/analysis/rareLosses.js';
import { Sample } from '../../src/analysis/sample.js';
import { fates, trappedFraction } from '../../src/analysis/trapped.js';
import { Tallies } from '../../src/engine/tallies.js';
import { BlockRunner } from '../../src/kernel/index.js';
import { blocksOfGroup, type Plan, planRun } from '../../src/plan/plan.js';
import { parseScenario, type ScenarioInput } from '../../src/scenario/index.js';
import { kernelModule } from '../kernel/load.js';
import { near, otherSpread, refuted, soundSpread } from '../random.js';
import { lostBefore } from './lostBefore.js';
import { runHere, scenario } from './runHere.js';
import { agrees, refutes } from './verdict.js';

type Numbers = Record<string, { value: number; standardError: number }>;

/**
 * Spread, mean and mean quoted variance of several numbers over runs with seeds 1, 2, ...
 * @param change of the plan; a control makes it wrong
 */
function overSeeds(
  input: ScenarioInput,
  runs: number,
  numbers: (sample: Sample) => Numbers,
  change = (plan: Plan): Plan => plan,
) {
  const plan = change(planRun(parseScenario(input)));
  const found: Numbers[] = [];
  for (let seed = 1; seed <= runs; seed++) {
    const own = { ...plan, seed: `${seed}` };
    const runner = new BlockRunner(kernelModule(), own);
    const tallies = new Tallies(own.tallies, own.groups);
    for (let group = 0; group < own.groups; group++) {
      for (const block of blocksOfGroup(own, group)) for (const _ of runner.runBlock(block));
      tallies.add(group, runner.collect());
    }
    found.push(numbers(new Sample(own, tallies)));
  }
  return Object.fromEntries(
    Object.keys(found[0]).map((name) => {
      const all = found.map((one) => one[name]);
      const mean = all.reduce((sum, { value }) => sum + value, 0) / runs;
      const variance = all.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (runs - 1);
      const quoted = all.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / runs;
      return [name, { mean, variance, quoted, particles: plan.particles }];
    }),
  );
}

describe('the draw', () => {
  // a table of equal density in speed: strata are intervals of equal width
  const table = { kind: 'table', speed: ['1e5 m/s', '9e5 m/s'], density: [1, 1] };
  const starts = (stratify: object) =>
    runHere(
      scenario({
        particles: { count: 32 * 15 * 7, speed: table, stratify },
        field: { kind: 'uniform', B: '1 T', length: '2 m' },
        collisions: 'none',
        boundary: 'none',
        motion: 'homogeneous',
        times: { count: 2, until: '1 us' },
        tallies: {
          speed: { bins: 3, min: '1e5 m/s', max: '9e5 m/s' },
          xi: { bins: 5 },
          s: { bins: 1 },
          mu: { bins: 1 },
          lossTime: { bins: 1 },
        },
      }),
    );

  it('gives each stratum of pitch and speed its exact share', () => {
    const { tallies, particles } = starts({ pitch: 5, speed: 3 });
    expect(particles).toBe(32 * 15 * 7);
    expect([...tallies.total('local').slice(0, 15)]).toEqual(Array(15).fill(particles / 15));
    for (let group = 0; group < 32; group++)
      expect([...tallies.group('localPitch', group).slice(0, 5)]).toEqual(Array(5).fill(21));
  });

  it('leaves it to chance without strata, or with others', () => {
    for (const stratify of [{}, { pitch: 5 }, { pitch: 3, speed: 5 }])
      expect(new Set(starts(stratify).tallies.total('local').slice(0, 15)).size).toBeGreaterThan(1);
  });
});

describe('the trapped fraction of an isotropic start, R = 2', () => {
  const runs = 200;
  const trapped = (pitch: number) =>
    overSeeds(
      scenario({
        particles: { count: 32 * 8 * 4, stratify: { pitch } },
        field: { kind: 'uniform', B: '1 T', length: '2 m' },
        collisions: 'none',
        boundary: { kind: 'cone', ratio: 2 },
        motion: 'homogeneous',
        times: { count: 2, until: '1 us' },
      }),
      runs,
      (sample) => ({ trapped: trappedFraction(sample, { ...parseScenario('field: uniform') } as never) }),
    ).trapped;
  const rim = Math.sqrt(1 / 2);
  // the edge of the cone lies in one stratum on either side; all others are trapped or not as one
  const part = (rim - 0.5) / 0.25;
  const foretold = (2 * part * (1 - part)) / 8;
  const plain = rim * (1 - rim);

  it('spreads as much less as it must, and its error says so', () => {
    const { mean, variance, quoted, particles } = trapped(8);
    expect(plain / foretold).toBeCloseTo(5.83, 2);
    near([{ value: mean, error: Math.sqrt(foretold / particles / runs), reference: rim }], 'trapped');
    soundSpread(Math.sqrt((variance * particles) / foretold), runs + 1);
    soundSpread(Math.sqrt(variance / quoted), runs + 1);
    // the control: the binomial error is far too large
    refuted((Math.sqrt((variance * particles) / plain) - 1) * Math.sqrt(2 * runs));
  });

  it('spreads binomially without strata', () => {
    const { variance, quoted, particles } = trapped(1);
    soundSpread(Math.sqrt((variance * particles) / plain), runs + 1);
    otherSpread(Math.sqrt((variance * particles) / foretold), runs + 1);
    soundSpread(Math.sqrt(variance / quoted), runs + 1);
  });
});

describe('quoted errors, with strata of pitch and speed', () => {
  const runs = 150;

  it('of losses: spread and error agree', () => {
    const input = scenario({
      particles: {
        count: 32 * 64,
        speed: { kind: 'shell', from: '7e5 m/s', to: '1e6 m/s' },
        pitch: { kind: 'isotropic', only: 'trapped' },
        stratify: { pitch: 32, speed: 2 },
      },
      field: { kind: 'uniform', B: '1 T', length: '2 m' },
      collisions: { rate: { law: 'powerLaw', value: '1 /s', at: '1e6 m/s', index: -3 } },
      boundary: { kind: 'cone', ratio: 2 },
      motion: 'homogeneous',
      times: { count: 3, until: '0.005 s' },
      tallies: { speed: { bins: 1 }, xi: { bins: 2 }, s: { bins: 1 }, mu: { bins: 1 }, lossTime: { bins: 2 } },
    });
    const known = parseScenario(input);
    const found = overSeeds(input, runs, (sample) => {
      const { kaplanMeier, hazard, lossTimesBySide } = lossTimes(sample, known);
      const at = ({ value, standardError }: typeof hazard, i: number) => ({
        value: value[i],
        standardError: standardError[i],
      });
      return {
        left: fates(sample, known).lostLeft,
        inside: at(survival(sample, known), 2),
        kaplanMeier: at(kaplanMeier, 1),
        hazard: at(hazard, 1),
        side: at(lossTimesBySide[0], 0),
      };
    });
    for (const [name, { variance, quoted }] of Object.entries(found))
      soundSpread(Math.sqrt(variance / quoted), runs + 1, name);
    const { inside, left } = found;
    // the control: what independent particles would have
    const binomial = (inside.mean * (1 - inside.mean)) / inside.particles;
    refuted(Math.max(0, Math.sqrt(binomial / inside.variance) - 1) * Math.sqrt(2 * runs));
    expect(left.mean).toBeGreaterThan(0.02);
  });

  it('of moments and diffusion: spread and error agree', () => {
    const input = scenario({
      particles: { count: 32 * 16 * 2, stratify: { pitch: 16 } },
      field: { kind: 'uniform', B: '1 T', length: '2 m' },
      collisions: { rate: '1 /s' },
      boundary: 'none',
      motion: 'homogeneous',
      times: { count: 4, until: '0.02 s' },
      tallies: { speed: { bins: 1 }, xi: { bins: 2 }, s: { bins: 1 }, mu: { bins: 4 }, lossTime: { bins: 1 } },
    });
    const known = parseScenario(input);
    const found = overSeeds(input, runs, (sample) => ({
      dXiXi: pitchDiffusion(sample, known).diffusion,
      drift: pitchDiffusion(sample, known).drift,
    }));
    for (const [name, { variance, quoted }] of Object.entries(found)) {
      soundSpread(Math.sqrt(variance / quoted), runs + 1, name);
      // the control: errors of twice as many particles
      otherSpread(Math.sqrt(variance / (quoted / 2)), runs + 1, name);
    }
    const { mean, variance } = found.dXiXi;
    near([{ value: mean, error: Math.sqrt(variance / runs), reference: 2 / 3 }], 'D', runs - 1);
  });
});

describe('goes with', () => {
  // ratio, uniform in |xi| up to, nu t; strata, particles of each in a group, runs; a factor that stands out
  it.each([
    [2, 0.4, 0.012, 8, 8, 100, 1.1],
    [4, 0.5, 0.01841, 7, 32, 50, 1.05],
  ])('splitting: a rare loss has no bias, R = %d', (ratio, reach, nut, strata, each, runs, wrong) => {
    const input = scenario({
      particles: {
        count: 32 * strata * each,
        pitch: { kind: 'table', xi: [-reach, reach], density: [1, 1] },
        stratify: { pitch: strata },
      },
      field: { kind: 'uniform', B: '1 T', length: '2 m' },
      collisions: { rate: '1 /s' },
      boundary: { kind: 'cone', ratio },
      motion: 'homogeneous',
      times: { count: 8, until: `${nut} s` },
      rare: 'auto',
    });
    const known = parseScenario(input);
    const exact = lostBefore(ratio, nut, reach);
    const probability = (sample: Sample) => {
      const { lossProbability } = rareLosses(sample, known)!;
      expect(lossProbability.reference! / exact).toBeCloseTo(1, 6);
      return {
        lossProbability: Number.isNaN(lossProbability.value) ? { value: 0, standardError: 0 } : lossProbability,
      };
    };
    const measured = (runs: number, change?: (plan: Plan) => Plan) => {
      const { mean, variance, quoted, particles } = overSeeds(input, runs, probability, change).lossProbability;
      return { value: mean, error: Math.sqrt(variance / runs), count: particles * runs, spread: variance / quoted };
    };
    const found = measured(runs);
    agrees(`P, ${strata} strata, split`, found, exact);
    refutes(`P, ${strata} strata, split`, found, wrong * exact);
    soundSpread(Math.sqrt(found.spread), runs + 1);
    // the control: the last stratum, from where half of the losses come, is left out
    refutes(
      'P without a stratum',
      measured(runs / 5, (plan) => ({ ...plan, strata: strata - 1 })),
      exact,
    );
  });

  it('a steady source, and both with splitting: the same state', () => {
    const fed = (stratify: object, rare: unknown) => {
      const {
        scenario: known,
        plan,
        tallies,
      } = runHere(
        scenario({
          particles: { count: 32 * 64, stratify },
          field: { kind: 'uniform', B: '1 T', length: '2 m' },
          collisions: { rate: '1 /s' },
          boundary: { kind: 'cone', ratio: 3 },
          motion: 'homogeneous',
          source: { rate: '1e6 /s' },
          rare,
          times: { count: 12, until: '3 s' },
        }),
      );
      return estimate(known, plan, tallies);
    };
    const plain = fed({}, 'none').steadyHeld!;
    const strata = fed({ pitch: 32 }, 'none').steadyHeld!;
    const both = fed({ pitch: 32 }, { levels: 2 });
    const error = Math.hypot(strata.standardError, plain.standardError);
    near([{ value: strata.value, error, reference: plain.value }], 'held', 31);
    refuted((0.5 * strata.value - plain.value) / error, 'half as many', 31);
    expect(both.steadyHeld).toEqual(strata);
    const inside = both.survival.value[both.survival.value.length - 1];
    expect(both.lossProbability!.value).toBeCloseTo(1 - inside, 1);
  });
});
