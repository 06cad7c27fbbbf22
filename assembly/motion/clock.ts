/** Time at the beginning of the current motion step, kernel units; a loss is dated from it. */
export let clock: f64 = 0.0;

export function setClock(time: f64): void {
  clock = time;
}
