import { CAPACITY, PARAMETERS, TABLES } from '../layout';

/**
 * Memory of a block of full orbits, above the lanes of the motion along a line. Kernel units: lengths in `lengthUnit`, fields in
 * `fieldUnit`, momenta in mass x c, times in lengthUnit / c, electric fields in c x fieldUnit.
 */
export const ROW: usize = <usize>CAPACITY * 8;
/** Rows of eight bytes that travel with a particle. */
export const ORBIT_ROWS: usize = 25;
/** Lanes that a pass steps before the next pass: their rows stay in the first-level cache. */
export const ORBIT_TILE: i32 = 128;
/** Lanes that no particle has: fields at other places than the particles' are looked up there. */
export const PROBE: usize = <usize>CAPACITY - 16;
/** Lanes that are stepped together where lanes want steps of different lengths. */
export const ORBIT_GROUP: i32 = 8;

export const X: usize = TABLES;
export const Y: usize = X + ROW;
export const Z: usize = X + 2 * ROW;
/** Momentum over mass x c. */
export const UX: usize = X + 3 * ROW;
export const UY: usize = X + 4 * ROW;
export const UZ: usize = X + 5 * ROW;
/** 1/gamma. */
export const INVERSE_GAMMA: usize = X + 6 * ROW;
/** Signed gyrofrequency of a particle at rest in the field unit, times half a substep. */
export const HALF_TURN: usize = X + 7 * ROW;
/** How far in time a particle drifts after its kick: a substep, half of it after the last. */
export const DRIFT: usize = X + 8 * ROW;
/** Time at which the fields are wanted. */
export const TIME: usize = X + 9 * ROW;
export const BX: usize = X + 10 * ROW;
export const BY: usize = X + 11 * ROW;
export const BZ: usize = X + 12 * ROW;
export const EX: usize = X + 13 * ROW;
export const EY: usize = X + 14 * ROW;
export const EZ: usize = X + 15 * ROW;
/** Length of a substep. */
export const SUBSTEP: usize = X + 16 * ROW;
/** Magnetic moment at the start, the raw one and the one at the guiding centre, of p^2/(2 m B) in kernel units. */
export const RAW_MU0: usize = X + 17 * ROW;
export const MU0: usize = X + 18 * ROW;
/** Guiding centre at the start. */
export const X0: usize = X + 19 * ROW;
export const Y0: usize = X + 20 * ROW;
export const Z0: usize = X + 21 * ROW;
/** Largest epsilon so far. */
export const EPSILON: usize = X + 22 * ROW;
/** What was drawn at the start: gyrophase [turns] and pitch cosine. */
export const START_PHASE: usize = X + 23 * ROW;
export const START_XI: usize = X + 24 * ROW;
const NARROW: usize = X + 25 * ROW;
const HALF: usize = <usize>CAPACITY * 4;
/** Index of the particle inside its block. */
export const ID: usize = NARROW;
export const ALIVE: usize = NARROW + HALF;
/** Substeps of the step under way. */
export const SUBSTEPS: usize = NARROW + 2 * HALF;
export const MU_BIN: usize = NARROW + 3 * HALF;
/** 0: the lane holds a particle, 1: a guiding centre, with u along B in UX and mu in UY. */
export const FORM: usize = NARROW + 4 * HALF;
/** How each particle of the block ended: rows of 8 numbers by its index. */
export const OUTCOMES: usize = NARROW + 5 * HALF;
/** Everything above is the host's: tables, then tallies. */
export const ORBIT_TABLES: usize = OUTCOMES + <usize>CAPACITY * 64;

/** What the host says once a run. Every field is eight bytes wide. */
@unmanaged
@final
export class OrbitParameters {
  // motion
  turn: f64; // signed gyrofrequency of a particle at rest in the field unit, times the time unit
  pusher: f64; // 1 Boris, 2 Higuera-Cary
  electric: f64; // 1: an electric field acts
  changing: f64; // 1: a field depends on time
  fields: f64; // field passes
  fieldTable: f64; // rows of (kind, address of numbers)
  largestTurn: f64; // of a substep, rad
  largestPath: f64;
  largestStep: f64;
  mostSubsteps: f64;
  probe: f64; // distance over which fields are differentiated
  probeTime: f64; // time over which they are
  centres: f64; // 1: all lanes hold guiding centres, 2: those do whose epsilon allows it
  // starts
  speedTable: f64;
  speedCells: f64;
  pitchTable: f64;
  pitchCells: f64;
  placeTable: f64; // rows of (cumulative probability, x, y, z), linear between
  placeCells: f64;
  spreadX: f64; // half width of a box about the place
  spreadY: f64;
  spreadZ: f64;
  phaseLow: f64; // turns
  phaseHigh: f64;
  centred: f64; // 1: the place is the guiding centre's
  // collisions
  scatters: f64; // 1: directions are scattered
  rateTable: f64; // nu against momentum squared, 256 cells an octave
  rateFirst: f64;
  rateCells: f64;
  // boundary
  lowZ: f64;
  highZ: f64;
  innerRadius: f64;
  outerRadius: f64;
  majorRadius: f64; // of the ring that minorRadius is about
  minorRadius: f64;
  lowX: f64; // edges of a tabulated field
  highX: f64;
  lowY: f64;
  highY: f64;
  lowR: f64; // distance from the z axis
  highR: f64;
  // axes
  muBins: f64;
  muInverseWidth: f64;
  xiBins: f64;
  placeBins: f64;
  placeLow: f64;
  placeInverseWidth: f64;
  ratioBins: f64; // mu over its start, by its logarithm to base 2
  ratioLow: f64;
  ratioInverseWidth: f64;
  epsilonBins: f64; // by its logarithm to base 2
  epsilonLow: f64;
  epsilonInverseWidth: f64;
  lossBins: f64;
  lossInverseWidth: f64;
  listed: f64;
  // powers of two that bring the summed quantities below 1
  muScale: f64;
  energyScale: f64;
  placeScale: f64;
  timeScale: f64;
  enter: f64; // epsilon above which a guiding centre becomes a particle
  leave: f64; // and below which it is one again
  centrePath: f64; // largest path of a guiding centre's step
  layered: f64; // 1: fields depend on z and time alone
  // addresses of tallies
  tallyInside: f64;
  tallyEnergy: f64; // energy, energy^2
  tallyMuCount: f64;
  tallyMu: f64; // mu, mu^2, dmu, dmu^2 by bin of the starting mu
  tallyRawMu: f64; // the same of the raw mu, all bins together
  tallyRatio: f64;
  tallyPlace: f64;
  tallyShift: f64; // dx, dy, dz, dx^2, dy^2, dz^2 of the guiding centre
  tallyEpsilon: f64;
  tallyFates: f64;
  tallyLosses: f64;
  tallyLostRatio: f64;
  // kicks of mu by how a particle started
  phaseBins: f64;
  startXiBins: f64;
  kickBins: f64; // of an octave
  tallyKickPhaseCount: f64;
  tallyKickPhase: f64; // kick, its square, its square where that is small
  tallyKickPitchCount: f64;
  tallyKickPitch: f64;
  tallyKick: f64;
  tallyLostKick: f64;
}

export const orbit: OrbitParameters = changetype<OrbitParameters>(PARAMETERS);
