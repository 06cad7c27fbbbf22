import { Resvg } from '@resvg/resvg-js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Distribution } from '../../src/analysis/types.js';
import { empty } from '../../src/figures/figure.js';
import { heatMaps, tellingTimes } from '../../src/figures/heat.js';
import {
  type DrawingDocument,
  drawFigures,
  figures,
  renderFigure,
  renderPng,
  serverDocument,
} from '../../src/figures/index.js';
import { joinCells } from '../../src/figures/join.js';
import { initialDiffusion } from '../../src/figures/muSpread.js';
import { thinned } from '../../src/figures/thin.js';
import type { ResultData } from '../../src/results/data.js';
import { follows, refuted, scores } from '../random.js';
import { closedRun, maxwellianRun, mirrorRun, smallRun } from '../results/fixture.js';

let document: DrawingDocument;
beforeAll(async () => {
  document = await serverDocument();
});

const find = (name: string) => figures.find((figure) => figure.name === name)!;
const draw = (name: string, result: ResultData) => renderFigure(find(name).describe(result), { document });
const texts = (svg: string) => Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), (match) => match[1]);
const count = (svg: string, part: RegExp) => (svg.match(part) ?? []).length;

describe('every figure of every run', () => {
  it('is finite, self-contained, safe, and names its axes', () => {
    for (const run of [mirrorRun(), maxwellianRun(), closedRun(), smallRun()])
      for (const figure of figures) {
        const drawing = figure.describe(run);
        const svg = renderFigure(drawing, { document });
        const what = `${figure.name} of ${run.scenario.name}`;
        expect(svg, what).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*height="400"[^>]*width="640"/);
        expect(svg, what).not.toMatch(/NaN|Infinity|undefined|null/);
        expect(svg.replace(/xmlns="[^"]*"/g, ''), what).not.toMatch(/<script|<style|https?:|javascript:|\son\w+=/);
        expect(texts(svg)[0], what).toBe(drawing.title);
        // Nothing smaller than 12 px.
        for (const [, size] of svg.matchAll(/font-size="([\d.]+)/g))
          expect(Number(size), what).toBeGreaterThanOrEqual(12);
        if (drawing.kind === 'plot') {
          expect(texts(svg), what).toContain(drawing.xLabel);
          expect(texts(svg), what).toContain(drawing.yLabel);
          expect(count(svg, /class="panel"/g), what).toBe(drawing.panels.length);
          expect(drawing.xLabel, what).toMatch(/\(.+\)|ξ/);
        }
      }
  });

  it('keeps every mark inside of its panel', () => {
    for (const run of [mirrorRun(), closedRun()])
      for (const figure of figures) {
        const svg = renderFigure(figure.describe(run), { document });
        for (const [, x, y] of svg.matchAll(/<circle cx="([-\d.]+)" cy="([-\d.]+)"/g)) {
          expect(Number(x), figure.name).toBeGreaterThan(55);
          expect(Number(x), figure.name).toBeLessThan(640);
          expect(Number(y), figure.name).toBeGreaterThanOrEqual(9);
          expect(Number(y), figure.name).toBeLessThan(400);
        }
      }
  });

  it('is the same text every time it is drawn', () => {
    for (const figure of figures)
      expect(renderFigure(figure.describe(smallRun()), { document })).toBe(
        renderFigure(figure.describe(smallRun()), { document }),
      );
  });

  it('escapes what the scenario calls itself', () => {
    const run = smallRun();
    const scenario = { ...run.scenario, name: '</text><script>alert("x")</script>&' };
    const svg = draw('survival', { ...run, scenario });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;');
  });
});

describe('the distributions', () => {
  it('are curves with error bars where there is one speed, the loss cone shaded', () => {
    const svg = draw('distribution-midplane', mirrorRun());
    expect(texts(svg)).toEqual(expect.arrayContaining(['loss cone', '0 µs', 'cosine of midplane pitch angle, ξ₀']));
    // Five of six lines are dashed, in the panel and in the legend.
    expect(count(svg, /stroke-dasharray/g)).toBe(2 * 5);
    expect(count(svg, /<line /g)).toBeGreaterThan(6 * 40);
    expect(count(svg, /fill-opacity="0\.13"/g)).toBe(2);
    expect(draw('distribution-local', mirrorRun())).not.toContain('loss cone');
  });

  it('are maps at several times where there are many speeds, with a colour bar and the edge of the loss cone', () => {
    const svg = draw('distribution-midplane', maxwellianRun());
    expect(count(svg, /<image /g)).toBe(6 + 1);
    expect(texts(svg).filter((text) => text.startsWith('t = '))).toHaveLength(6);
    expect(texts(svg)).toEqual(expect.arrayContaining(['f (s³/m⁶)', 'speed v (Mm/s)']));
    expect(count(svg, /stroke="#d4003c"/g)).toBe(2 * 6);
  });

  it('show where the particles are: the image of a place map has its counts in the right cells', () => {
    // so many particles, so that no cells are joined; only the start is looked at
    const run = closedRun({ particles: 65_536, times: 3, collisionTimes: 0.1 });
    const { place } = run.distributions;
    const [, rows, columns] = place.shape;
    const svg = draw('distribution-place', run);
    expect(svg).not.toContain('a cell joins');
    const [, data] = /href="data:image\/png;base64,([^"]*)"/.exec(svg)!;
    const picture = new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${rows}" height="${columns}"><image width="${rows}" height="${columns}" href="data:image/png;base64,${data}"/></svg>`,
    ).render().pixels;
    // At the start all particles fly along +s: only the uppermost row of pixels is coloured.
    const white = (x: number, y: number) =>
      picture.slice(4 * (y * rows + x), 4 * (y * rows + x) + 3).every((c) => c === 255);
    for (let i = 0; i < rows; i++) {
      expect(white(i, 0), `s bin ${i}`).toBe(place.counts[i * columns + columns - 1] === 0);
      for (let j = 1; j < columns; j++) expect(white(i, j)).toBe(true);
    }
  });

  it('say what f at the midplane is: divided by the bounce time or not', () => {
    const run = mirrorRun();
    const weighted = {
      ...run,
      plan: { ...run.plan, reference: { ...run.plan.reference, bounceWeight: new Float64Array(64).fill(1) } },
    };
    const { midplane } = run.distributions;
    const f = { ...midplane, label: midplane.label.replace(' (counted along the line)', '') };
    const scenario = { ...run.scenario, motion: { kind: 'guidingCentre' } };
    const line = { ...weighted, scenario, distributions: { ...run.distributions, midplane: f } };
    expect(texts(draw('distribution-midplane', line)).join(' ')).toMatch(/f: counts over \|ξ₀\| × bounce time/);
    expect(texts(draw('distribution-midplane', { ...run, scenario })).join(' ')).toContain(
      'not divided by the bounce time',
    );
    expect(texts(draw('distribution-midplane', run)).join(' ')).not.toContain('bounce time');
  });

  it('draw no map along the line of particles that stay where they are', () => {
    const run = closedRun();
    const { place } = run.distributions;
    const [, rows, columns] = place.shape;
    const still = { ...place, counts: place.counts.map((n, i) => (Math.floor(i / columns) % rows === 3 ? n + 1 : 0)) };
    const svg = draw('distribution-place', { ...run, distributions: { ...run.distributions, place: still } });
    expect(texts(svg).join(' ')).toContain('Every particle stays at one place: there is no motion along the line.');
  });

  it('draw the edge of the loss cone along any line', () => {
    const run = mirrorRun();
    const field = { kind: 'multiMirror', B: 0.5, ratio: 5, cells: 3, length: 2 };
    const svg = draw('distribution-place', { ...run, scenario: { ...run.scenario, field } });
    expect(count(svg, /stroke="#d4003c"/g)).toBe(2 * 6);
    const closed = { ...run.plan, reference: { ...run.plan.reference, xiLossCone: 1 } };
    expect(count(draw('distribution-place', { ...run, plan: closed }), /stroke="#d4003c"/g)).toBe(0);
  });

  it('take the snapshots nearest to times that double', () => {
    const even = Float64Array.from({ length: 51 }, (_, t) => t);
    expect(tellingTimes(new Float64Array(51).fill(1), even, 6)).toEqual([0, 3, 6, 12, 25, 50]);
    expect(tellingTimes(Float64Array.of(5, 4, 0, 3, 0), even, 6)).toEqual([0, 1, 3]);
    expect(tellingTimes(new Float64Array(7).fill(1), even, 6)).toHaveLength(6);
    expect(tellingTimes(new Float64Array(5), even, 6)).toEqual([]);
    // Snapshots of which most are early: the figure is not about those.
    const early = Float64Array.from({ length: 51 }, (_, t) => (t === 0 ? 0 : 10 ** (t / 10)));
    const picked = tellingTimes(new Float64Array(51).fill(1), early, 6);
    expect(picked[0]).toBe(0);
    expect(picked[5]).toBe(50);
    expect(early[picked[4]] / early[50]).toBeCloseTo(0.5, 1);
    expect(early[picked[1]] / early[50]).toBeCloseTo(1 / 16, 1);
  });

  it('join bins where particles are few, and keep the integral', () => {
    const distribution = (each: number): Distribution => {
      const [rows, columns] = [32, 64];
      const counts = Float64Array.from({ length: rows * columns }, (_, i) => (i % 3 === 0 ? each : 0));
      const edges = (n: number) => Float64Array.from({ length: n + 1 }, (_, i) => (2 * i) / n - 1);
      return {
        f: counts.map((n) => 7 * n),
        counts,
        standardError: counts.map(Math.sqrt),
        axes: [
          { name: 'time', unit: 's', edges: Float64Array.of(0) },
          { name: 's', unit: 'm', edges: edges(rows) },
          { name: 'xi', unit: '1', edges: edges(columns) },
        ],
        shape: [1, rows, columns],
        label: '',
        unit: '1/m',
      };
    };
    expect(joinCells(distribution(20), [0]).by).toEqual([1, 1]);
    const { by, second, pitch, slice } = joinCells(distribution(2), [0]);
    expect(by).toEqual([4, 4]);
    expect([second.length - 1, pitch.length - 1]).toEqual([8, 16]);
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(slice(0))).toBeCloseTo(mean(distribution(2).f), 12);
    expect(heatMaps(distribution(2), [0], 1).joined).toContain('joins 4 × 4 bins');
    // Never fewer than eight cells, however few the particles.
    expect(joinCells(distribution(1e-9), [0]).by).toEqual([4, 8]);
  });
});

