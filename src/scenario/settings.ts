/** Single keys of a scenario, set after it was written. */
import { Refusal } from './faults.js';
import { EXCLUSIVE } from './parse.js';

type Group = Record<string, unknown>;

const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys of a path such as `field.ratio`. @throws Refusal where it is none */
export function keysOf(path: string): string[] {
  const keys = path.trim().split('.');
  if (keys.some((key) => !/^[A-Za-z][A-Za-z0-9]*$/.test(key)))
    throw new Refusal('is not a key of a scenario', 'must be a path such as field.ratio');
  return keys;
}

/**
 * Sets a key of a scenario that is not yet checked; sections on the way are made where they are missing.
 *
 * @param document the scenario; it is changed
 * @param path e.g. `field.ratio`
 * @param value whether it is right is for the scenario's schema to say
 * @param alone whether keys go that may not stand beside this one, as `collisions.strength` beside `collisions.rate`
 * @throws Refusal where the path is none, or leads through a value
 * @example
 * const document = { collisions: { strength: 0.1 } }
 * setKey(document, 'collisions.rate', '1e3 /s', true)
 * document // => {"collisions":{"rate":"1e3 /s"}}
 * setKey({ motion: 'fullOrbit' }, 'motion.step', '1 ns') // the motion's name stays, as its kind
 * setKey({ field: 'dipole' }, 'field.ratio', 5) // throws field is "dipole" here (set that key as a whole)
 */
export function setKey(document: object, path: string, value: unknown, alone = false): void {
  const keys = keysOf(path);
  const last = keys.pop() as string;
  let group = document as Group;
  keys.forEach((key, depth) => {
    // Own keys only: a path must not reach into what every object inherits.
    const given = Object.hasOwn(group, key) ? group[key] : undefined;
    const next = depth === 0 && key === 'motion' && typeof given === 'string' ? { kind: given } : given;
    if (next !== undefined && next !== null && !isGroup(next))
      throw new Refusal(
        `${keys.slice(0, depth + 1).join('.')} is ${JSON.stringify(next)} here`,
        'set that key as a whole',
      );
    const fresh: Group = isGroup(next) ? next : {};
    Object.defineProperty(group, key, { value: fresh, enumerable: true, configurable: true, writable: true });
    group = fresh;
  });
  if (alone) for (const key of rivals(keys, last)) delete group[key];
  Object.defineProperty(group, last, { value, enumerable: true, configurable: true, writable: true });
}

/** Keys of the same section that may not stand beside a key. */
function rivals(section: readonly string[], key: string): string[] {
  const lists = EXCLUSIVE.filter(([place, keys]) => place.join('.') === section.join('.') && keys.includes(key));
  return lists.flatMap(([, keys]) => keys).filter((other) => other !== key);
}
