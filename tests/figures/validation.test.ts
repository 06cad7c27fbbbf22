import { describe, expect, it } from 'vitest';
import { type DrawnCase, describeCase, drawCase } from '../../src/figures/validation.js';
import { judge } from '../../src/validation/index.js';
import { agreement, law, within } from '../../src/validation/verdict.js';

const at = (series: string, x: number) => ({ at: { series, x } });
const points = [1, 2, 5].map((x) =>
  agreement(`R = ${x}`, '1', { value: x * x + 0.1, error: 0.1, count: 9 }, x * x, at('square', x)),
);

function drawn(
  findings: DrawnCase['findings'][number][] | ReturnType<typeof agreement>[],
  figure: DrawnCase['figure'],
): DrawnCase {
  const judged = findings.map((finding) => ({ ...finding, ...judge(finding) }));
  return { id: "B2'", title: '<xi^2> of nu', source: 'derived', particles: 27, findings: judged, figure };
}

const squares = drawn(points, {
  xLabel: 'nu t',
  yLabel: '<xi^2>',
  series: [
    {
      label: 'square',
      curve: [
        [0, 0],
        [3, 9],
        [6, 36],
      ],
    },
  ],
});

describe('the figure of a case', () => {
  it('has the exact curve, the estimates with error bars, and z below within its limits', async () => {
    const { name, svg, png } = await drawCase(squares, { png: false });
    expect(name).toBe('B2-prime');
    expect(png).toBeUndefined();
    expect(svg).toContain('⟨ξ²⟩');
    expect(svg).toContain('(estimate − reference) / standard error');
    expect(svg.match(/class="panel"/g)).toHaveLength(2);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('shows deviations over their tolerance where that is the test', () => {
    const one = within('T', '1', { value: 1, error: 0, count: 1 }, 1.01, 0.1, at('exact', 45));
    const { panels } = describeCase(
      drawn([one], {
        xLabel: 'x',
        yLabel: 'T',
        series: [
          {
            label: 'exact',
            curve: [
              [0, 1],
              [90, 1],
            ],
          },
        ],
      }),
    );
    expect(panels.map(({ title }) => title)).toEqual(['T', 'deviation / tolerance']);
  });

  it('shows a law by its bridge alone, in its band', async () => {
    const bridge = {
      label: 'tau',
      curve: [
        [0, 0],
        [0.5, 1],
        [1, 0],
      ] as const,
      measured: true,
    };
    const whole = drawn([law('tau', 1, 9, {})], {
      xLabel: 'F',
      yLabel: '√N (F_N − F)',
      residuals: false,
      series: [bridge, bridge],
      band: { low: -2.75, high: 2.75, label: 'sound' },
    });
    const { panels, legend } = describeCase(whole);
    expect(panels).toHaveLength(1);
    // a label that several series have is in the legend once
    expect(legend?.entries.map(({ label }) => label)).toEqual(['tau', 'sound']);
    expect((await drawCase(whole, { png: false })).svg).not.toMatch(/NaN|undefined/);
  });

  it('survives log axes and an estimate of zero on them', async () => {
    const zero = agreement('', '1', { value: 0, error: 0.1, count: 9 }, 1, at('square', 1));
    const log = drawn([...points, zero], { ...squares.figure, xLog: true, yLog: true });
    expect((await drawCase(log, { png: false })).svg).not.toMatch(/NaN|Infinity/);
  });
});