describe('coefficients against the start', () => {
  it('stand beside the analytic operator', () => {
    for (const name of ['mu-diffusion', 'mu-drift', 'pitch-diffusion']) {
      const drawing = find(name).describe(mirrorRun());
      if (drawing.kind !== 'plot') throw new Error(`${name}: nothing drawn`);
      expect(drawing.legend!.entries.map(({ label }) => label)).toEqual(['estimate ± 1σ', 'analytic']);
    }
    const run = mirrorRun();
    expect(texts(draw('pitch-diffusion', run))).toContain('cosine of the starting pitch angle, ξ');
    const folded = { ...run.plan, reference: { ...run.plan.reference, foldedPitch: true } };
    expect(texts(draw('pitch-diffusion', { ...run, plan: folded })).join(' ')).toContain('midplane pitch angle, |ξ₀|');
  });

  it('say so where no bin has enough', () => {
    const run = mirrorRun();
    const dMuMuCurve = {
      ...run.estimates.dMuMuCurve,
      value: run.estimates.dMuMuCurve.value.map(() => Number.NaN),
    };
    const drawing = find('mu-diffusion').describe({ ...run, estimates: { ...run.estimates, dMuMuCurve } });
    expect(drawing.kind).toBe('empty');
    // No number of particles helps where the growth cannot be told from the bounces.
    const dMuMu = { ...run.estimates.dMuMu, value: Number.NaN, note: 'the growth swings with the bounces' };
    expect(find('mu-diffusion').describe({ ...run, estimates: { ...run.estimates, dMuMuCurve, dMuMu } })).toMatchObject(
      { reason: 'The growth swings with the bounces.' },
    );
  });
});

