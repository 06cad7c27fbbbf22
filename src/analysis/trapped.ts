import { trappedFractionOfFluxTube } from '../physics/trappedFraction.js';
import { notes, unavailable } from './estimates.js';
import { fieldOf } from './field.js';
import { fractionOf } from './fractions.js';
import { averageOverPitch, isClosed } from './references.js';
import type { Sample } from './sample.js';
import type { AnalysisScenario, Estimate, Fate } from './types.js';

/**
 * Fraction of the initial ensemble that is trapped by its invariants.
 *
 * Binomial error, checked against the spread of the groups (see `fractionOf`). Exact theory where all particles start
 * at the midplane (or in velocity space alone): the share of the initial pitch with |xi| < xiLC; and where they are
 * isotropic all over the flux tube.
 */
export function trappedFraction(sample: Sample, scenario: AnalysisScenario): Estimate {
  const label = 'trapped fraction (initial, by invariants)';
  if (!(sample.particles > 0)) return unavailable(label, '1', 'no particles yet');
  if (!(sample.plan.reference.xiLossCone < 1))
    return unavailable(label, '1', 'no loss cone: nothing is trapped or not');
  const { value, standardError, degreesOfFreedom, spreadNote } = fractionOf(sample, 'trapped', 1);
  if (scenario.particles.pitch.only === 'trapped' && value === 1) {
    return {
      value,
      standardError: 0,
      unit: '1',
      label,
      reference: 1,
      note: 'exact: only trapped particles are started',
    };
  }
  const reference = trappedReference(sample, scenario);
  return {
    value,
    standardError,
    unit: '1',
    label,
    ...(degreesOfFreedom !== undefined && { degreesOfFreedom }),
    ...(reference !== undefined && { reference }),
    note: notes(spreadNote),
  };
}

function trappedReference(sample: Sample, scenario: AnalysisScenario): number | undefined {
  const { mirrorRatio, xiLossCone } = sample.plan.reference;
  // a potential moves the edge of trapping off the cone, and by energy
  if (scenario.potential !== null || !(mirrorRatio > 1 && xiLossCone < 1)) return undefined;
  const { pitch, place } = scenario.particles;
  if (pitch.only === 'trapped') return 1;
  const atMidplane = scenario.motion.kind === 'homogeneous' || place.kind === 'midplane';
  if (!atMidplane) {
    if (place.kind !== 'fluxTube' || pitch.kind !== 'isotropic') return undefined;
    const field = fieldOf(scenario, sample.plan);
    // a cone may have a ratio of its own
    const same = field !== null && Math.abs(field.Bmax / field.Bmin / mirrorRatio - 1) < 1e-9;
    return same ? trappedFractionOfFluxTube(field) : undefined;
  }
  return averageOverPitch(pitch, mirrorRatio, (xi) => (Math.abs(xi) < xiLossCone ? 1 : 0));
}

const FATES: readonly Fate[] = ['confined', 'lostLeft', 'lostRight', 'timeLimit', 'fault'];
const FATE_LABELS: Record<Fate, string> = {
  confined: 'confined',
  lostLeft: 'lost left',
  lostRight: 'lost right',
  timeLimit: 'inside at the time limit',
  fault: 'numerical fault',
};

/** Fractions of the ensemble by fate, with binomial errors; a fate that the boundary excludes is exactly 0. */
export function fates(sample: Sample, scenario: AnalysisScenario): Record<Fate, Estimate> {
  const closed = isClosed(scenario);
  const entries = FATES.map((fate, index) => {
    const label = FATE_LABELS[fate];
    if (!(sample.particles > 0)) return [fate, unavailable(label, '1', 'no particles yet')];
    const { value, standardError, degreesOfFreedom, spreadNote } = fractionOf(sample, 'fates', index);
    const excluded = value === 0 && fate !== 'fault' && closed !== (fate === 'confined');
    const certain = closed && fate === 'confined' && value === 1;
    const estimate: Estimate = {
      value,
      standardError: excluded || certain ? 0 : standardError,
      unit: '1',
      label,
      ...(degreesOfFreedom !== undefined && { degreesOfFreedom }),
      note: excluded || certain ? `exact: the boundary is ${closed ? 'closed' : 'open'}` : notes(spreadNote),
    };
    return [fate, estimate];
  });
  return Object.fromEntries(entries) as Record<Fate, Estimate>;
}
