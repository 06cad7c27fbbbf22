/** The real kernel: an orbit torn apart by too long a step is a fault, and no loss. */
import { describe, expect, it } from 'vitest';
import { BlockRunner } from '../../src/kernel/index.js';
import { PlanError, planRun } from '../../src/plan/plan.js';
import { STAGE_NUMBERS } from '../../src/plan/stages.js';
import { parseScenario } from '../../src/scenario/index.js';
import { kernelModule } from '../kernel/load.js';

/** Particles that the field traps and nothing scatters: none of them can be lost. */
function trapped(step: string, tear = 1) {
  const plan = planRun(
    parseScenario({
      particles: { count: 65536, energy: '10 keV', pitch: { kind: 'isotropic', only: 'trapped' }, place: 'midplane' },
      field: { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' },
      collisions: { operator: 'none' },
      boundary: 'throat',
      motion: { kind: 'guidingCentre', step },
      times: { count: 4, bounces: 20 },
    }),
  );
  // the plan refuses a step that tears orbits apart, so here it is made longer behind its back
  const { stages } = plan.tables;
  for (let row = 0; row < stages.length; row += STAGE_NUMBERS) stages[row] *= tear;
  const runner = new BlockRunner(kernelModule(), plan);
  for (const _ of runner.runBlock(3));
  const [confined, left, right, limit, fault] = runner.collect().fates as Uint32Array;
  return { confined, lost: left + right, limit, fault, warnings: plan.warnings };
}

describe('a stated step', () => {
  it('that is short enough loses nobody and is not warned of', () => {
    expect(trapped('10 ns')).toEqual({ confined: 0, lost: 0, limit: 1024, fault: 0, warnings: [] });
  });

  it('that is long is warned of', () => {
    // (k v dt)^2/8 with k = 2/m and v = 1.384e6 m/s
    expect(trapped('0.5 us').warnings).toEqual([expect.stringMatching(/^motion\.step: with 5e-7 s .* 24 % in energy/)]);
  });

  it('that tears orbits apart is refused, with what would be right', () => {
    expect(() => trapped('1 us')).toThrow(
      /^motion\.step: with 0\.000001 s the fastest orbits are unstable \(must be at most 3\.2e-7 s, or auto\)$/,
    );
    expect(() => trapped('1 s')).toThrow(PlanError);
  });

  it('would give faults', () => {
    const { confined, lost, limit, fault } = trapped('0.5 us', 6);
    expect({ confined, lost, limit, fault }).toEqual({ confined: 0, lost: 0, limit: 0, fault: 1024 });
  });
});