describe('the lines of the Legendre moments', () => {
  it('name the law of their lines: with a loss cone it is not one exponential', () => {
    expect(texts(draw('legendre', closedRun())).join(' ')).toContain('exp(−l(l+1)νt)');
    expect(texts(draw('legendre', mirrorRun())).join(' ')).toContain('Lines: scattering with the loss cone');
  });
});

describe('the loss cone', () => {
  it('is drawn across its edge with the exact slowest mode, and the rate of those left with its window', () => {
    expect(texts(draw('cone-edge', mirrorRun()))).toEqual(
      expect.arrayContaining(['f ± 1σ', 'exact slowest mode', 'loss cone', 'f over its mean inside']),
    );
    expect(find('cone-edge').applies!(closedRun())).toBe(false);
    const { lossRate } = mirrorRun().estimates;
    expect(Number.isFinite(lossRate.value)).toBe(true);
    expect(texts(draw('hazard', mirrorRun()))).toEqual(expect.arrayContaining(['rate ± 1σ', 'slowest mode']));
    expect(find('hazard').describe(closedRun()).kind).toBe('empty');
    // No mode is claimed where there is none, and no fit where a mean was taken.
    const run = mirrorRun();
    const said = (name: string, label: string) =>
      texts(draw(name, { ...run, estimates: { ...run.estimates, lossRate: { ...lossRate, label } } }));
    const late = 'loss rate (end of the run, not yet the slowest mode)';
    const mean = 'loss rate (mean of those left, last third of the run)';
    for (const name of ['hazard', 'survival']) {
      expect(said(name, late)).toContain('rate at the end');
      expect(said(name, late).join(' ')).toContain('fitted');
      expect(said(name, mean)).toContain('mean rate');
      expect(said(name, mean).join(' ')).not.toContain('fitted');
    }
    expect(said('hazard', mean).join(' ')).toMatch(/Line: .* 1\/s, the mean over its length\./);
    expect(said('survival', mean).join(' ')).toMatch(/different rates: mean loss rate .* of those left where solid\./);
  });
});

