/** What of a motion in space goes with what else a scenario says. */
import { buildSpaceField, type SpaceField } from '../../fields/space/index.js';
import { type Fault, ScenarioError } from '../faults.js';
import type { Report } from '../resolve.js';
import type { OrbitDraft, OrbitScenario } from './schema.js';
import { HYBRID, type OrbitMotion } from './sections.js';

type Motion = OrbitDraft['motion'];

/** Static fields that break mu where epsilon is small: by resonance, or in no length at all. */
const UNSEEN: ReadonlySet<string> = new Set(['wave', 'turbulence', 'step']);

/**
 * The thresholds of a hybrid. The kick that epsilon brings falls off as exp(-c/epsilon), but mu with its first-order term swings by some
 * 20 epsilon^2 wherever a centre becomes a particle or is one again: in a current sheet 0.7 % at 0.02, 0.1 % at 0.01. Kicks of a percent
 * come out as those of full orbits at 0.01; smaller ones ask for a smaller threshold. The two lie a factor apart, so that a gyration
 * does not make a lane change form.
 */
export function hybridOf(
  motion: Motion | undefined,
  report: Report,
): { readonly enter: number | null; readonly leave: number | null } {
  if (motion?.kind !== 'hybridOrbit') {
    for (const key of ['enter', 'leave'] as const)
      if (typeof motion?.[key] === 'number')
        report(`motion.${key}`, `${motion[key]}`, `${motion[key]} is for hybridOrbit alone (leave it out)`);
    return { enter: null, leave: null };
  }
  const enter = motion.enter ?? HYBRID.enter;
  const leave = motion.leave ?? Math.min(HYBRID.leave, 0.4 * enter);
  if (!(leave < enter)) report('motion.leave', `${leave}`, `${leave} is not below enter (must be less than ${enter})`);
  return { enter, leave };
}

/** Reports what a motion cannot go with. */
export function checkMotion(kind: OrbitMotion, operator: string, field: SpaceField | null, report: Report): void {
  if (kind !== 'fullOrbit' && operator !== 'none')
    report(
      'collisions.operator',
      `"${operator}"`,
      `is not offered for ${kind}, ${kind === 'driftOrbit' ? 'which' : 'whose guiding centre'} has no gyration that a collision could shift (must be none, or motion fullOrbit)`,
    );
  if (kind === 'hybridOrbit' && field && (field.frequency > 0 || UNSEEN.has(field.kind)))
    report(
      'motion.kind',
      '"hybridOrbit"',
      `"hybridOrbit" goes by epsilon, which does not see how mu is broken in a field of kind ${field.kind}${field.frequency > 0 ? ' that changes in time' : ''} (must be fullOrbit)`,
    );
}

/**
 * The same scenario followed in another way: the same particles, places and fields.
 * @param scenario from `parseOrbits`
 * @param kind the other motion; a hybrid has the scenario's thresholds where it has some
 * @returns a scenario
 * @throws ScenarioError where that motion is not offered for it
 * @example
 * import { parseOrbits } from './schema.js';
 * const bottle = parseOrbits('{ motion: fullOrbit, field: { kind: bottle, B: 1 T, scale: 1 m }, times: { until: 1 us } }');
 * withMotion(bottle, 'hybridOrbit').motion.enter // => 0.01
 */
export function withMotion(scenario: OrbitScenario, kind: OrbitMotion): OrbitScenario {
  const faults: Fault[] = [];
  const report: Report = (path, found, message) => faults.push({ path, found, message });
  checkMotion(kind, scenario.collisions.operator, buildSpaceField(scenario.field), report);
  if (faults.length > 0) throw new ScenarioError(faults);
  const own = kind === scenario.motion.kind;
  const motion = { ...scenario.motion, kind, ...(own ? {} : { enter: null, leave: null }) };
  return { ...scenario, motion: { ...motion, ...hybridOf(motion, report) } };
}
