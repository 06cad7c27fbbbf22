import { ELECTRON, resonance as resonanceOf, speedFromEnergy } from '../../../physics/index.js';
import { digits, type Lesson, numberOf, reading, runFirst, type Settings } from '../lesson.js';
import { equation, frac, math, row, sqrt, sub, sup, vPar, vPerp } from '../math.js';
import { kennelPetschek, schulzLanzerotti } from '../sources.js';

const keV = 1.602176634e-16;
const field = 1e-7;

/** The resonance of the electrons with the wave: a right-handed one along B0. */
export function whistlerResonance({ frequency, wavelength, amplitude, energy = 300 }: Settings) {
  const wave = {
    k: (2 * Math.PI) / (wavelength * 1e3),
    omega: 2 * Math.PI * frequency,
    sigma: -1,
    amplitude: amplitude * 1e-12,
  } as const;
  return resonanceOf(wave, field, ELECTRON, speedFromEnergy(energy * keV, ELECTRON.mass));
}

const Omega = row(frac('| q |', 'γ m'), sub('B', '0'));
const Bw = sub('B', 'w');

function Text() {
  return (
    <>
      <p>
        {math('μ')} is kept because the field changes slowly as the particle sees it. A wave along the field{' '}
        {math(sub('B', '0'))} may be seen at the very frequency of the gyration, however small its amplitude {math(Bw)}{' '}
        (T). Its field has the frequency {math('ω')} (rad/s) and the wave number {math('k')} (rad/m); a particle that
        moves along with {math(vPar)} sees it at {math('ω - k', vPar)}, by Doppler's effect. An electron turns about{' '}
        {math(sub('B', '0'))} in the right-handed sense, and so does the field of a whistler. They stay in step if
      </p>
      {equation('ω - k', vPar, '=', frac(row('| q |', sub('B', '0')), 'γ m'))}
      <p>
        with the Lorentz factor {math('γ')}. As {math('ω')} is below the gyrofrequency {math(Omega)}, electrons must
        come towards the wave: {math('k', vPar, '< 0')}. Then the force {math('q', vPerp, '×', Bw)} along the field has
        one sign for long, and turns the velocity: {math('μ')} changes by an amount proportional to {math(Bw)} and not
        exponentially small. In the frame that moves with the wave the energy is kept, so it is mostly the pitch that
        changes.
      </p>
      <p>The phase between wave and gyration obeys the equation of a pendulum. It swings about the resonance with</p>
      {equation(
        sup(sub('ω', 'tr'), '2'),
        '=',
        'k',
        vPerp,
        frac(row('| q |', Bw), 'γ m'),
        row('( 1 -', frac(sup('ω', '2'), row(sup('k', '2'), sup('c', '2'))), ')'),
      )}
      <p>
        and holds what lies within {math('± 2', sub('ω', 'tr'), '/ k')} of it in {math(vPar)}: a width that grows as{' '}
        {math(sqrt(Bw))}. Many waves of many {math('k')} kick a particle at random: {math('μ')} diffuses, and electrons
        of the radiation belts are lost into the atmosphere.
      </p>
      <p>
        The run: 300 keV electrons of all pitches in 100 nT and one whistler, for 5 ms. It finds the pitch cosine{' '}
        {math('ξ =', vPar, '/ v')} at the start from which {math('μ')} changed most.
      </p>
    </>
  );
}

const asked = -0.5;
const near = 0.02;

