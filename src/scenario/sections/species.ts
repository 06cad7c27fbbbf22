import type * as z from 'zod';
import { SPECIES, type Species } from '../../physics/species.js';
import { offer, Refusal, show } from '../faults.js';
import { isMapping, leaf, quantity, section, short } from '../leaves.js';
import { quantityShape } from '../unitPattern.js';

const names = SPECIES.map(({ name }) => name);
const known = (name: string): Species | undefined => SPECIES.find((species) => species.name === name);

/** A name that may stand in messages and figures. */
export const nameLeaf = (description: string) =>
  leaf<string, string>(
    (value) => {
      if (typeof value !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/.test(value)) {
        throw new Refusal(`${show(value)} is not a name`, 'must be letters, digits, . _ + -, at most 64');
      }
      return value;
    },
    {
      description,
      type: 'string',
      range: '1 to 64 letters, digits, . _ + -',
      pattern: '^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$',
    },
  );

/** `proton` for its mass and charge; a section may name one and override either. */
function expand(value: unknown): unknown {
  if (typeof value === 'string') {
    const found = known(value);
    if (found === undefined) {
      throw new Refusal(`${show(value)} is not a known species`, `${offer(value, names)}; or give mass and charge`);
    }
    return inUnits(found);
  }
  if (isMapping(value) && typeof value.name === 'string') {
    const found = known(value.name);
    if (found !== undefined) return { ...inUnits(found), ...value };
    if (value.mass === undefined && value.charge === undefined) {
      throw new Refusal(
        `${show(value.name)} is not a known species`,
        `${offer(value.name, names)}; or give mass and charge`,
      );
    }
  }
  return value;
}

/** `{ name: proton }` with mass or charge overridden, for the JSON Schema. */
const NAMED = {
  type: 'object',
  properties: { name: { enum: names }, mass: quantityShape('mass'), charge: quantityShape('charge') },
  required: ['name'],
  additionalProperties: false,
};

const inUnits = ({ name, mass, charge }: Species) => ({ name, mass: `${mass} kg`, charge: `${charge} C` });

/** A species: by name, or by mass and charge. */
export const speciesSchema = short(
  expand,
  section(
    {
      name: nameLeaf('Name of the species').prefault('particle'),
      mass: quantity('mass', { description: 'Rest mass', what: 'a mass of a particle', min: 1e-33, max: 1e-6 }),
      charge: quantity('charge', {
        description: 'Charge with its sign',
        what: 'a charge of a particle',
        min: -1e-9,
        max: 1e-9,
        nonzero: true,
      }),
    },
    'A species by mass and charge',
  ),
  { description: `Species: ${names.join(', ')}, or mass and charge`, shortForm: { anyOf: [{ enum: names }, NAMED] } },
);

export type SpeciesSpec = z.output<typeof speciesSchema>;
