/** A scenario that takes a fraction of a second and uses every part of a run: motion, scattering, losses, tallies. */
export const small = `
name: small
species: proton
particles: { count: 20000, energy: 10 keV, pitch: isotropic, place: midplane }
field: { kind: parabolic, B: 0.5 T, ratio: 5, length: 2 m }
collisions: { operator: exact, strength: 0.5 }
boundary: throat
times: { count: 24, collisionTimes: 4 }
seed: 7
`;