describe('the temperatures', () => {
  it('have exact curves where nothing but scattering turns the pitch', () => {
    expect(texts(draw('temperatures', closedRun()))).toEqual(expect.arrayContaining(['T∥', 'T⊥', 'exact']));
    expect(texts(draw('temperatures', mirrorRun()))).not.toContain('exact');
    expect(texts(draw('temperatures', closedRun())).join(' ')).toMatch(/temperature of those inside \(k?eV\)/);
  });
});

describe('markers', () => {
  it('are thinned where they would merge, the ends kept', () => {
    const places = Array.from({ length: 1001 }, (_, i) => i / 1000);
    const kept = thinned(places, (x) => x);
    expect(kept[0]).toBe(0);
    expect(kept[kept.length - 1]).toBe(1);
    expect(kept.length).toBeGreaterThan(70);
    expect(kept.length).toBeLessThan(95);
    expect(Math.min(...kept.slice(1).map((x, i) => x - kept[i]))).toBeGreaterThan(1 / 91);
    expect(thinned([0, 0.5, 1], (x) => x)).toEqual([0, 0.5, 1]);
  });
});

describe('the Legendre moments', () => {
  it('come with the exact lines where there are any, and noise without bars', () => {
    const svg = draw('legendre', closedRun());
    expect(texts(svg)).toEqual(expect.arrayContaining(['l = 1', 'l = 8', 'lines: exact', 'below 4σ', 'noise (1σ)']));
    const run = mirrorRun();
    const legendre = run.estimates.legendre.map(({ reference: _, ...curve }) => curve);
    const open = draw('legendre', { ...run, estimates: { ...run.estimates, legendre } });
    expect(texts(open)).toContain('l = 2');
    expect(texts(open)).not.toContain('lines: exact');
    // An even start has no odd moments.
    expect(texts(open).join(' ')).toContain('Noise only: l = 1, 3, 5, 7.');
  });

  it('follow the exact line: the drawn points of l = 2 lie on it within five standard errors', () => {
    const { legendre } = closedRun().estimates;
    const { value, reference } = legendre[2];
    expect(value[0]).toBeCloseTo(reference![0], 12);
    follows(legendre[2], undefined, 31);
    refuted(
      scores(legendre[2], (i) => 1.5 * reference![i]),
      'half as much again',
      31,
    );
  });
});

