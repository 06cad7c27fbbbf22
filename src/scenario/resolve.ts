/** What only several sections together can decide: energies become speeds, defaults follow other sections, contradictions are faults. */
import { buildField, buildParallelField, buildPotential, type FieldSpec, type LineField } from '../fields/index.js';
import { ELEMENTARY_CHARGE, SPEED_OF_LIGHT } from '../physics/constants.js';
import { energyFromSpeed, lorentzFactorFromEnergy, speedFromEnergy } from '../physics/relativity.js';
import type { Column } from './columns.js';
import { type Fault, SectionFault } from './faults.js';
import type { SpeedOrEnergy } from './leaves.js';
import { GAMMA_LIMIT, REST_ENERGIES_LIMIT, toldNumber } from './limits.js';
import type { Draft } from './schema.js';
import type { SpeciesSpec } from './sections/species.js';
import type { Until } from './sections/times.js';

/** Distribution of speeds, SI. */
export type SpeedDistribution =
  | { kind: 'mono'; speed: number }
  | { kind: 'maxwellian'; temperature: number }
  | { kind: 'shell'; from: number; to: number }
  | { kind: 'powerLaw'; index: number; from: number; to: number }
  | { kind: 'table'; speed: number[]; density: number[] };

type DraftRate = NonNullable<Draft['collisions']['rate']>;

/** Scattering rate by speed, SI. */
export type ScatteringRate =
  | Exclude<DraftRate, { law: 'powerLaw' | 'table' }>
  | { law: 'powerLaw'; value: number; at: number; index: number }
  | { law: 'table'; speed: number[]; rate: number[] };

/** Where particles are lost; a cone has its ratio. */
export type Boundary =
  | { kind: 'throat' }
  | { kind: 'cone'; ratio: number; sides: 'both' | 'left' | 'right' }
  | { kind: 'reflecting' }
  | { kind: 'periodic' }
  | { kind: 'none' };

/** When the ensemble is looked at: `at` [s] where the times were listed, else `count` of them up to `until`. */
export interface Times {
  at: number[] | null;
  count: number;
  until: Until;
  spacing: 'linear' | 'log';
}

export type Report = (path: string, found: string, message: string) => void;

const eV = (energy: number, digits: number) => `${toldNumber(energy / ELEMENTARY_CHARGE, digits)} eV`;

/** A speed [m/s] from a speed or an energy. */
function speedOf(at: SpeedOrEnergy, { mass }: SpeciesSpec, path: string, report: Report): number {
  if ('energy' in at && lorentzFactorFromEnergy(at.energy, mass) > GAMMA_LIMIT) {
    const gamma = lorentzFactorFromEnergy(at.energy, mass);
    const most = eV((GAMMA_LIMIT - 1) * mass * SPEED_OF_LIGHT * SPEED_OF_LIGHT, 4);
    report(
      path,
      `${at.energy} J`,
      `${eV(at.energy, 10)} is a Lorentz factor of ${gamma.toPrecision(3)} (must be <= ${GAMMA_LIMIT}, ${most} for this mass)`,
    );
    return Number.NaN;
  }
  const speed = 'speed' in at ? at.speed : speedFromEnergy(at.energy, mass);
  if ('speed' in at && energyFromSpeed(speed, mass) / (mass * SPEED_OF_LIGHT * SPEED_OF_LIGHT) > GAMMA_LIMIT) {
    report(path, `${speed} m/s`, `${speed} m/s is a Lorentz factor above ${GAMMA_LIMIT} (must be <= ${GAMMA_LIMIT})`);
  }
  return speed;
}

/** A kinetic energy [J] from a speed or an energy. */
function energyOf(at: SpeedOrEnergy, species: SpeciesSpec, path: string, report: Report): number {
  const speed = speedOf(at, species, path, report);
  return 'energy' in at ? at.energy : energyFromSpeed(speed, species.mass);
}

