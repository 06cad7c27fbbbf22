import {
  mirrorFieldStrength,
  PROTON,
  parabolicBouncePeriod,
  parabolicScale,
  speedFromEnergy,
} from '../../../physics/index.js';
import type { HeatData } from '../../messages.js';
import { energy, mirrorRatio } from '../knobs.js';
import { digits, type Lesson, numberOf, reading, runFirst, type Settings } from '../lesson.js';
import { alpha0, Bmax, Bmin, equation, frac, math, row, sqrt, sub, sup, vPar } from '../math.js';
import { northrop, post } from '../sources.js';
import { fitSwing, placesOf } from '../swing.js';

/** Throat to throat [m]; least field [T]. */
const length = 2;
const keV = 1.602176634e-16;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Where these protons turn and how long they take to and fro: the guiding centre's exact motion in a parabola. */
export function bounceOf({ pitch, ratio, energy }: Settings) {
  const alpha = radians(pitch);
  const speed = speedFromEnergy(energy * keV, PROTON.mass);
  const scale = parabolicScale(ratio, length);
  return {
    amplitude: scale / Math.tan(alpha),
    amplitudeError: 0,
    period: parabolicBouncePeriod(speed, Math.cos(alpha), scale),
    periodError: 0,
    held: mirrorFieldStrength(Math.cos(alpha), 1) < ratio,
  };
}

/** The least mirror ratio that holds a pitch angle at the midplane [deg]. */
export const leastRatio = (pitch: number): number => mirrorFieldStrength(Math.cos(radians(pitch)), 1);

function seen(map: HeatData | undefined, settings: Settings) {
  const theory = bounceOf(settings);
  if (map?.name !== 'place' || !theory.held) return undefined;
  const swing = fitSwing(map.times, placesOf(map), theory);
  // Near the turn many moments fall into one bin: the place is known no better than where it lies in that.
  const inBin = (map.edges[1] - map.edges[0]) / Math.sqrt(12);
  return swing && { ...swing, amplitudeError: Math.hypot(swing.amplitudeError, inBin) };
}

function Text() {
  return (
    <>
      <p>
        In a static field without electric field a particle keeps its speed {math('v')}, and, where the field changes
        slowly, {math('μ')}. What is left of the speed for the way along the field line is then a function of the place
        alone:
      </p>
      {equation(sub('v', '∥'), '=', '±', 'v', sqrt(row('1 -', frac(row('B ( s )'), Bmin), sup('sin', '2'), alpha0)))}
      <p>
        with {math('s')} the arc length (m), {math(Bmin)} the least field (T), at the midplane {math('s = 0')}, and{' '}
        {math(alpha0)} the <em>pitch angle</em> there: between velocity and field. The particle is pushed back by the
        force {math('- μ d B / d s')}, and it turns where
      </p>
      {equation('B =', frac(Bmin, row(sup('sin', '2'), alpha0)))}
      <p>
        Neither its mass, charge nor energy matters, but for how long it takes. If the field nowhere reaches that
        strength it is not held. The <em>mirror ratio</em> {math('R =', Bmax, '/', Bmin)} between throats and midplane
        says how strong it gets.
      </p>
      <p>
        The field of this run is a parabola, {math('B =', Bmin, '( 1 +', sup('s', '2'), '/', sup('ℓ', '2'), ')')}, with
        throats at {math('s = ± 1')} m, so {math('ℓ = ( 1 m ) /', sqrt('R - 1'))}. The force is then that of a spring,
        and the guiding centre swings as {math('s =', sub('s', 't'), 'sin ( 2 π t / T )')} with
      </p>
      {equation(sub('s', 't'), '=', 'ℓ', 'cot', alpha0, ', quad', 'T =', frac('2 π ℓ', row('v', 'sin', alpha0)))}
      <p>
        All protons of the run start at the midplane with the same {math(alpha0)} and {math(vPar, '> 0')}; there are no
        collisions. The numbers of the run are a sine through the places where the run's distribution is seen.
      </p>
    </>
  );
}

/** The angle of the question [deg]. */
const asked = 35;

