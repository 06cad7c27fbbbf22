import { memoryNeeded } from '../engine/memory.js';
import type { EnginePlan } from '../engine/result.js';
import { buildField, buildPotential, coarserTableError, describeField } from '../fields/index.js';
import { lossConeAngle, lossConeCosine } from '../physics/lossCone.js';
import { trappedFractionOfFluxTube } from '../physics/trappedFraction.js';
import { planOrbits } from '../plan/orbits/plan.js';
import { planRun } from '../plan/plan.js';
import { grouped } from '../results/format.js';
import { printable, printableJson } from '../scenario/faults.js';
import { type OrbitScenario, orbitPresets, presets, type Scenario } from '../scenario/index.js';
import { loadScenario } from './load.js';
import { bytes, significant } from './number.js';

interface Row {
  readonly quantity: string;
  readonly value: number;
  /** SI, `1` for pure numbers. */
  readonly unit: string;
  readonly note?: string;
}

/** What a run will take. */
function workOf(plan: EnginePlan): Row[] {
  return [
    { quantity: 'particle-steps', value: plan.stepsEstimate, unit: '1', note: 'about' },
    {
      quantity: 'memory',
      value: memoryNeeded(plan, 1),
      unit: 'B',
      note: `${bytes(memoryNeeded(plan, 1))} with one worker`,
    },
  ];
}

/** What the particles of orbits in space and their run are like. */
function orbitRows(scenario: OrbitScenario): Row[] {
  const plan = planOrbits(scenario);
  const { B, speed, gyrofrequency, larmorRadius, epsilon, kappa, frequencyRatio } = plan.reference;
  const { times } = plan.axes;
  return [
    {
      quantity: 'field',
      value: B,
      unit: 'T',
      note: `where the particles start, at (${scenario.particles.place.at.join(', ')}) m`,
    },
    { quantity: 'reference speed', value: speed, unit: 'm/s' },
    { quantity: 'gyrofrequency', value: gyrofrequency, unit: 'rad/s', note: 'there, at this speed' },
    { quantity: 'Larmor radius', value: larmorRadius, unit: 'm', note: 'of the whole momentum' },
    { quantity: 'epsilon', value: epsilon, unit: '1', note: 'rho max(|grad B|/B, 1/Rc)' },
    ...(Number.isFinite(kappa) ? [{ quantity: 'kappa', value: kappa, unit: '1', note: 'sqrt(Rc/rho)' }] : []),
    ...(frequencyRatio > 0
      ? [{ quantity: 'omega/Omega', value: frequencyRatio, unit: '1', note: 'largest frequency of the field' }]
      : []),
    { quantity: 'end of the run', value: times[times.length - 1], unit: 's', note: `${times.length} snapshots` },
    {
      quantity: 'particles',
      value: plan.particles,
      unit: '1',
      note: `${grouped(plan.blocks - (plan.tracks?.particles.length ?? 0))} blocks`,
    },
    ...(plan.tracks
      ? [
          {
            quantity: 'paths',
            value: plan.tracks.particles.length,
            unit: '1',
            note: `a point every ${significant(plan.tracks.every)} s, at most ${grouped(plan.tracks.points)} each`,
          },
        ]
      : []),
    ...workOf(plan),
  ];
}

