import { addCount, fixed } from '../tallies/losses';
import { addKick } from './kicks';
import { ALIVE, EPSILON, INVERSE_GAMMA, MU_BIN, MU0, orbit, RAW_MU0, UX, UY, UZ, X0, Y0, Z, Z0 } from './layout';
import { centreX, centreY, centreZ, epsilon, measure, momentum2, mu, pitch, rawMu } from './measure';

function add(address: usize, value: f64): void {
  store<i64>(address, load<i64>(address) + fixed(value));
}

/** x in quanta of 2^-46, as changes of mu ask for; a block's sum has room for 2^17, so what is beyond 64 counts as 64. */
function addFine(address: usize, x: f64): void {
  store<i64>(address, load<i64>(address) + <i64>nearest(Math.min(64.0, Math.max(-64.0, x)) * 70368744177664.0));
}

/** Bin of a value on an axis; what lies outside is put into the outermost. */
function binOf(value: f64, low: f64, inverseWidth: f64, bins: f64): usize {
  const at = (value - low) * inverseWidth;
  return <usize>(at >= 0.0 ? Math.min(bins - 1.0, at) : 0.0);
}

/** Bin of mu over its start: by the logarithm to base 2, all below and above in the outermost. */
export function ratioBin(ratio: f64): usize {
  if (!(ratio > 0.0)) return 0;
  return binOf(Math.log2(ratio), orbit.ratioLow, orbit.ratioInverseWidth, orbit.ratioBins);
}

function addMu(row: usize, now: f64, start: f64): void {
  const scaled = now * orbit.muScale;
  const change = (now - start) * orbit.muScale;
  add(row, scaled);
  add(row + 8, scaled * scaled);
  addFine(row + 16, change);
  addFine(row + 24, change * change);
}

/** Adds the lanes 0 .. count - 1 to row `row` of the tallies by time. */
export function orbitSnapshot(count: i32, row: i32, time: f64): void {
  const t = <usize>row;
  for (let lane: usize = 0; lane < <usize>count; lane++) {
    if (!load<u32>(ALIVE + (lane << 2))) continue;
    const at = lane << 3;
    measure(lane, time);
    addCount(<usize>orbit.tallyInside + (t << 2));
    const energy = (momentum2 / (1.0 + 1.0 / load<f64>(at + INVERSE_GAMMA))) * orbit.energyScale;
    add(<usize>orbit.tallyEnergy + (t << 4), energy);
    add(<usize>orbit.tallyEnergy + (t << 4) + 8, energy * energy);

    const start = load<f64>(at + MU0);
    const bin = t * <usize>orbit.muBins + <usize>load<u32>(MU_BIN + (lane << 2));
    addCount(<usize>orbit.tallyMuCount + (bin << 2));
    addMu(<usize>orbit.tallyMu + (bin << 5), mu, start);
    addMu(<usize>orbit.tallyRawMu + (t << 5), rawMu, load<f64>(at + RAW_MU0));
    addCount(<usize>orbit.tallyRatio + ((t * <usize>orbit.ratioBins + ratioBin(mu / start)) << 2));

    addKick(lane, t, mu);

    const xi = binOf(pitch, -1.0, 0.5 * orbit.xiBins, orbit.xiBins);
    const place = binOf(load<f64>(at + Z), orbit.placeLow, orbit.placeInverseWidth, orbit.placeBins);
    addCount(<usize>orbit.tallyPlace + (((t * <usize>orbit.placeBins + place) * <usize>orbit.xiBins + xi) << 2));

    const shift = <usize>orbit.tallyShift + t * 48;
    const dx = (centreX - load<f64>(at + X0)) * orbit.placeScale;
    const dy = (centreY - load<f64>(at + Y0)) * orbit.placeScale;
    const dz = (centreZ - load<f64>(at + Z0)) * orbit.placeScale;
    add(shift, dx);
    add(shift + 8, dy);
    add(shift + 16, dz);
    add(shift + 24, dx * dx);
    add(shift + 32, dy * dy);
    add(shift + 40, dz * dz);

    const worst = Math.max(epsilon, load<f64>(at + EPSILON));
    store<f64>(at + EPSILON, worst);
    const rank = binOf(Math.log2(epsilon), orbit.epsilonLow, orbit.epsilonInverseWidth, orbit.epsilonBins);
    addCount(<usize>orbit.tallyEpsilon + ((t * <usize>orbit.epsilonBins + rank) << 2));
  }
}