export const mirror: Lesson = {
  name: 'mirror',
  short: 'The mirror',
  title: 'A particle turns back where the field has grown by 1/sin²α₀',
  Text,
  knobs: [
    {
      key: 'pitch',
      label: 'Pitch angle at the midplane, α₀',
      unit: 'deg',
      min: 10,
      max: 85,
      start: 50,
      help: '90 deg is all across the field.',
    },
    mirrorRatio({ min: 1.2, max: 20, start: 5 }),
    energy('Changes the period, not the turning point.'),
  ],
  scenario: (settings) => {
    const { pitch, ratio, energy } = settings;
    const { period } = bounceOf(settings);
    return `# Protons of one pitch bounce in a parabolic mirror, without collisions.
name: learn-mirror
species: proton
particles: { count: 20000, energy: ${digits(energy)} keV, pitch: { kind: cosine, xi: ${digits(Math.cos(radians(pitch)), 12)} }, place: midplane }
field: { kind: parabolic, B: 0.5 T, ratio: ${digits(ratio)}, length: ${length} m }
collisions: none
boundary: throat
times: { count: 90, until: ${digits(3 * period)} s }
tallies: { s: { bins: 128 }, xi: { bins: 32 } }
`;
  },
  shows: { mirror: true, map: 'place' },
  readings: (settings, shown) => {
    const theory = bounceOf(settings);
    const found = seen(shown.map, settings);
    const inside = numberOf(shown, 'fates.timeLimit');
    return [
      {
        name: 'turn',
        label: 'Turning point',
        value: found?.amplitude ?? Number.NaN,
        standardError: found?.amplitudeError ?? Number.NaN,
        unit: 'm',
        theory: theory.amplitude,
        ...(!theory.held && { theoryIs: 'beyond the throat at 1 m' }),
      },
      {
        name: 'period',
        label: 'Bounce period',
        value: found?.period ?? Number.NaN,
        standardError: found?.periodError ?? Number.NaN,
        unit: 's',
        ...(theory.held && { theory: theory.period }),
      },
      {
        name: 'inside',
        label: 'Share held',
        value: shown.rows.length === 0 ? Number.NaN : Number.isNaN(inside.value) ? 0 : inside.value,
        standardError: 0,
        unit: '1',
        theory: theory.held ? 1 : 0,
      },
    ];
  },
  remembers: ['turn', 'inside'],
  question: {
    ask: (
      <>
        Set the pitch angle to {asked} deg. What is the smallest mirror ratio that holds these protons? Set it, to 2 %.
      </>
    ),
    hint: (
      <>
        They are lost at once where {math('R')} is too small. With the throat at the turning point,{' '}
        {math('R =', frac('1', row(sup('sin', '2'), alpha0)))}.
      </>
    ),
    check: ({ settings, readings }) => {
      if (settings.pitch !== asked)
        return { right: false, words: `The question is for ${asked} deg; yours is ${settings.pitch} deg.` };
      if (!readings) return runFirst;
      const held = reading(readings, 'inside').value;
      const least = leastRatio(asked);
      if (held < 0.5)
        return {
          right: false,
          words: `With R = ${settings.ratio} your run holds nobody: the protons reach the throat before they turn.`,
        };
      const turns = `With R = ${settings.ratio} they turn at ${bounceOf(settings).amplitude.toPrecision(3)} m, ${(100 * (1 - bounceOf(settings).amplitude)).toPrecision(2)} cm before the throat`;
      if (settings.ratio <= 1.02 * least)
        return { right: true, words: `${turns}; 1/sin²α₀ = ${least.toPrecision(4)}.` };
      return { right: false, words: `All are held, but ${turns.replace('With', 'with')}: a smaller ratio will do.` };
    },
  },
  notice: [
    <>In the map the cloud runs round a closed loop: fast through the midplane, slow at its turning points.</>,
    <>Four times the energy halves the period and leaves the turning point where it was.</>,
    <>Every pitch has a period of its own, 1/sin α₀ times the shortest: protons of many pitches get out of step.</>,
  ],
  sources: [northrop, post],
};