describe('the spread of mu', () => {
  const spread = (run: ResultData) => run.estimates.muSpread;

  it('has a point for each snapshot and a legend entry for each bin', () => {
    const drawing = find('mu-spread').describe(mirrorRun());
    expect(drawing.kind).toBe('plot');
    if (drawing.kind === 'plot') expect(drawing.legend!.entries.length).toBe(Math.min(6, spread(mirrorRun()).length));
    expect(texts(draw('mu-spread', mirrorRun()))).toEqual(
      expect.arrayContaining(['0 – 0.4', '2.8 – 3.2', 'μ₀ (10⁻¹⁵ J/T)']),
    );
  });

  it('says why some bins have no line', () => {
    const svg = draw('mu-spread', mirrorRun({ particles: 4096 }));
    const drawing = find('mu-spread').describe(mirrorRun({ particles: 4096 }));
    if (drawing.kind !== 'plot') throw new Error('nothing drawn');
    const lined = drawing.legend!.entries.filter(({ line }) => line).length;
    expect(lined).toBeGreaterThan(0);
    expect(lined).toBeLessThan(drawing.legend!.entries.length);
    expect(texts(svg).join(' ')).toContain('None beside the loss cone');
  });

  it('draws the initial slope that a run of early snapshots has', () => {
    // nu t up to 0.02: 2 D t (1 + bend t) must hold within its errors.
    const run = mirrorRun({ collisionTimes: 0.02, times: 5, particles: 32768, muBins: 8, xiBins: 8, placeBins: 8 });
    let tested = 0;
    for (const curve of spread(run)) {
      const known = initialDiffusion(run, curve);
      if (!known || Math.abs(known.bend) * curve.x[4] > 0.3) continue;
      for (const i of [2, 4]) {
        const t = curve.x[i];
        const expected = 2 * known.coefficient * t * (1 + known.bend * t);
        // Third order in t and the bend's change across a bin: a few percent.
        expect(Math.abs(curve.value[i] / expected - 1), curve.label).toBeLessThan(
          0.06 + (4 * curve.standardError[i]) / curve.value[i],
        );
      }
      tested++;
    }
    expect(tested).toBeGreaterThanOrEqual(4);
  });

  it('takes the bounce average in a parabolic mirror, and nothing where there is no closed form', () => {
    const run = mirrorRun();
    const curve = spread(run)[4];
    const mirror = { ...run, scenario: { ...run.scenario, motion: { kind: 'guidingCentre' } } };
    const local = initialDiffusion(run, curve)!.coefficient;
    const averaged = initialDiffusion(mirror, curve)!.coefficient;
    const [low, high] = /mu (\S+) to (\S+) J/.exec(curve.label)!.slice(1).map(Number);
    const scale = (run.scenario.species.mass * run.plan.reference.speed ** 2) / run.plan.reference.Bmin;
    const x = (low + high) / scale;
    // <xi^2 (1 - xi^2)/B^2> over one bounce, xi^2 = 1 - x (1 + u^2), by the midpoint rule in the phase.
    let mean = 0;
    for (let i = 0; i < 1000; i++) {
      const u2 = (1 / x - 1) * Math.sin(((i + 0.5) / 1000) * Math.PI) ** 2;
      const xi2 = 1 - x * (1 + u2);
      mean += (xi2 * (1 - xi2)) / (1 + u2) ** 2 / 1000;
    }
    // The bin has a width: 2 %.
    expect(Math.abs(averaged / local / (mean / (x * (1 - x))) - 1)).toBeLessThan(0.02);
    // Inside of the loss cone nothing is known.
    expect(initialDiffusion(mirror, spread(run)[0])).toBeUndefined();
    expect(
      initialDiffusion({ ...mirror, scenario: { ...mirror.scenario, field: { kind: 'dipole' } } }, curve),
    ).toBeUndefined();
    expect(initialDiffusion(maxwellianRun(), spread(maxwellianRun())[0])).toBeUndefined();
  });
});

