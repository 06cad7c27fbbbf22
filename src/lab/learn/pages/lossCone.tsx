import {
  lossConeCosine,
  PROTON,
  parabolicScale,
  speedFromEnergy,
  trappedFractionAtMidplane,
} from '../../../physics/index.js';
import { energy, mirrorRatio } from '../knobs.js';
import { digits, type Lesson, numberOf, type Settings } from '../lesson.js';
import { alpha0, Bmax, Bmin, equation, frac, math, row, sqrt, sub, sup, vPar, vPerp } from '../math.js';
import { northrop, post, schulzLanzerotti } from '../sources.js';

const length = 2;
const keV = 1.602176634e-16;

/** A quarter of the bounce of those at the edge of the cone, after which nobody who can leave is inside [s]. */
const clearing = ({ ratio, energy }: Settings) =>
  ((Math.PI / 2) * parabolicScale(ratio, length) * Math.sqrt(ratio)) / speedFromEnergy(energy * keV, PROTON.mass);

/** The ratio whose cones have half the solid angle of another ratio's: `1 - xiLC` halves. */
export function ratioOfHalfTheCone(ratio: number): number {
  const edge = 1 - (1 - lossConeCosine(ratio)) / 2;
  return 1 / (1 - edge * edge);
}

const alphaLC = sub('α', 'LC');
const xiLC = sub('ξ', 'LC');

function Text() {
  return (
    <>
      <p>
        A mirror of ratio {math('R =', Bmax, '/', Bmin)} holds a particle if it turns before the throat, that is if{' '}
        {math(sup('sin', '2'), alpha0, '>', '1 / R')}. In the space of velocities at the midplane those that it does not
        hold lie in two cones about the field, one for each throat: the <em>loss cone</em>, of half angle
      </p>
      {equation(
        'sin',
        alphaLC,
        '=',
        frac('1', sqrt('R')),
        ', quad',
        xiLC,
        '=',
        'cos',
        alphaLC,
        '=',
        sqrt(row('1 -', frac('1', 'R'))),
      )}
      <p>
        Neither energy nor mass stands in it: the edge is a straight line in {math('(', vPar, ',', vPerp, ')')}. (An
        electric potential makes it a hyperbola, which takes in more of the slow particles or fewer.) The cosine{' '}
        {math('ξ = cos α')} of the pitch angle is the handy variable, as equal steps of {math('ξ')} are equal solid
        angles. An isotropic population at the midplane is uniform in {math('ξ')}, from −1 to 1, so the mirror holds the
        share
      </p>
      {equation(sub('f', 'held'), '=', sqrt(row('1 -', frac('1', 'R'))))}
      <p>
        and loses the rest, the cones' share {math('1 -', xiLC)} of all directions, within half a bounce. For large{' '}
        {math('R')} that is {math('1 / ( 2 R )')}: to lose half as many the throat must be twice as strong. Without
        collisions nothing more is lost, for ever: the distribution that stays is empty in the cone and far from
        isotropic.
      </p>
      <p>
        The run starts protons isotropically at the midplane of a parabolic mirror, 2 m from throat to throat. There are
        no collisions. Red lines are {math('±', xiLC)}.
      </p>
    </>
  );
}

/** The ratio of the question. */
const asked = 2;

export const lossCone: Lesson = {
  name: 'loss-cone',
  short: 'The loss cone',
  title: 'A mirror holds √(1 − 1/R) of an isotropic population, and no more',
  Text,
  knobs: [mirrorRatio({ min: 1.1, max: 100, start: 2 }), energy('Try whether it matters.')],
  scenario: (settings) => `# Protons, isotropic at the midplane of a parabolic mirror, without collisions.
name: learn-loss-cone
species: proton
particles: { count: 100000, energy: ${digits(settings.energy)} keV, pitch: isotropic, place: midplane }
field: { kind: parabolic, B: 0.5 T, ratio: ${digits(settings.ratio)}, length: ${length} m }
collisions: none
boundary: throat
times: { count: 60, until: ${digits(3 * clearing(settings))} s }
`,
  shows: { mirror: true, map: 'midplane' },
  readings: ({ ratio }, shown) => {
    const held = trappedFractionAtMidplane(ratio);
    const [left, right] = [numberOf(shown, 'fates.lostLeft'), numberOf(shown, 'fates.lostRight')];
    return [
      { name: 'held', label: 'Share held to the end', ...numberOf(shown, 'fates.timeLimit'), unit: '1', theory: held },
      { name: 'left', label: 'Share lost to the left', ...left, unit: '1', theory: (1 - held) / 2 },
      { name: 'right', label: 'Share lost to the right', ...right, unit: '1', theory: (1 - held) / 2 },
    ];
  },
  remembers: ['held'],
  question: {
    ask: (
      <>
        A mirror of ratio {asked} loses the cones' share of an isotropic population. Which ratio halves the solid angle
        of its loss cone? Answer to 1 %.
      </>
    ),
    hint: (
      <>
        The solid angle of both cones is {math('4 π ( 1 -', xiLC, ')')}. Twice the ratio is right only where the cone is
        narrow.
      </>
    ),
    entry: { label: 'Mirror ratio R =', unit: '1' },
    check: ({ value, past }) => {
      if (!(value > 1)) return { right: false, words: 'A mirror ratio is above 1.' };
      const share = (ratio: number) => 1 - trappedFractionAtMidplane(ratio);
      const [there, here, right] = [share(asked), share(value), ratioOfHalfTheCone(asked)];
      const run = past.find(({ settings }) => Math.abs(settings.ratio - value) <= 0.01 * value);
      const seen = run?.readings.find(({ name }) => name === 'held');
      const proof =
        seen && Number.isFinite(seen.value)
          ? ` Your run with R = ${run?.settings.ratio} lost ${(100 * (1 - seen.value)).toFixed(2)} ± ${(100 * seen.standardError).toFixed(2)} %.`
          : '';
      const said = `The cones of R = ${asked} take ${(100 * there).toFixed(2)} % of all directions, those of R = ${Number(value.toPrecision(5))} take ${(100 * here).toFixed(2)} %`;
      if (Math.abs(value - right) <= 0.01 * right) return { right: true, words: `${said}: half as much.${proof}` };
      const narrow =
        Math.abs(value - 2 * asked) < 0.05 ? ' 1/(2R) is the share of narrow cones only; this one is wide.' : '';
      return {
        right: false,
        words: `${said}, which is ${(here / there).toFixed(3)} of it and not a half.${narrow}${proof}`,
      };
    },
  },
  notice: [
    <>The cone empties within half a bounce, and then the map stands still.</>,
    <>
      In the picture of the mirror the blue particles (along B) go at once; of those that stay, the nearer to a throat
      the more move across B.
    </>,
    <>The energy changes how fast all this goes, and nothing else.</>,
  ],
  sources: [northrop, schulzLanzerotti, post],
};