/** A column of speeds [m/s] from one of speeds or energies. */
function speedsOf({ dimension, values }: Column, species: SpeciesSpec, path: string, report: Report): number[] {
  const speeds: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (dimension === 'speed' && values[i] >= SPEED_OF_LIGHT) {
      report(
        path,
        `${values[i]}`,
        `row ${i + 1}: ${values[i]} m/s is not the speed of a particle (must be < 299792458 m/s)`,
      );
      return speeds;
    }
    const at = dimension === 'energy' ? { energy: values[i] } : { speed: values[i] };
    speeds.push(values[i] === 0 ? 0 : speedOf(at, species, path, report));
  }
  return speeds;
}

function increasing(from: number, to: number, path: string, unit: string, report: Report): void {
  if (from >= to) {
    report(
      path,
      `${to} ${unit}`,
      `${to} ${unit} is not above from, ${from} ${unit} (must be larger: the range is reversed or empty)`,
    );
  }
}

function positiveSomewhere(density: readonly number[], path: string, report: Report): void {
  if (density.every((value) => value === 0)) report(path, '0', 'is 0 in every row (must be > 0 somewhere)');
}

export function resolveSpeed(
  speed: Draft['particles']['speed'],
  species: SpeciesSpec,
  report: Report,
): SpeedDistribution {
  const path = 'particles.speed';
  switch (speed.kind) {
    case 'mono':
      return { kind: speed.kind, speed: speedOf(speed.speed, species, path, report) };
    case 'maxwellian': {
      const theta = speed.temperature / (species.mass * SPEED_OF_LIGHT * SPEED_OF_LIGHT);
      if (theta > REST_ENERGIES_LIMIT) {
        report(
          `${path}.temperature`,
          `${speed.temperature} J`,
          `is ${theta.toPrecision(3)} rest energies (must be <= ${REST_ENERGIES_LIMIT})`,
        );
      }
      return { kind: speed.kind, temperature: speed.temperature };
    }
    case 'shell': {
      const from = speedOf(speed.from, species, `${path}.from`, report);
      const to = speedOf(speed.to, species, `${path}.to`, report);
      increasing(from, to, `${path}.to`, 'm/s', report);
      return { kind: speed.kind, from, to };
    }
    case 'powerLaw': {
      const from = energyOf(speed.from, species, `${path}.from`, report);
      const to = energyOf(speed.to, species, `${path}.to`, report);
      increasing(from, to, `${path}.to`, 'J', report);
      return { kind: speed.kind, index: speed.index, from, to };
    }
    case 'table': {
      positiveSomewhere(speed.density.values, `${path}.density`, report);
      const speeds = speedsOf(speed.speed, species, `${path}.speed`, report);
      return { kind: speed.kind, speed: speeds, density: speed.density.values };
    }
  }
}

export function resolveRate(rate: DraftRate | undefined, species: SpeciesSpec, report: Report): ScatteringRate {
  if (rate === undefined) return { law: 'constant', value: 0 };
  const path = 'collisions.rate';
  switch (rate.law) {
    case 'powerLaw':
      return {
        law: rate.law,
        value: rate.value,
        at: speedOf(rate.at, species, `${path}.at`, report),
        index: rate.index,
      };
    case 'table':
      positiveSomewhere(rate.rate.values, `${path}.rate`, report);
      return { law: rate.law, speed: speedsOf(rate.speed, species, `${path}.speed`, report), rate: rate.rate.values };
    default:
      return rate;
  }
}

/** The field of a specification, or null where it describes none (its fault reported). */
function resolveField(spec: FieldSpec, report: Report): LineField | null {
  try {
    return buildField(spec);
  } catch (error) {
    if (!(error instanceof SectionFault)) throw error;
    for (const { path, found, message } of error.faults) report(`field.${path}`, found, message);
    return null;
  }
}

export function checkPitch(pitch: Draft['particles']['pitch'], report: Report): void {
  if (pitch.kind === 'table') positiveSomewhere(pitch.density, 'particles.pitch.density', report);
}