export const resonance: Lesson = {
  name: 'resonance',
  short: 'Resonance',
  title: 'A small wave breaks μ where it turns with the particle',
  Text,
  knobs: [
    { key: 'wavelength', label: 'Wavelength', unit: 'km', min: 40, max: 170, start: 62, help: '2π/k.' },
    {
      key: 'frequency',
      label: 'Frequency',
      unit: 'Hz',
      min: 200,
      max: 1400,
      start: 700,
      help: 'ω/2π. Electrons of 300 keV gyrate 1763 times a second here.',
    },
    {
      key: 'amplitude',
      label: 'Amplitude of the wave',
      unit: 'pT',
      min: 10,
      max: 300,
      start: 100,
      log: true,
      help: 'A thousandth of the field is 100 pT.',
    },
  ],
  scenario: ({ wavelength, frequency, amplitude }) => `# Electrons of all pitches and one whistler along the field.
name: learn-resonance
motion: fullOrbit
species: electron
particles: { count: 12288, energy: 300 keV, pitch: isotropic }
field:
  kind: wave
  B0: 100 nT
  waves:
    - { amplitude: ${digits(amplitude)} pT, polarisation: right, wavelength: ${digits(wavelength)} km, frequency: ${digits(frequency)} Hz }
times: { count: 10, until: 5 ms }
tallies: { startXi: { bins: 96 } }
`,
  shows: { figure: 'orbit-resonance' },
  readings: (settings, shown) => {
    const { pitchCosine, halfWidthCosine } = whistlerResonance(settings);
    const none = !(Math.abs(pitchCosine) < 1);
    return [
      {
        name: 'found',
        label: 'Pitch cosine of the largest change',
        ...numberOf(shown, 'resonances.1.found'),
        unit: '1',
        theory: pitchCosine,
        ...(none && { theoryIs: 'no electron is in resonance' }),
      },
      {
        name: 'change',
        label: 'rms change of μ over its mean',
        ...numberOf(shown, 'rmsMuChange'),
        unit: '1',
        theoryIs: 'grows with the amplitude',
      },
      ...(none
        ? []
        : [
            {
              name: 'width',
              label: 'Half width of the resonance in the pitch cosine',
              value: Number.NaN,
              standardError: Number.NaN,
              unit: '1',
              theory: halfWidthCosine,
              theoryIs: 'of the pendulum',
            },
          ]),
    ];
  },
  remembers: ['found', 'change'],
  question: {
    ask: (
      <>
        Leave the frequency at 700 Hz. Which wavelength brings electrons of ξ = −0.5 into resonance? Set it, to 0.02 in
        ξ.
      </>
    ),
    hint: (
      <>
        {math(vPar, '= ξ v')}, with {math('v')} = 2.33 × 10⁸ m/s. Solve the resonance for {math('k')}. A longer wave has
        a smaller {math('k')} and needs a faster electron for the same shift.
      </>
    ),
    check: ({ settings, readings }) => {
      if (settings.frequency !== 700)
        return { right: false, words: `The question is for 700 Hz; yours is ${settings.frequency} Hz.` };
      if (!readings) return runFirst;
      const { pitchCosine } = whistlerResonance(settings);
      const { value, standardError } = reading(readings, 'found');
      const minus = (x: number) => x.toFixed(3).replace('-', '−');
      if (!Number.isFinite(value))
        return { right: false, words: 'No pitch stands out in your run: a larger amplitude shows the resonance.' };
      const said = `μ changed most at ξ = ${minus(value)} ± ${standardError.toFixed(3)} in your run; the formula says ${minus(pitchCosine)}`;
      const right = Math.abs(pitchCosine - asked) <= near && Math.abs(value - asked) <= near + 3 * standardError;
      if (right) return { right, words: `${said}.` };
      return {
        right,
        words: `${said}: ${pitchCosine > asked ? 'slower than asked, so make the wave longer.' : 'faster than asked, so make the wave shorter.'}`,
      };
    },
  },
  notice: [
    <>
      Away from the resonance μ only quivers, and the larger the amplitude, the wider is the peak: four times the
      amplitude, twice the width.
    </>,
    <>
      All resonant electrons run against the wave. A higher frequency needs less of a Doppler shift and moves the peak
      towards ξ = 0.
    </>,
    <>With long waves of low frequency no electron of this energy is fast enough, and no peak is there.</>,
  ],
  sources: [
    kennelPetschek,
    schulzLanzerotti,
    {
      who: 'V. I. Karpman',
      year: 1974,
      title: 'Nonlinear effects in the ELF waves propagating along the magnetic field in the magnetosphere',
      where: 'Space Science Reviews 16, 361',
    },
  ],
};