describe('the probability of rare losses', () => {
  const run = mirrorRun();
  const curve = (x: number[], value: number[]) => ({
    x: Float64Array.from(x),
    value: Float64Array.from(value),
    standardError: Float64Array.from(value, (p) => p / 10),
    reference: Float64Array.from(value, (p, i) => (i < 3 ? Number.NaN : 1.01 * p)),
    xLabel: 'time',
    xUnit: 's',
    label: 'probability of a loss before t',
    unit: '1',
  });
  const split = (rare: ReturnType<typeof curve>, longestStep: number, times: number[]): ResultData => {
    const last = rare.value.length - 1;
    const lossProbability = {
      value: rare.value[last],
      standardError: rare.standardError[last],
      unit: '1',
      label: 'probability of a loss (before the end of the run)',
      reference: rare.reference[last],
    };
    return {
      ...run,
      plan: {
        ...run.plan,
        axes: { ...run.plan.axes, times: Float64Array.from(times) },
        reference: { ...run.plan.reference, longestStep },
      },
      estimates: { ...run.estimates, lossProbability, lossProbabilityCurve: rare },
    };
  };
  const edges = [0, 1e-6, 2e-6, 3e-6, 4e-6, 5e-6, 6e-6];

  it('has a mark for each time with losses, the exact curve, and the number at the end', () => {
    const svg = draw('loss-probability', split(curve(edges, [0, 0, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7]), 1e-7, [0, 6e-6]));
    expect(count(svg, /<circle /g)).toBe(5);
    expect(texts(svg)).toEqual(expect.arrayContaining(['splitting ± 1σ', 'exact', 'probability of a loss before t']));
    expect(texts(svg).join(' ')).toContain('At the end of the run: (1.00 ± 0.10) × 10⁻⁷, exact 1.01 × 10⁻⁷.');
  });

  it('has none on the stairs of steps longer than the bins: those at the snapshots only', () => {
    const stairs = curve(edges, [0, 1e-9, 1e-9, 1e-9, 1e-8, 1e-8, 1e-8]);
    expect(count(draw('loss-probability', split(stairs, 3e-6, [0, 3e-6, 6e-6])), /<circle /g)).toBe(2);
  });

  it('is what the other figures of losses tell, where no unsplit particle was lost', () => {
    const none = (name: string) => new Float64Array(run.tallies.total(name).length);
    const { survival, hazard } = run.estimates;
    const unlost = (result: ResultData): ResultData => ({
      ...result,
      tallies: { ...result.tallies, total: (name) => (name === 'lossTimes' ? none(name) : result.tallies.total(name)) },
      estimates: {
        ...result.estimates,
        survival: { ...survival, value: survival.value.map(() => 1) },
        hazard: { ...hazard, value: hazard.value.map(() => 0) },
      },
    });
    const found = unlost(split(curve(edges, [0, 0, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7]), 1e-7, [0, 6e-6]));
    const unknown = unlost(split(curve(edges, [0, 0, 0, 0, 0, 0, 0]), 1e-7, [0, 6e-6]));
    for (const name of ['survival', 'hazard', 'loss-times']) {
      expect(find(name).describe(found)).toMatchObject({
        kind: 'empty',
        reason:
          'By splitting, the probability of a loss is (1.00 ± 0.10) × 10⁻⁷ (figure loss-probability). No unsplit particle was lost.',
      });
      expect(find(name).describe(unknown)).toMatchObject({ reason: expect.stringMatching(/^No branch was lost: /) });
      // The control: without splitting nothing is said of it.
      const plain = unlost(run);
      expect(find(name).describe(plain)).toMatchObject({ reason: expect.stringMatching(/^No(thing| particle)/) });
    }
  });

  it('is for runs with splitting alone, and says where nothing was lost', () => {
    expect(find('loss-probability').applies?.(run)).toBe(false);
    const none = split(curve(edges, [0, 0, 0, 0, 0, 0, 0]), 1e-7, [0, 6e-6]);
    const svg = draw('loss-probability', none);
    expect(texts(svg)).toContain('The probability is not known: no branch was lost.');
  });
});

