/**
 * The one memory map. Page 0 belongs to the compiler's own static data; the parameters, the block's lanes and the scratch
 * arrays stand at fixed addresses above it; tables and tallies follow at TABLES, where the host places them and grows the
 * memory for them.
 *
 * A lane is one particle of the block. Every quantity is an array over the lanes (structure of arrays), so that a pass is
 * a loop over consecutive addresses.
 *
 * Kernel units: lengths in `lengthUnit`, B in Bmin, speeds in the reference speed, times in lengthUnit / reference speed.
 * Without a potential the orbit depends on the speed through the path length alone, so the state is
 *   s   place along the line
 *   xi  vPar / v
 *   m   (1 - xi^2) / B, the magnetic moment in units of p^2 / (2 mass Bmin)
 */

/** Lanes that a block can hold: 1024 particles and the padding of its speed classes to whole vectors. */
export const CAPACITY: i32 = 1280;
/** Lanes that one call steps: their state and kicks stay in the first-level cache. */
export const TILE: i32 = 256;
/** Speed classes at most; a class is a run of lanes that share one time step. */
export const CLASSES: i32 = 64;

export const PARAMETERS: usize = 65536;
export const CONSTANTS: usize = 66560;
export const KEYS: usize = 68608;
export const RUNS: usize = 69632;

const ROW: usize = 10240; // CAPACITY * 8; not a multiple of 4096, so that the arrays do not share cache sets
const FIRST: usize = 73728;
export const S: usize = FIRST;
export const XI: usize = FIRST + ROW;
export const M: usize = FIRST + 2 * ROW;
export const B: usize = FIRST + 3 * ROW;
export const GRADIENT: usize = FIRST + 4 * ROW;
export const XI_BEFORE: usize = FIRST + 5 * ROW;
/** Speed over the reference speed: path length per unit of kernel time. */
export const SPEED: usize = FIRST + 6 * ROW;
/** Scattering rate in kernel units. */
export const NU: usize = FIRST + 7 * ROW;
/** Momentum over the reference momentum (constant without a potential). */
export const P: usize = FIRST + 8 * ROW;
/** Kinetic energy at the place where the potential is zero, over mass x reference speed squared (with a potential only). */
export const ENERGY: usize = FIRST + 9 * ROW;
/** Starting magnetic moment, in units of pRef^2 / (2 mass Bmin). */
export const MU0: usize = FIRST + 10 * ROW;
/** Starting pitch cosine: the local one, or the midplane one squared where motion turns it (see `folded`). */
export const XI0: usize = FIRST + 11 * ROW;
/** With forces: potential energy and force at the particle's place, of the static potential alone. */
export const WELL: usize = FIRST + 12 * ROW;
export const FORCE: usize = FIRST + 13 * ROW;
const NARROW: usize = FIRST + 14 * ROW;
const HALF: usize = 5120;
/** Index of the particle inside its block. */
export const ID: usize = NARROW;
/** High and low word of the first Philox product, a constant of the particle. */
export const PHILOX_HIGH: usize = NARROW + HALF;
export const PHILOX_LOW: usize = NARROW + 2 * HALF;
export const MU_BIN: usize = NARROW + 3 * HALF;
export const SPEED_BIN: usize = NARROW + 4 * HALF;
export const XI0_BIN: usize = NARROW + 5 * HALF;
export const ALIVE: usize = NARROW + 6 * HALF;

/** Random words of a tile: [lane / 4][4 kicks][4 lanes], 32 bits. */
export const WORDS: usize = NARROW + 7 * HALF;
/**
 * Kicks of a tile: per 4 lanes and kick, 4 x first number and 4 x second number, f32. The gap before them takes what the
 * fused pass writes one group beyond the words and one group ahead of the kicks.
 */
export const KICKS: usize = WORDS + 4096 + 128;
/** Scratch for the initial draws, in particle order. */
export const DRAFT: usize = KICKS + 8192;
/** How each particle of the block ended: rows of 8 numbers by its index: fate, time, place, xi, speed. */
export const OUTCOMES: usize = DRAFT + 5 * ROW;
/** Four copies of one snapshot's histogram of midplane pitch (at most 4096 bins, 32 bits). */
export const PITCH_COPIES: usize = OUTCOMES + 65536;
/** Four copies of one snapshot's moments by bin of starting mu (at most 512 bins): mu, mu^2 and number, dmu, dmu^2, 64 bits. */
export const MU_COPIES: usize = PITCH_COPIES + 65536;
/** The same by bin of starting pitch (at most 512): change, its square and number. */
export const XI_COPIES: usize = MU_COPIES + 65536;
/** Splits that lie behind a lane's particle: 0 without rare-event splitting. */
export const LEVEL: usize = XI_COPIES + 32768;
/** Everything above is the host's: tables, then tallies. */
export const TABLES: usize = LEVEL + HALF;