/** What a scenario's field, particles and run are like. */
function rows(scenario: Scenario): Row[] {
  const plan = planRun(scenario);
  const field = buildField(scenario.field);
  const potential = scenario.potential === null ? null : buildPotential(scenario.potential, field);
  const { reference, particles } = plan;
  const { mirrorRatio } = reference;
  // Half-way to the loss cone: a particle that turns well inside of the throats.
  const xi0 = mirrorRatio > 1 ? lossConeCosine(mirrorRatio) / 2 : 0;
  const about = describeField(field, potential, { species: scenario.species, speed: reference.speed, xi0 });
  const alone = potential === null ? '' : ', without the potential';
  const list: Row[] = [
    { quantity: 'least field', value: field.Bmin, unit: 'T', note: `at s = ${significant(field.sMid, 6)} m` },
    { quantity: 'field at the lower throat', value: field.Bmax, unit: 'T' },
    { quantity: 'length, throat to throat', value: field.length, unit: 'm' },
    {
      quantity: 'interpolation error of B',
      value: field.interpolationError,
      unit: '1',
      note: 'largest, relative, between nodes of the table that the kernel reads',
    },
  ];
  if (scenario.field.kind === 'table' && scenario.field.s.length >= 5)
    list.push({
      quantity: 'error of every second row alone',
      value: coarserTableError(scenario.field),
      unit: '1',
      note: 'largest, relative; of all rows about a sixteenth where B is smooth',
    });
  list.push({ quantity: 'mirror ratio', value: mirrorRatio, unit: '1' });
  if (mirrorRatio > 1)
    list.push(
      {
        quantity: 'loss cone',
        value: (lossConeAngle(mirrorRatio) * 180) / Math.PI,
        unit: 'deg',
        note: `sin^2 = 1/R${alone}`,
      },
      {
        quantity: 'edge of the loss cone',
        value: lossConeCosine(mirrorRatio),
        unit: '1',
        note: `pitch-angle cosine at the midplane${alone}`,
      },
    );
  if (field.Bmax > field.Bmin)
    list.push({
      quantity: 'trapped fraction',
      value: trappedFractionOfFluxTube(field),
      unit: '1',
      note: `isotropic, uniform in the flux tube${alone}`,
    });
  if (about.potentialDrop !== undefined)
    list.push({
      quantity: 'potential at the throats',
      value: about.potentialDrop.value,
      unit: 'V',
      note: 'relative to the midplane, at the lower of the two',
    });
  if (about.potentialInterpolationError !== undefined)
    list.push({
      quantity: 'interpolation error of phi',
      value: about.potentialInterpolationError.value,
      unit: '1',
      note: 'largest, of the largest potential',
    });
  list.push({ quantity: 'reference speed', value: reference.speed, unit: 'm/s' });
  if (reference.bouncePeriod > 0 && Number.isFinite(about.bouncePeriod.value))
    list.push({
      quantity: 'bounce period',
      value: about.bouncePeriod.value,
      unit: 's',
      note: `at this speed, xi0 = ${significant(xi0, 4)}`,
    });
  list.push(
    { quantity: 'scattering rate', value: reference.nu, unit: '1/s', note: 'at the reference speed' },
    {
      quantity: 'strength of scattering',
      value: (reference.nu * reference.length) / reference.speed,
      unit: '1',
      note: 'nu length/v',
    },
    { quantity: 'shortest step', value: reference.shortestStep, unit: 's' },
    { quantity: 'longest step', value: reference.longestStep, unit: 's' },
    {
      quantity: 'end of the run',
      value: plan.axes.times[plan.axes.times.length - 1],
      unit: 's',
      note: `${plan.axes.times.length} snapshots`,
    },
    {
      quantity: 'particles',
      value: particles,
      unit: '1',
      note:
        plan.strata > 1
          ? `${grouped(plan.blocks / plan.strata)} sets of ${plan.strata} strata, ${plan.blockSize} particles in each`
          : `${grouped(plan.blocks)} blocks`,
    },
    ...workOf(plan),
  );
  return list;
}

/** `losscone describe`. */
export async function describe(source: string, flags: { set?: string[]; json?: boolean }): Promise<void> {
  const loaded = await loadScenario(source, { set: flags.set });
  const { scenario } = loaded;
  const list = loaded.orbits ? orbitRows(loaded.scenario) : rows(loaded.scenario);
  if (flags.json) {
    process.stdout.write(printableJson(`${JSON.stringify({ name: scenario.name, rows: list }, null, 2)}\n`));
    return;
  }
  const first = Math.max(...list.map((row) => row.quantity.length));
  const values = list.map(({ value, unit }) => `${significant(value, 6)}${unit === '1' ? '' : ` ${unit}`}`);
  const second = Math.max(...values.map((value) => value.length));
  const lines = list.map((row, i) =>
    `${row.quantity.padEnd(first)}  ${values[i].padEnd(second)}  ${row.note ?? ''}`.trimEnd(),
  );
  process.stdout.write(
    `${scenario.name}: ${printable(scenario.description) || [...presets, ...orbitPresets].find(({ name }) => name === source)?.title || `${scenario.field.kind} field`}\n\n${lines.join('\n')}\n`,
  );
}
