/** What a field along a line is, in numbers a reader can check: mirror ratio, loss cone, bounce period, error of its table. */
import { bouncePeriod } from '../physics/bounce.js';
import { lossConeAngle, lossConeCosine } from '../physics/lossCone.js';
import { orbitAt } from '../physics/orbit.js';
import { energyFromSpeed } from '../physics/relativity.js';
import { PROTON, type Species } from '../physics/species.js';
import type { LineField, LinePotential } from './types.js';

/** One number of a description, with its unit and what it is. */
export interface DescribedNumber {
  readonly value: number;
  readonly unit: string;
  readonly label: string;
}

/** The numbers of a field; `bouncePeriod` is Infinity where the particle is not turned back. */
export interface FieldDescription {
  readonly length: DescribedNumber;
  readonly Bmin: DescribedNumber;
  readonly Bmax: DescribedNumber;
  readonly mirrorRatio: DescribedNumber;
  readonly lossConeAngle: DescribedNumber;
  readonly lossConeCosine: DescribedNumber;
  readonly bouncePeriod: DescribedNumber;
  readonly interpolationError: DescribedNumber;
  readonly potentialDrop?: DescribedNumber;
  readonly potentialInterpolationError?: DescribedNumber;
}

/** The particle a bounce period is quoted for. */
export interface DescribedParticle {
  readonly species?: Species;
  /** [m/s] */
  readonly speed: number;
  /** Pitch-angle cosine at the midplane. */
  readonly xi0: number;
}

/**
 * Describes a field and a potential along it. Without a throat the loss cone is empty and the mirror ratio 1.
 * @param field from `buildField`
 * @param potential from `buildPotential`, or null
 * @param particle whose bounce period is quoted: species (proton), speed (1e6 m/s), xi0 (half the loss cone's cosine)
 * @example
 * import { buildParabolic } from './parabolic.js'
 * const field = buildParabolic({ B: 0.5, ratio: 5, length: 2 })
 * describeField(field).mirrorRatio.value // => 5
 * describeField(field).lossConeAngle.value // ≈ 0.463648
 * describeField(field, null, { speed: 1e6, xi0: 0.6 }).bouncePeriod.value // ≈ 3.92699e-6
 */
export function describeField(
  field: LineField,
  potential: LinePotential | null = null,
  particle?: DescribedParticle,
): FieldDescription {
  const mirrorRatio = field.Bmax / field.Bmin;
  const mirror = mirrorRatio > 1;
  const cosine = mirror ? lossConeCosine(mirrorRatio) : 0;
  const { species = PROTON, speed, xi0 } = particle ?? { speed: 1e6, xi0: cosine / 2 };
  const energy = energyFromSpeed(speed, species.mass);
  const line = potential === null ? field : { ...field, potential: (s: number) => potential.value(s) };
  const orbit = orbitAt(species, energy, xi0, field.Bmin, potential?.value(field.sMid) ?? 0);
  const period = mirror ? bouncePeriod(line, orbit, field.sMid) : Number.POSITIVE_INFINITY;
  const number = (value: number, unit: string, label: string): DescribedNumber => ({ value, unit, label });
  const base = {
    length: number(field.length, 'm', 'length from throat to throat'),
    Bmin: number(field.Bmin, 'T', 'field at the midplane'),
    Bmax: number(field.Bmax, 'T', 'field at the lower throat'),
    mirrorRatio: number(mirrorRatio, '1', 'mirror ratio'),
    lossConeAngle: number(mirror ? lossConeAngle(mirrorRatio) : 0, 'rad', 'half angle of the loss cone'),
    lossConeCosine: number(cosine, '1', 'pitch-angle cosine at the edge of the loss cone'),
    bouncePeriod: number(period, 's', `bounce period of a ${species.name} of ${speed} m/s and xi0 = ${xi0}`),
    interpolationError: number(field.interpolationError, '1', "relative error of the kernel's table of B"),
  };
  if (potential === null) return base;
  const rise = Math.min(potential.value(field.sLeft), potential.value(field.sRight)) - potential.value(field.sMid);
  return {
    ...base,
    potentialDrop: number(rise, 'V', 'potential at the lower throat relative to the midplane'),
    potentialInterpolationError: number(
      potential.interpolationError,
      '1',
      "error of the kernel's table of phi, of its largest value",
    ),
  };
}