/** Strata of all starting values together: as many blocks of particles are merged at a time. */
const MOST_STRATA = 4096;
/** Sets of one particle a stratum that a run needs: one for each group that errors come from. */
const FEWEST_SETS = 32;

/** Strata need a spread to divide, and particles enough for an error. */
function checkStrata({ count, pitch, speed, stratify }: Draft['particles'], report: Report): void {
  const path = 'particles.stratify';
  const onePitch = pitch.kind === 'cosine' || (pitch.kind === 'beam' && pitch.halfAngle === 0);
  for (const [of, single] of [
    ['pitch', onePitch],
    ['speed', speed.kind === 'mono'],
  ] as const) {
    if (stratify[of] > 1 && single) {
      report(
        `${path}.${of}`,
        `${stratify[of]}`,
        `all particles start at one ${of}, which has no strata (leave it out, or choose another particles.${of})`,
      );
    }
  }
  const strata = stratify.pitch * stratify.speed;
  if (strata > MOST_STRATA) {
    report(
      path,
      `${strata}`,
      `${stratify.pitch} x ${stratify.speed} are ${strata} strata (must be at most ${MOST_STRATA} together)`,
    );
  } else if (strata > 1 && count < FEWEST_SETS * strata) {
    report(
      path,
      `${strata}`,
      `${strata} strata are too many for ${count} particles (must be at least ${FEWEST_SETS} a stratum, ${FEWEST_SETS * strata} in all)`,
    );
  }
}

/** Checks what the line's own shape forbids, and everything that stands along it. */
function checkLine(draft: Partial<Draft>, field: LineField, boundary: Draft['boundary'], report: Report): void {
  const { particles, potential, parallelField, motion } = draft;
  const mirror = field.Bmax > field.Bmin;
  const between = `from ${field.sLeft} to ${field.sRight} m`;
  if (particles?.place.kind === 'point' && (particles.place.s < field.sLeft || particles.place.s > field.sRight)) {
    const { s } = particles.place;
    report('particles.place.s', `${s} m`, `${s} m lies outside the field (must be ${between})`);
  }
  if (particles?.pitch.only === 'trapped' && boundary !== undefined) {
    // The loss cone is the boundary's where that is a cone in velocity space, else the field's.
    const ratio = (boundary.kind === 'cone' ? boundary.ratio : undefined) ?? field.Bmax / field.Bmin;
    if (!(ratio > 1)) {
      const message = '"trapped" means nothing without a throat or a loss cone (must be all, or the field a mirror)';
      report('particles.pitch.only', '"trapped"', message);
    } else if (potential && particles.place.kind === 'fluxTube') {
      report(
        'particles.pitch.only',
        '"trapped"',
        '"trapped" with place fluxTube is not offered with a potential, where trapping depends on the speed (must be all, or place midplane or point, or no potential)',
      );
    }
    const xi = particles.pitch.kind === 'cosine' ? particles.pitch.xi : null;
    const B = particles.place.kind === 'point' ? field.strength(particles.place.s) : field.Bmin;
    const edge = Math.sqrt(Math.max(0, 1 - B / (ratio * field.Bmin)));
    if (ratio > 1 && xi !== null && !potential && particles.place.kind !== 'fluxTube' && Math.abs(xi) >= edge) {
      report(
        'particles.pitch.xi',
        `${xi}`,
        `${xi} is in the loss cone, so none is trapped (must be all, or |xi| below ${edge.toPrecision(4)})`,
      );
    }
  }
  if (boundary?.kind === 'throat' && !mirror) {
    report(
      'boundary.kind',
      '"throat"',
      `"throat" does not fit a field without one (must be cone, reflecting, periodic or none)`,
    );
  }
  if (boundary?.kind === 'cone' && boundary.ratio === undefined && !mirror) {
    report('boundary.ratio', 'nothing', 'is missing (the field has no mirror ratio of its own: give one, e.g. 5)');
  }
  if (boundary?.kind === 'periodic') {
    const left = field.strength(field.sLeft);
    const right = field.strength(field.sRight);
    if (Math.abs(left - right) > 1e-6 * Math.max(left, right)) {
      report(
        'boundary.kind',
        '"periodic"',
        `"periodic" does not fit a field of ${left} T at one end and ${right} T at the other (must be equal)`,
      );
    }
  }
  if (motion?.kind === 'homogeneous') {
    if (boundary?.kind === 'throat' || boundary?.kind === 'reflecting' || boundary?.kind === 'periodic') {
      report(
        'boundary.kind',
        `"${boundary.kind}"`,
        `"${boundary.kind}" needs motion along the line (must be cone or none where motion is homogeneous)`,
      );
    }
    if (potential)
      report('potential', 'a section', 'needs motion along the line (leave it out, or set motion to guidingCentre)');
    if (parallelField)
      report(
        'parallelField',
        'a section',
        'needs motion along the line (leave it out, or set motion to guidingCentre)',
      );
  }
  for (const [key, build] of [
    ['potential', () => potential && buildPotential(potential, field)],
    ['parallelField', () => parallelField && buildParallelField(parallelField, field)],
  ] as const) {
    try {
      build();
    } catch (error) {
      if (!(error instanceof SectionFault)) throw error;
      for (const { path, found, message } of error.faults) report(`${key}.${path}`, found, message);
    }
  }
}

