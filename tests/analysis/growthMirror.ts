import { scenario } from '../validation/runHere.js';

/** A parabola of ratio 5 and length 2 m, in which 1e6 m/s is the one speed. */
export const mirror = (parts: Record<string, unknown>) =>
  scenario({
    species: 'proton',
    field: { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' },
    boundary: 'throat',
    collisions: { strength: 0.1 },
    times: { count: 8, collisionTimes: 0.32 },
    tallies: { speed: { bins: 1 }, xi: { bins: 2 }, s: { bins: 1 }, mu: { bins: 16 }, lossTime: { bins: 1 } },
    ...parts,
  });