/** What the host says once a run (and, in the fields marked so, once a stage). Every field is eight bytes wide. */
@unmanaged
@final
export class Parameters {
  // field
  fieldKind: f64; // 0 uniform, 1 parabolic (B = 1 + s^2), 2 tabulated
  fieldTable: f64; // address of 4 coefficients per cell
  fieldStart: f64;
  fieldInverseStep: f64;
  fieldCells: f64;
  // boundary
  boundaryKind: f64; // 0 none, 1 throat, 2 reflecting, 3 periodic, 4 cone
  half: f64; // |s| of the throats, infinity where there is no end
  coneSides: f64; // bit 0 left, bit 1 right
  // operator
  operator: f64; // 0 none, 1 exact, 2 Euler-Maruyama, 3 binomial
  oneSpeed: f64; // 1: every particle has the reference speed
  oneRate: f64; // 1: nu is the same for all
  homogeneous: f64; // 1: no motion along the line
  // initial tables: address, cells
  speedTable: f64;
  speedCells: f64;
  pitchTable: f64;
  pitchCells: f64;
  placeTable: f64;
  placeCells: f64;
  trappedOnly: f64;
  pitchStrata: f64; // 1 without stratified starts
  speedStrata: f64;
  mirrorRatio: f64; // Bmax / Bmin at the lower throat, 0 where there is no throat
  // axes
  speedBins: f64; // kept bins; one more collects what lies outside
  speedLow: f64;
  speedInverseWidth: f64;
  xiBins: f64;
  placeBins: f64;
  placeLow: f64;
  placeInverseWidth: f64;
  muBins: f64;
  muInverseWidth: f64;
  startXiBins: f64;
  startXiLow: f64;
  startXiInverseWidth: f64;
  folded: f64; // 1: changes of pitch are those of the midplane one squared, since motion turns it; 0: of the local one
  edgeBins: f64; // fine bins of |midplane pitch| about the edge of the loss cone, 0 where there is none
  edgeLow: f64;
  edgeInverseWidth: f64;
  middle: f64; // place of the least field
  middleReach: f64; // fine bins count who is as near to it
  lossBins: f64;
  lossInverseWidth: f64;
  listed: f64; // particles that the host lists one by one
  speedScale: f64;
  // powers of two that bring the summed quantities below 1
  placeScale: f64;
  muScale: f64;
  energyScale: f64;
  pressureScale: f64;
  timeScale: f64;
  // relativity and forces
  inverseC2: f64; // (reference speed / c)^2
  gammaRef: f64;
  forced: f64; // 1: a potential or a parallel field acts
  potentialTable: f64; // Hermite cells as the field's
  potentialStart: f64;
  potentialInverseStep: f64;
  potentialCells: f64;
  forceTable: f64; // parallel field, acceleration in kernel units
  forceStart: f64;
  forceInverseStep: f64;
  forceCells: f64;
  forceTimeTable: f64; // g(t), linear
  forceTimeInverseStep: f64;
  forceTimeCells: f64;
  rateTable: f64; // nu against momentum squared, 256 cells an octave
  rateFirst: f64; // upper 20 bits of the first cell's momentum squared
  rateCells: f64;
  throatPotentialLeft: f64; // q phi at the throats minus at the midplane, kernel units of energy
  throatPotentialRight: f64;
  middlePotential: f64;
  throatFieldLeft: f64;
  throatFieldRight: f64;
  lowestPotential: f64;
  highestPotential: f64; // infinite where a parallel field may slow any particle down
  maximumMomentum2: f64; // a momentum beyond it is a numerical fault
  // time steps: class k steps by shortestStep * 2^(k/2)
  pathStep: f64;
  tauStep: f64;
  shortestStep: f64;
  classes: f64;
  // rare-event splitting
  rareLevels: f64; // 0: none
  rareTable: f64; // depth of each level, one more that is out of reach
  rareRim: f64; // polar angle of the loss cone's edge at the midplane
  rareLinear: f64; // distance to it by the angle beyond it, x: linear x + square x^2
  rareSquare: f64;
  rareSides: f64; // as coneSides where the sign of xi tells the sides apart, else both
  rareEnd: f64; // when the last particle has to be in the loss cone
  // addresses of tallies
  tallyLocal: f64;
  tallyMidplane: f64;
  tallyPlace: f64;
  tallyLegendre: f64;
  tallyPosition: f64;
  tallyPosition2: f64;
  tallyMuCount: f64;
  tallyMu: f64;
  tallyXiCount: f64;
  tallyXi: f64;
  tallyStartXi: f64;
  tallyEdge: f64;
  tallyPressure: f64;
  tallyMidplanePressure: f64;
  tallyEnergy: f64;
  tallyEnergy2: f64;
  tallyLosses: f64;
  tallyLossTime: f64;
  tallyFates: f64;
  tallyFaultTimes: f64;
  tallyTrapped: f64;
  tallyRareLosses: f64;
  tallyRareFates: f64;
}

export const parameters: Parameters = changetype<Parameters>(PARAMETERS);