/** A source needs a way out: else its particles pile up and there is no steady state. */
function checkSource(draft: Partial<Draft>, boundary: Draft['boundary'], report: Report): void {
  const { source, collisions, particles, parallelField } = draft;
  if (!source || boundary === undefined) return;
  const found = 'a section';
  if (boundary.kind !== 'throat' && boundary.kind !== 'cone') {
    report(
      'source',
      found,
      `has no steady state with boundary "${boundary.kind}": nobody is lost and particles pile up (must be throat or cone)`,
    );
  } else if (collisions?.operator === 'none' && particles?.pitch.only === 'trapped') {
    report(
      'source',
      found,
      'has no steady state: trapped particles are never lost without collisions (choose an operator, or pitch.only all)',
    );
  }
  if (parallelField && parallelField.time.kind !== 'constant') {
    report('source', found, 'has no steady state in a field that varies in time (must be constant, or none)');
  }
}

/** Splitting knows the way into the magnetic loss cone, by scattering, and no other. */
function checkRare(draft: Partial<Draft>, boundary: Draft['boundary'], report: Report): void {
  const { rare, collisions, potential, parallelField } = draft;
  if (!rare) return;
  if (boundary && boundary.kind !== 'throat' && boundary.kind !== 'cone')
    report(
      'rare',
      'a section',
      `nothing is lost where boundary is ${boundary.kind} (leave rare out, or set boundary to throat or cone)`,
    );
  if (collisions?.operator === 'none')
    report(
      'rare',
      'a section',
      'nothing scatters into the loss cone without collisions (leave it out, or choose an operator)',
    );
  if (potential || parallelField)
    report(
      'rare',
      'a section',
      `splitting knows the loss cone of the magnetic field alone, and a ${potential ? 'potential' : 'parallel field'} moves it (leave one of them out)`,
    );
}

function resolveTimes(draft: Partial<Draft>, report: Report): Times | null {
  const { times, collisions, motion } = draft;
  if (times === undefined) return null;
  const at = times.at?.values ?? null;
  if (at !== null) return { at, count: at.length, until: { seconds: at[at.length - 1] }, spacing: times.spacing };
  const still = collisions?.operator === 'none';
  if (times.until !== undefined && 'collisionTimes' in times.until && still) {
    report('times.collisionTimes', 'a number', 'means nothing without scattering (give until: a time, or bounces)');
  }
  if (times.until !== undefined && 'bounces' in times.until && motion?.kind === 'homogeneous') {
    report(
      'times.bounces',
      'a number',
      'means nothing where motion is homogeneous (give until: a time, or collisionTimes)',
    );
  }
  if (times.until === undefined && still && motion?.kind === 'homogeneous') {
    report(
      'times.until',
      'nothing',
      'is missing (there are neither collisions nor bounces to count: give a time, e.g. 50 ms)',
    );
  }
  const until = times.until ?? (still ? { bounces: 20 } : { collisionTimes: 2 });
  return { at, count: times.count, until, spacing: times.spacing };
}

