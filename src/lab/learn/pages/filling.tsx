import { mirrorLossLimits, PROTON, speedFromEnergy } from '../../../physics/index.js';
import { mirrorRatio } from '../knobs.js';
import { digits, type Lesson, numberOf, type Past, type Reading, reading, runFirst, type Settings } from '../lesson.js';
import { equation, frac, math, row, sub, sup, xi0 } from '../math.js';
import { kennelPetschek, northrop } from '../sources.js';

const length = 2;
const speed = speedFromEnergy(10 * 1.602176634e-16, PROTON.mass);

/** Loss rates [1/s] in the limits of weak and strong scattering and of diffusion. */
export function limitsOf({ strength, ratio }: Settings) {
  const nu = (strength * speed) / length;
  const { weak, strong, diffusive, joined } = mirrorLossLimits(ratio, strength);
  return { weak: weak * nu, strong: strong * nu, diffusive: diffusive * nu, joined: joined * nu };
}

/** Where the weak limit, which grows with nu, meets the diffusive one, which falls: `sqrt(k/(6 lambda))`, near the largest loss rate. */
export function strengthOfLargestLoss(ratio: number): number {
  const { weak, diffusive } = mirrorLossLimits(ratio, 1);
  return Math.sqrt(diffusive / weak);
}

const nu = 'ν';
const lambda = 'λ';

function Text() {
  return (
    <>
      <p>
        Collisions with a background turn the velocity by many small angles and keep its size. The distribution of the
        pitch cosine {math('ξ')} then spreads as heat does on a sphere,
      </p>
      {equation(frac('∂ F', '∂ t'), '=', nu, frac('∂', '∂ ξ'), '( 1 -', sup('ξ', '2'), ')', frac('∂ F', '∂ ξ'))}
      <p>
        with the scattering rate {math(nu)} (1/s). Trapped particles wander into the loss cone and leave; a mirror
        leaks. How fast depends on {math(nu)} times the time of flight {math('L / v')} (length {math('L')} in m, speed{' '}
        {math('v')} in m/s).
      </p>
      <p>
        <em>Weak</em> scattering, {math(nu, 'L / v ≪ 1')}: whoever crosses the edge is gone within a bounce. The cone is
        empty, the walk to its edge decides, and the loss rate is {math(lambda, nu)} with {math(lambda)} = 1.71 for{' '}
        {math('R = 5')}. <em>Strong</em> scattering: the cone is refilled faster than it empties and is as full as all
        else; more collisions do not help, and particles leave as a gas does through a hole,
      </p>
      {equation('rate =', frac('v', '2 R V'), ', quad', 'V =', row('∫', frac(sub('B', 'min'), 'B'), 'd s'))}
      <p>
        which needs {math('1 / R ≪', nu, 'L / v ≪ R')}. <em>Still stronger</em>: the mean free path becomes shorter than
        the mirror, particles diffuse along the line with {math('D =', sup('v', '2'), '/ ( 6', nu, ')')}, and collisions
        hold them back: the rate falls as {math('1 /', nu)}. So it is largest somewhere between. No formula spans all
        this: the limits are straight lines, the run fills the gap.
      </p>
    </>
  );
}

/** The ratio of the question, and how far below the largest loss rate a right answer may lie. */
const asked = 5;
const near = 0.03;

