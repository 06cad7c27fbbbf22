import { larmorRadius, PROTON, sheetKickExponent } from '../../../physics/index.js';
import { digits, type Lesson, numberOf, reading, runFirst, type Settings } from '../lesson.js';
import { equation, frac, math, row, sqrt, sub, sup } from '../math.js';
import { northrop } from '../sources.js';

/** Field far from the sheet [T]; speed of the protons [m/s], half of its square across the field. */
const B0 = 5e-9;
const speed = Math.SQRT2 * 1e6;
const rho0 = larmorRadius(PROTON.mass * speed, PROTON.charge, B0);
/** What stands before the exponential, as it was measured here for Bn = B0 and a lambda of 2 to 6. */
const before = 3.2;

/** kappa at the middle of the sheet, and how fast kicks fall: lambda. */
export function sheetOf({ thickness, normal }: Settings) {
  const L = (thickness * 1e3) / rho0;
  return { kappa: normal * Math.sqrt(L), lambda: sheetKickExponent(normal, L, Math.SQRT1_2) };
}

/** The thickness [km] at which the estimate of the kick is so large, for Bn = B0. */
export function thicknessOfKick(kick: number): number {
  return (Math.log(before / kick) / sheetKickExponent(1, 1, Math.SQRT1_2)) * rho0 * 1e-3;
}

const Bn = sub('B', 'n');
const Bzero = sub('B', '0');
const rhoN = sub('ρ', 'n');

function Text() {
  return (
    <>
      <p>In the tail of a magnetosphere the field turns round within a thin sheet of current,</p>
      {equation('𝐁 =', Bzero, 'tanh', frac('z', 'L'), sub('𝐞', 'x'), '+', Bn, sub('𝐞', 'z'))}
      <p>
        with half thickness {math('L')} (m), {math(Bzero)} = 5 nT far away and a small field {math(Bn)} through the
        sheet. In the middle it is weakest and, as {math('B')} has its minimum there, {math('d B / d z = 0')}: a test by
        the gradient alone would call the motion adiabatic. But the field lines bend, with a radius of curvature{' '}
        {math(sub('R', 'c'), '= L', Bn, '/', Bzero)}. What counts is how that compares with the Larmor radius{' '}
        {math(rhoN, '= m v / ( | q |', Bn, ')')} there:
      </p>
      {equation(
        'κ =',
        sqrt(frac(sub('R', 'c'), rhoN)),
        '=',
        frac(Bn, Bzero),
        sqrt(frac('L', sub('ρ', '0'))),
        ', quad',
        sub('ρ', '0'),
        '=',
        frac('m v', row('| q |', Bzero)),
      )}
      <p>
        For {math('κ ≫ 1')} a crossing kicks {math('μ')} by an amount that falls exponentially, and whose sign depends
        on the gyrophase in the middle:
      </p>
      {equation(
        frac('Δ μ', 'μ'),
        '∼',
        sup('e', row('- Λ')),
        ', quad',
        'Λ ≈',
        frac('2', '3'),
        sup('κ', '2'),
        row('( for'),
        Bn,
        '≪',
        Bzero,
        ')',
      )}
      <p>
        ({math('Λ')} is the gyrophase that passes on the way, in the complex plane, to the place where {math('B')} is
        zero; the factor before it is of order one.) Near {math('κ = 1')} kicks are of the size of {math('μ')} itself
        and successive ones are as good as random: chaos. For {math('κ < 1')} the particle meanders across the middle,
        as Speiser described, and {math('μ')} means nothing there.
      </p>
      <p>
        The run sends protons of {math(sub('v', '⊥'), '=', sub('v', '∥'))} = 1000 km/s through the sheet once, from far
        away to far away, where {math('μ')} is exact. Here {math(sub('ρ', '0'))} = 2953 km.
      </p>
    </>
  );
}

const asked = 0.1;
const near = 0.01;