function resolveTallies(draft: Partial<Draft>, report: Report) {
  const { tallies, species, particles, potential, parallelField } = draft;
  if (!tallies || !species || !particles) return null;
  const { speed } = tallies;
  const end = (key: 'min' | 'max') => {
    const at = speed[key];
    return at === null || at === undefined ? null : speedOf(at, species, `tallies.speed.${key}`, report);
  };
  const [min, max] = [end('min'), end('max')];
  if (min !== null && max !== null && min >= max) {
    report('tallies.speed.max', `${max} m/s`, `${max} m/s is not above min, ${min} m/s (must be larger)`);
  }
  const still = particles.speed.kind === 'mono' && !potential && !parallelField;
  return { ...tallies, speed: { bins: speed.bins ?? (still ? 1 : 32), min, max } };
}

/**
 * Sees the sections together. Given only some of them (the others being at fault themselves) it reports what these allow.
 * @returns the scenario where nothing is missing or at fault, and the faults
 */
export function resolve(draft: Partial<Draft>) {
  const faults: Fault[] = [];
  const report: Report = (path, found, message) => faults.push({ path, found, message });
  const {
    name,
    description,
    seed,
    species,
    particles,
    field: spec,
    potential,
    parallelField,
    collisions,
    motion,
    rare,
    outputs,
    source,
  } = draft;
  const speed = particles && species ? resolveSpeed(particles.speed, species, report) : null;
  const rate = collisions && species ? resolveRate(collisions.rate, species, report) : null;
  if (particles) {
    checkPitch(particles.pitch, report);
    checkStrata(particles, report);
  }
  if (collisions?.operator === 'none' && collisions.rate !== undefined) {
    report('collisions.rate', 'a rate', 'is given though operator is none (leave it out, or choose an operator)');
  }
  const field = spec ? resolveField(spec, report) : null;
  const mirror = field !== null && field.Bmax > field.Bmin;
  // A section at fault is left out of `draft` though it was given: 'boundary' in draft tells it from one that was not.
  const chosen = draft.boundary ?? {
    kind: mirror && motion?.kind === 'guidingCentre' ? ('throat' as const) : ('none' as const),
  };
  if (field !== null) checkLine(draft, field, 'boundary' in draft ? chosen : undefined, report);
  if ('boundary' in draft) checkSource(draft, chosen as Draft['boundary'], report);
  if (field !== null && 'boundary' in draft) checkRare(draft, chosen, report);
  const times = resolveTimes(draft, report);
  const tallies = resolveTallies(draft, report);
  const whole =
    name !== undefined &&
    description !== undefined &&
    seed !== undefined &&
    species &&
    particles &&
    spec &&
    field &&
    collisions &&
    motion &&
    outputs &&
    speed &&
    rate &&
    times &&
    tallies &&
    potential !== undefined &&
    parallelField !== undefined &&
    source !== undefined &&
    rare !== undefined;
  if (!whole || faults.length > 0 || !('boundary' in draft)) return { scenario: null, faults };
  const boundary: Boundary =
    chosen.kind === 'cone'
      ? { kind: chosen.kind, ratio: chosen.ratio ?? field.Bmax / field.Bmin, sides: chosen.sides }
      : { kind: chosen.kind };
  const scenario = {
    name,
    description,
    seed,
    species,
    particles: { ...particles, speed },
    field: spec,
    potential,
    parallelField,
    collisions: { operator: collisions.operator, rate },
    boundary,
    source,
    motion,
    rare,
    times,
    tallies,
    outputs,
  };
  return { scenario, faults };
}