/** Of runs with the ratio asked for: their strength and loss rate, by strength. */
const measuredRates = (past: readonly Past[]) =>
  past
    .filter(({ settings }) => settings.ratio === asked)
    .map(({ settings, readings }) => ({ strength: settings.strength, ...reading(readings, 'rate') }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.strength - b.strength);

export const filling: Lesson = {
  name: 'filling',
  short: 'Collisions fill it',
  title: 'Collisions fill the loss cone: some make a mirror leak, more hold it together again',
  Text,
  knobs: [
    {
      key: 'strength',
      label: 'Strength of scattering, νL/v',
      unit: '1',
      min: 0.01,
      max: 10,
      start: 0.05,
      log: true,
      help: 'Scatterings in a flight from throat to throat.',
    },
    mirrorRatio({ min: 2, max: 20, start: 5 }),
  ],
  scenario: (settings) => `# Protons fill a mirror evenly and are scattered until most are lost.
name: learn-filling
species: proton
particles: { count: 60000, energy: 10 keV, pitch: isotropic, place: fluxTube }
field: { kind: parabolic, B: 0.5 T, ratio: ${digits(settings.ratio)}, length: ${length} m }
collisions: { strength: ${digits(settings.strength)} }
boundary: throat
times: { count: 50, until: ${digits(3 / limitsOf(settings).joined, 3)} s }
`,
  shows: { map: 'midplane', figure: 'survival' },
  readings: (settings, shown) => {
    const { weak, strong, diffusive } = limitsOf(settings);
    const rate = { label: 'Loss rate', unit: '1/s', ...numberOf(shown, 'lossRate') };
    const least = Math.min(weak, strong, diffusive);
    const is =
      least === weak ? 'limit of weak scattering' : least === strong ? 'limit of a full cone' : 'limit of diffusion';
    return [
      { name: 'rate', ...rate, theory: least, theoryIs: is },
      {
        name: 'rateTime',
        label: <>Loss rate × {math('L / v')}</>,
        value: (rate.value * length) / speed,
        standardError: (rate.standardError * length) / speed,
        unit: '1',
        theory: (least * length) / speed,
        theoryIs: is,
      },
      {
        name: 'filling',
        label: 'Filling of the loss cone',
        ...numberOf(shown, 'filling'),
        unit: '1',
        theoryIs: '0 where scattering is weak, 1 where it is strong',
      },
    ] satisfies Reading[];
  },
  remembers: ['rate', 'filling'],
  question: {
    ask: (
      <>
        At R = {asked}, which νL/v makes the mirror leak fastest? Run some, and set the best: a run on either side of it
        must have a smaller loss rate, beyond the errors.
      </>
    ),
    hint: (
      <>
        The weak limit grows as {math(nu)}, the diffusive one falls as {math('1 /', nu)}. Begin where they meet; between
        factors of two the list of your runs shows the top of the hill. {math('F')} at {math(xi0)} in the cone tells
        why.
      </>
    ),
    check: ({ settings, readings, past }) => {
      if (settings.ratio !== asked)
        return { right: false, words: `The question is for R = ${asked}; yours is ${settings.ratio}.` };
      if (!readings) return runFirst;
      const { value, standardError } = reading(readings, 'rate');
      if (!Number.isFinite(value))
        return { right: false, words: 'Your run gives no loss rate here: another νL/v does.' };
      const clearly = (one: { value: number; standardError: number }) =>
        (value - one.value) / Math.hypot(standardError, one.standardError);
      const others = measuredRates(past);
      const better = others.find((one) => one.value > (1 + near) * value && clearly(one) < -3);
      const kHz = (x: number) => `${(x / 1e3).toPrecision(4)} × 10³/s`;
      const here = `With νL/v = ${settings.strength} your run lost at ${kHz(value)} ± ${kHz(standardError)}`;
      if (better)
        return { right: false, words: `${here}; yours with ${better.strength} lost faster, at ${kHz(better.value)}.` };
      const within = (one: { strength: number }) =>
        Math.abs(Math.log(one.strength / settings.strength)) < Math.log(4.01);
      const below = others.some((one) => one.strength < settings.strength && within(one) && clearly(one) > 3);
      const above = others.some((one) => one.strength > settings.strength && within(one) && clearly(one) > 3);
      if (!below || !above)
        return {
          right: false,
          words: `${here}. Is that the most? Run a ${below ? 'larger' : above ? 'smaller' : 'smaller and a larger'} νL/v too, at most four times away, and come back.`,
        };
      const meet = strengthOfLargestLoss(asked);
      return {
        right: true,
        words: `${here}, and less on either side. The weak and the diffusive limit meet at ${meet.toPrecision(2)}: the top is flat and near it.`,
      };
    },
  },
  notice: [
    <>
      Filling: near 0.2 at νL/v = 0.01, near 1 from 0.5 on. In the map the cone beyond the red lines grows as bright as
      the rest.
    </>,
    <>At νL/v = 0.01 the rate is still 15 % below the weak limit: it is approached only as the square root of νL/v.</>,
    <>Particles leave equally fast at νL/v = 0.1 and at 5: once too few collisions hold them, once too many.</>,
  ],
  sources: [
    kennelPetschek,
    {
      who: 'V. P. Pastukhov',
      year: 1974,
      title: 'Collisional losses of electrons from an adiabatic trap in a plasma with a positive potential',
      where: 'Nuclear Fusion 14, 3 (losses over a potential)',
    },
    northrop,
  ],
};
