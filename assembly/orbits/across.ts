/** Two directions across another: the first of the axis that it is least along. */
export let acrossX: f64 = 0.0;
export let acrossY: f64 = 0.0;
export let acrossZ: f64 = 0.0;
export let otherX: f64 = 0.0;
export let otherY: f64 = 0.0;
export let otherZ: f64 = 0.0;

/** Sets them for the direction b; the second is b x the first. */
export function acrossTo(bx: f64, by: f64, bz: f64): void {
  const onX = Math.abs(bx) <= Math.abs(by) && Math.abs(bx) <= Math.abs(bz);
  const onY = !onX && Math.abs(by) <= Math.abs(bz);
  let ex: f64 = onX ? 1.0 : 0.0;
  let ey: f64 = onY ? 1.0 : 0.0;
  let ez: f64 = onX || onY ? 0.0 : 1.0;
  const along = ex * bx + ey * by + ez * bz;
  ex -= along * bx;
  ey -= along * by;
  ez -= along * bz;
  const size = 1.0 / Math.sqrt(ex * ex + ey * ey + ez * ez);
  ex *= size;
  ey *= size;
  ez *= size;
  acrossX = ex;
  acrossY = ey;
  acrossZ = ez;
  otherX = by * ez - bz * ey;
  otherY = bz * ex - bx * ez;
  otherZ = bx * ey - by * ex;
}
