import { mirrorLossLimits } from '../../physics/mirrorLosses.js';
import { planRun } from '../../plan/plan.js';
import { PlanError } from '../../plan/times.js';
import type { Scenario } from '../../scenario/index.js';
import type { ScanPreset } from './preset.js';

/** Losses that are wanted after the transient: the loss rate to about 1 %. */
const PARTICLES = 32_768;
/**
 * Where so many steps [particle-steps] would be needed for that, fewer particles do with a larger error, but not with more than
 * about 2 %. A loss costs a lifetime of steps, whatever the window or the number of particles, and in lifetimes of diffusion
 * these grow as (nu length/v)^2: an error of 1 % at the last point alone would take as long as all the others.
 */
const MOST_STEPS = 1e10;
const FEWEST = 6144;
/** From this nu length/v on the steps are as long as scattering allows; nu dt = 0.1 makes diffusion 0.3 % too fast, and no more. */
const DIFFUSIVE = 10;
const TOLERANCE = 0.01;
/** Lifetimes that are followed: three quarters of the particles are lost. */
const LIFETIMES = 1.6;

/**
 * Times that suit the lifetime 1/(loss rate) that the three limits give together, and particles for an error of about 1 %, of 2 %
 * where that would take minutes.
 */
function adapt(scenario: Scenario): Record<string, unknown> {
  const { field, boundary, particles } = scenario;
  if (field.kind !== 'parabolic' || boundary.kind !== 'throat' || particles.speed.kind !== 'mono')
    throw new PlanError('scan: loss-rate is for one speed in a parabolic mirror that is open at its throats');
  const { nu, length, speed, mirrorRatio } = planRun(scenario).reference;
  const strength = (nu * length) / speed;
  const lifetime = 1 / (mirrorLossLimits(mirrorRatio, strength).joined * nu);
  const tolerance = strength > DIFFUSIVE ? TOLERANCE : scenario.motion.tolerance;
  const motion = { ...scenario.motion, tolerance };
  const times = { ...scenario.times, at: null, until: { seconds: LIFETIMES * lifetime } };
  const { stepsEstimate } = planRun({ ...scenario, motion, times, particles: { ...particles, count: PARTICLES } });
  const count = Math.min(PARTICLES, Math.max(FEWEST, Math.floor((PARTICLES * MOST_STEPS) / stepsEstimate / 64) * 64));
  // Rounded: it enters the hash, and should be short.
  const until = `${Number((LIFETIMES * lifetime).toPrecision(6))} s`;
  return { 'times.until': until, 'particles.count': count, 'motion.tolerance': tolerance };
}

export const lossRate: ScanPreset = {
  name: 'loss-rate',
  title: 'Loss rate of a mirror from weak to strong scattering, with its limits',
  description:
    'The loss rate over nu of 10 keV protons in a parabolic mirror against nu length/v: bounce-averaged scattering, a full loss cone, and diffusion along the field. Errors of about 1 %, of 2 % at the last three points.',
  yaml: `# 10 keV protons in the mirror of the default scenario, filling its flux tube.
name: loss-rate
seed: 1
species: proton
particles:
  speed: 10 keV
  pitch: isotropic
  place: fluxTube
field:
  kind: parabolic
  B: 0.5 T
  ratio: 5
  length: 2 m
collisions:
  strength: 1
boundary: throat
times:
  count: 60
tallies:
  xi: { bins: 64 }
  s: { bins: 16 }
outputs:
  figures: false
`,
  axes: { 'collisions.strength': '1e-4..1e3:log:22' },
  adapt,
};