describe('survival and losses', () => {
  it('have a mark for each snapshot and for each bin of each side', () => {
    const run = mirrorRun();
    const alive = Array.from(run.estimates.survival.value).filter((value) => value > 0).length;
    expect(count(draw('survival', run), /<circle /g)).toBe(alive);
    const lost = run.tallies.total('lossTimes');
    const bins = lost.length / 2;
    const svg = draw('loss-times', run);
    expect(count(svg, /<circle /g)).toBe(Array.from(lost.slice(0, bins)).filter((n) => n > 0).length);
    const share = (100 * lost.slice(0, bins).reduce((sum, n) => sum + n, 0)) / run.particles.total;
    expect(texts(svg)).toContain(`left (−s): ${Number(share.toPrecision(3))} %`);
  });

  it('call the slope of the end the slowest mode only where it is', () => {
    const run = mirrorRun();
    const rate = { ...run.estimates.lossRate, label: 'loss rate (end of the run, not yet the slowest mode)' };
    const svg = draw('survival', { ...run, estimates: { ...run.estimates, lossRate: rate } });
    expect(texts(svg)).toContain('rate at the end');
    expect(texts(svg).join(' ')).toContain('Not yet the slowest mode');
    expect(texts(svg)).not.toContain('slowest mode');
    expect(texts(draw('survival', run))).toContain('slowest mode');
  });

  it('say in words that there is nothing to draw', () => {
    for (const [name, words] of [
      ['survival', 'Nothing is lost: every particle is inside at the end of the run.'],
      ['loss-times', 'No particle was lost.'],
    ]) {
      const svg = draw(name, closedRun());
      expect(texts(svg)).toContain(words);
      expect(svg).not.toContain('class="panel"');
    }
  });

  it('draws a run of which nothing is known yet', () => {
    const run = smallRun();
    const none = (name: string) => new Float64Array(run.tallies.total(name).length);
    const blank = <T extends { value: Float64Array; standardError: Float64Array }>(curve: T): T => ({
      ...curve,
      value: curve.value.map(() => Number.NaN),
      standardError: curve.standardError.map(() => Number.NaN),
    });
    const { estimates, distributions } = run;
    const nothing = (d: typeof distributions.local) => ({ ...d, f: d.f.map(() => 0), counts: d.counts.map(() => 0) });
    const early: ResultData = {
      ...run,
      complete: false,
      particles: { done: 0, total: 2048 },
      tallies: { ...run.tallies, total: none },
      distributions: {
        local: nothing(distributions.local),
        midplane: nothing(distributions.midplane),
        place: nothing(distributions.place),
      },
      estimates: {
        ...estimates,
        survival: blank(estimates.survival),
        legendre: estimates.legendre.map(blank),
        muSpread: [],
        meanMuCurve: blank(estimates.meanMuCurve),
        coneEdge: blank(estimates.coneEdge),
        hazard: blank(estimates.hazard),
        dMuMuCurve: blank(estimates.dMuMuCurve),
        muDriftCurve: blank(estimates.muDriftCurve),
        dXiXiCurve: blank(estimates.dXiXiCurve),
        parallelTemperature: blank(estimates.parallelTemperature),
        perpendicularTemperature: blank(estimates.perpendicularTemperature),
      },
    };
    for (const figure of figures) {
      const drawing = figure.describe(early);
      expect(drawing.kind, figure.name).toBe('empty');
      expect(renderFigure(drawing, { document })).toContain('interrupted');
    }
  });
});

describe('PNG', () => {
  /** Pixels of a part of a picture that are neither white nor grey enough to be a frame. */
  const dark = (svg: string, box: [number, number, number, number], fonts: boolean) => {
    const image = new Resvg(svg, {
      font: fonts
        ? {
            loadSystemFonts: false,
            fontFiles: [
              'node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
              'node_modules/dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
            ],
            defaultFontFamily: 'DejaVu Sans',
          }
        : { loadSystemFonts: false },
    }).render();
    // The getter copies the picture at every call.
    const { pixels, width } = image;
    let found = 0;
    for (let y = box[1]; y < box[3]; y++)
      for (let x = box[0]; x < box[2]; x++) if (pixels[4 * (y * width + x)] < 128) found++;
    return found;
  };

  it('shows its text on a machine without fonts', async () => {
    const svg = draw('survival', mirrorRun());
    const png = await renderPng(svg, 1);
    expect(Array.from(png.subarray(0, 8))).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
    // The picture that renderPng made, drawn again as an image, so that its pixels can be counted.
    const again = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400"><image width="640" height="400" href="data:image/png;base64,${Buffer.from(png).toString('base64')}"/></svg>`;
    const title: [number, number, number, number] = [10, 8, 400, 26];
    const yLabel: [number, number, number, number] = [4, 100, 24, 320];
    for (const box of [title, yLabel]) {
      expect(dark(again, box, false)).toBeGreaterThan(100);
      // The negative control: without the font files there would be none.
      expect(dark(svg, box, false)).toBe(0);
      expect(dark(svg, box, true)).toBe(dark(again, box, false));
    }
  });

  it('has the size that was asked for', async () => {
    const png = await renderPng(
      renderFigure(empty({ title: 'x' }, smallRun(), 'y'), { document, width: 320, height: 200 }),
      3,
    );
    const view = new DataView(png.buffer, png.byteOffset);
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([960, 600]);
  });
});

describe('drawFigures', () => {
  it('draws every figure of the registry under a name of its own', async () => {
    const names: string[] = [];
    for await (const { name, svg, png } of drawFigures(smallRun(), { png: false })) {
      names.push(name);
      expect(svg).toContain('</svg>');
      expect(png).toBeUndefined();
    }
    const about = figures.filter((figure) => figure.applies?.(smallRun()) !== false);
    expect(about.length).toBeGreaterThanOrEqual(8);
    expect(names).toEqual(about.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z-]+$/);
  });
});
