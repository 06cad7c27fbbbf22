/** SI units of the plan's reference numbers; what is not here is a pure number. */
export const referenceUnits: Readonly<Record<string, string>> = {
  speed: 'm/s',
  nu: '1/s',
  length: 'm',
  Bmin: 'T',
  Bmax: 'T',
  bouncePeriod: 's',
  timeUnit: 's',
  lengthUnit: 'm',
  centre: 'm',
  bounceWeight: 'm',
  edgeVolume: 'm',
  longestStep: 's',
  shortestStep: 's',
  startMomenta: 'kg m/s',
  startRates: '1/s',
};
