import { gyrofrequency, PROTON } from '../../../physics/index.js';
import { digits, type Lesson, numberOf, reading, runFirst, type Settings } from '../lesson.js';
import { B1, B2, equation, frac, math, pPerp2, row, sub, subsup, sup } from '../math.js';
import { caryBrizard, northrop } from '../sources.js';

/** The field at first [T]. */
const from = 0.01;
/** The ramp is followed for so many of its durations before and after its middle: the rest of the tanh is below 1e-8. */
const tails = 20;

/**
 * mu afterwards over mu before for an orbit that is centred on the axis, exact for any gyrophase:
 * `1/(1 - P)`, `P = [sinh(pi s (O2 - O1)/2)/sinh(pi s (O2 + O1)/2)]^2`.
 * @param ramp s [s]
 * @param to field at last [T]
 * @example muAfterRamp(1e-12, 0.02) // ≈ 1.125
 */
export function muAfterRamp(ramp: number, to: number): number {
  const [O1, O2] = [from, to].map((B) => gyrofrequency(B, PROTON.charge, PROTON.mass));
  const x = (Math.PI * ramp) / 2;
  // sinh(x |O2 - O1|)/sinh(x (O2 + O1)), which does not overflow
  const [d, a] = [x * Math.abs(O2 - O1), x * (O1 + O2)];
  const root = (Math.exp(d - a) * -Math.expm1(-2 * d)) / -Math.expm1(-2 * a);
  return 1 / (1 - root * root);
}

const omega1 = sub('Ω', '1');
const omega2 = sub('Ω', '2');

function Text() {
  return (
    <>
      <p>
        A particle of charge {math('q')} and mass {math('m')} circles a field {math('B')} with the gyrofrequency{' '}
        {math('Ω = | q | B / m')} (rad/s) on a Larmor radius {math('ρ =', sub('p', '⊥'), '/ ( | q | B )')}. Its{' '}
        <em>magnetic moment</em> is
      </p>
      {equation('μ =', frac(pPerp2, '2 m B'), '=', frac(sub('W', '⊥'), 'B'))}
      <p>
        with {math(sub('p', '⊥'))} the momentum across the field and {math(sub('W', '⊥'))} the energy of the gyration
        (the second form holds at small speeds); its unit is J/T. Up to a constant it is the action of the gyration,{' '}
        {math('∮ p d q = ( 2 π m / | q | ) μ')}, and an action is an <em>adiabatic invariant</em>: where the
        surroundings change smoothly and slowly, it changes not by a small power of their rate but by less than any,
        exponentially little.
      </p>
      <p>
        Here a uniform field grows from {math(B1)} = 10 mT to {math(B2)}, smoothly and in a time {math('s')}:
      </p>
      {equation(
        sup('B', '2'),
        '=',
        frac(row(subsup('B', '1', '2'), '+', subsup('B', '2', '2')), '2'),
        '+',
        frac(row(subsup('B', '2', '2'), '-', subsup('B', '1', '2')), '2'),
        'tanh',
        frac('t', '2 s'),
      )}
      <p>
        The electric field that this induces spins the proton up. If {math('μ')} is kept, {math(sub('W', '⊥'))} grows by{' '}
        {math(B2, '/', B1)} and the circle shrinks. For circles about the axis the answer is known exactly:
      </p>
      {equation(
        frac(sub('μ', 'after'), sub('μ', 'before')),
        '=',
        frac('1', '1 - P'),
        ', quad',
        'P =',
        frac(
          row(sup('sinh', '2'), '[ π s (', omega2, '-', omega1, ') / 2 ]'),
          row(sup('sinh', '2'), '[ π s (', omega2, '+', omega1, ') / 2 ]'),
        ),
      )}
      <p>
        Where the field grows and {math('s', omega1, '> 1')}, this leaves {math('P ≈ exp ( - 2 π s', omega1, ')')}; a
        sudden one ({math('s → 0')}) makes {math('μ')} grow by{' '}
        {math(sup(row('(', omega1, '+', omega2, ')'), '2'), '/ ( 4', omega1, omega2, ')')}, which is 9/8 for a field
        that doubles.
      </p>
    </>
  );
}

const wanted = 0.05;