export const sheet: Lesson = {
  name: 'sheet',
  short: 'The current sheet',
  title: 'In a current sheet μ breaks where field lines bend as tightly as particles gyrate',
  Text,
  knobs: [
    {
      key: 'thickness',
      label: 'Half thickness, L',
      unit: 'km',
      min: 500,
      max: 40000,
      start: 5000,
      log: true,
      help: 'The larger, the gentler.',
    },
    {
      key: 'normal',
      label: 'Field through the sheet, Bₙ/B₀',
      unit: '1',
      min: 0.25,
      max: 1,
      start: 1,
      help: 'The smaller, the tighter the bend, and the longer the run.',
    },
  ],
  scenario: (settings) => {
    const { thickness, normal } = settings;
    // tanh is 1 to rounding only at 19 L; at 8 L what is left of the bend is below 1e-6
    const far = Math.max(8 * thickness * 1e3, 6 * rho0);
    const until = ((2.4 * far) / (speed * Math.SQRT1_2)) * (Math.hypot(1, normal) / normal);
    return `# Protons cross a current sheet once, from where B is uniform to where it is again.
name: learn-sheet
motion: { kind: fullOrbit, tolerance: 1e-3 }
species: proton
particles: { count: 2048, speed: 1.41421356e6 m/s, pitch: { kind: cosine, xi: 0.70710678 }, place: [0 m, 0 m, ${digits(-far, 4)} m] }
field: { kind: currentSheet, B0: 5 nT, thickness: ${digits(thickness)} km, normalField: ${digits(5 * normal)} nT }
times: { count: 20, until: ${digits(until, 4)} s }
outputs: { trajectories: { particles: 3, every: ${digits(until / 600, 3)} s } }
`;
  },
  shows: { figure: 'orbit-mu-path' },
  readings: (settings, shown) => {
    const { kappa, lambda } = sheetOf(settings);
    const known = { value: Number.NaN, standardError: Number.NaN, unit: '1' };
    return [
      {
        name: 'kick',
        label: 'rms kick of μ, over μ',
        ...numberOf(shown, 'rmsKick'),
        unit: '1',
        ...(lambda > 1 && { theory: before * Math.exp(-lambda), theoryIs: '3.2 exp(−Λ): right to a factor of 2' }),
      },
      {
        name: 'mean',
        label: 'Mean change of μ, over μ',
        ...numberOf(shown, 'muChange'),
        unit: '1',
        theoryIs: '≈ 0 where kicks are small: signs cancel',
      },
      { name: 'kappa', label: 'κ', ...known, theory: kappa },
      { name: 'lambda', label: 'Λ', ...known, theory: lambda },
    ];
  },
  remembers: ['kick', 'mean'],
  question: {
    ask: <>With Bₙ = B₀, how thin must the sheet be for a crossing to kick μ by 10 % (rms)? Set L, to 1 % of μ.</>,
    hint: (
      <>
        The kick falls by e for each 1 that {math('Λ')} grows, and {math('Λ')} is proportional to {math('L')}. Two runs
        give the line; the answer lies on it.
      </>
    ),
    check: ({ settings, readings }) => {
      if (settings.normal !== 1)
        return { right: false, words: `The question is for Bₙ = B₀; yours is ${settings.normal} B₀.` };
      if (!readings) return runFirst;
      const { value, standardError } = reading(readings, 'kick');
      const { kappa } = sheetOf(settings);
      const said = `A sheet of ${settings.thickness} km (κ = ${kappa.toFixed(2)}) kicked μ by ${(100 * value).toFixed(2)} ± ${(100 * standardError).toFixed(2)} % in your run`;
      if (kappa < 1.2)
        return {
          right: false,
          words: `${said}: that is chaos, where μ is no longer anything. Look for a thicker sheet.`,
        };
      if (Math.abs(value - asked) <= near) return { right: true, words: `${said}.` };
      return {
        right: false,
        words: `${said}: ${value > asked ? 'more than asked, so make it thicker.' : 'less than asked, so make it thinner.'}`,
      };
    },
  },
  notice: [
    <>From 15 000 to 25 000 km the kick falls tenfold; a power of L would not do that.</>,
    <>
      All protons start alike but for their gyrophase: μ goes up for some and down for others, and its mean hardly
      changes while kicks are small.
    </>,
    <>With Bₙ = B₀/4 a sheet must be far thicker to be as gentle: it is κ that counts, not L over the Larmor radius.</>,
  ],
  sources: [
    {
      who: 'J. Büchner and L. M. Zelenyi',
      year: 1989,
      title:
        'Regular and chaotic charged particle motion in magnetotaillike field reversals: 1. Basic theory of trapped motion',
      where: 'Journal of Geophysical Research 94, 11821',
      doi: '10.1029/JA094iA09p11821',
    },
    {
      who: 'T. J. Birmingham',
      year: 1984,
      title: 'Pitch angle diffusion in the Jovian magnetodisc',
      where: 'Journal of Geophysical Research 89, 2699',
    },
    {
      who: 'T. W. Speiser',
      year: 1965,
      title: 'Particle trajectories in model current sheets: 1. Analytical solutions',
      where: 'Journal of Geophysical Research 70, 4219',
    },
    northrop,
  ],
};