export const mu: Lesson = {
  name: 'mu',
  short: 'What μ is',
  title: 'The magnetic moment is kept while the field changes slowly',
  Text,
  knobs: [
    {
      key: 'ramp',
      label: 'Duration of the ramp, s',
      unit: 'ns',
      min: 100,
      max: 4000,
      start: 2000,
      log: true,
      help: 'A gyration at 10 mT takes 6560 ns.',
    },
    {
      key: 'to',
      label: 'Field at last, B₂',
      unit: 'mT',
      min: 5,
      max: 80,
      start: 20,
      log: true,
      help: 'At first it is 10 mT.',
    },
    {
      key: 'energy',
      label: 'Energy at first',
      unit: 'keV',
      min: 0.1,
      max: 10,
      start: 1,
      log: true,
      help: 'All of it across the field.',
    },
  ],
  scenario: ({ ramp, to, energy }: Settings) => {
    const half = Math.max(tails * ramp * 1e-3, 20);
    return `# A proton that circles the axis of a field that grows (or falls) in time.
name: learn-mu
motion: { kind: fullOrbit, tolerance: 1e-5 }
species: proton
particles: { count: 64, energy: ${digits(energy)} keV, pitch: { kind: cosine, xi: 0 }, place: [0 m, 0 m, 0 m] }
field: { kind: ramp, from: 10 mT, to: ${digits(to)} mT, course: { kind: tanh, centre: ${digits(half)} us, width: ${digits(ramp)} ns } }
times: { count: 40, until: ${digits(2 * half)} us }
outputs: { trajectories: { particles: 1, every: ${digits(half / 300)} us } }
`;
  },
  shows: { figure: 'orbit-mu-path' },
  readings: ({ ramp, to }, shown) => {
    const factor = muAfterRamp(ramp * 1e-9, to * 1e-3);
    const change = numberOf(shown, 'muChange');
    const [start, gain] = [numberOf(shown, 'meanEnergyStart').value, numberOf(shown, 'energyChange').value];
    const step = 'all orbits are alike: what is left between run and theory is the error of the step';
    return [
      {
        name: 'change',
        label: 'Change of μ, over μ',
        ...change,
        standardError: 0,
        unit: '1',
        theory: factor - 1,
        note: step,
      },
      {
        name: 'energy',
        label: 'Energy after over energy before',
        value: 1 + gain / start,
        standardError: 0,
        unit: '1',
        theory: (factor * to) / (from * 1e3),
      },
    ];
  },
  remembers: ['change', 'energy'],
  question: {
    ask: (
      <>
        Let the field double, to 20 mT. How short must the ramp be for μ to grow by 5 %? Set it, to a twentieth of those
        5 %.
      </>
    ),
    hint: (
      <>
        A sudden ramp gives 12.5 %. In the formula only the product {math('s Ω')} counts, so the energy does not matter;
        halve the interval that the answer must lie in.
      </>
    ),
    check: ({ settings, readings }) => {
      if (settings.to !== 20)
        return {
          right: false,
          words: `The question is for a field of 20 mT at last; yours goes to ${settings.to} mT.`,
        };
      if (!readings) return runFirst;
      const { value } = reading(readings, 'change');
      const theory = muAfterRamp(settings.ramp * 1e-9, 0.02) - 1;
      const percent = (x: number) => `${(100 * x).toPrecision(4)} %`;
      const found = `In your run μ grew by ${percent(value)}, and theory says ${percent(theory)}, with a ramp of ${settings.ramp} ns`;
      if (Math.abs(value - wanted) <= wanted / 20) return { right: true, words: `${found}: about 1/17 of a gyration.` };
      return {
        right: false,
        words: `${found}: ${value > wanted ? 'too much, so make it slower.' : 'too little, so make it faster.'}`,
      };
    },
  },
  notice: [
    <>
      Twice the duration nearly squares {math('P')}: from 500 to 1000 and 2000 ns the change of μ falls from 3 % to 0.2
      % and 0.0006 %.
    </>,
    <>The energy at first changes nothing in either number: only {math('s Ω')} and the ratio of the fields count.</>,
    <>
      Let the field fall to 5 mT: the energy falls with it, but a fast ramp still makes {math('μ')} grow. For these
      orbits it can only grow.
    </>,
  ],
  sources: [
    northrop,
    caryBrizard,
    {
      who: 'C. Eckart',
      year: 1930,
      title: 'The penetration of a potential barrier by electrons',
      where: 'Physical Review 35, 1303 (the same equation, with x for t: P is a reflection)',
      doi: '10.1103/PhysRev.35.1303',
    },
  ],
};
