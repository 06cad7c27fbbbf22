import * as z from 'zod';
import { fileBeside, type TableFile } from '../../scenario/columns.js';
import { SectionFault } from '../../scenario/faults.js';
import { section, tag } from '../../scenario/leaves.js';
import { cellOf, slopes, splineCoefficients, splineGrid, weights } from './basis.js';
import { readGeqdsk, writeGeqdsk } from './geqdsk.js';
import { PASSES, type SpaceField, type SpaceProfile, STATIC } from './types.js';

const schema = section(
  {
    kind: tag('eqdsk', 'An axisymmetric equilibrium from a G-EQDSK file'),
    file: fileBeside('G-EQDSK file beside the scenario', 'a G-EQDSK file', 'equilibrium.geqdsk').optional(),
    text: z
      .string({ error: 'is no text (must be that of a G-EQDSK file)' })
      .max(8 * 1024 * 1024, { error: 'is too long (must be at most 8388608 bytes)' })
      .optional()
      .meta({ description: 'The text of the file itself, in place of the file' }),
  },
  'The field of an equilibrium whose flux psi(R, z) a G-EQDSK file holds; what leaves its box is lost.',
);

const dot = (w: readonly number[], table: Float64Array, at: number) =>
  w[0] * table[at] + w[1] * table[at + 1] + (w[2] * table[at + 2] + w[3] * table[at + 3]);

/**
 * `B = grad psi x e_phi/R + F(psi)/R e_phi`, e_phi about +z: `B_R = -(dpsi/dz)/R`, `B_z = (dpsi/dR)/R`. psi is a product of cubic B-splines
 * through the file's values and F one through those between the axis and the edge, beyond which it keeps its last value; so B is free
 * of divergence exactly, and continuous with its first derivatives (but those of F at the edge).
 * @param spec file, or text of it
 * @throws SectionFault by line where the file is malformed, or where neither or both are given
 * Source: Lao et al., Nuclear Fusion 25, 1611 (1985).
 * @example
 * buildEqdsk({ text: eqdsk.example.text }).strength // => 2
 */
export function buildEqdsk(spec: { file?: TableFile | undefined; text?: string | undefined }): SpaceField {
  if ((spec.file === undefined) === (spec.text === undefined)) {
    const given = spec.file !== undefined;
    throw new SectionFault({
      path: 'file',
      found: given ? 'a file' : 'nothing',
      message: given
        ? 'is given beside text (give one of the two)'
        : 'is missing (must be a G-EQDSK file, e.g. equilibrium.geqdsk)',
    });
  }
  const eq = readGeqdsk(spec.text ?? spec.file?.text ?? '');
  const { nR, nZ, firstR, firstZ, stepR, stepZ } = eq;
  const psi = splineGrid(eq.psi, [nR, nZ]);
  const F = splineCoefficients(eq.F);
  const row = nR + 2;
  const perPsi = (nR - 1) / (eq.psiEdge - eq.psiAxis);
  const lastR = firstR + stepR * (nR - 1);
  const lastZ = firstZ + stepZ * (nZ - 1);
  const strength =
    Math.abs(eq.vacuum) > 0 ? Math.abs(eq.vacuum) : Math.abs(eq.psiEdge - eq.psiAxis) / (lastR - firstR) ** 2;
  return {
    kind: 'eqdsk',
    at: (x, y, z) => {
      const R = Math.sqrt(x * x + y * y);
      const [i, t] = cellOf((R - firstR) / stepR, nR - 1);
      const [j, u] = cellOf((z - firstZ) / stepZ, nZ - 1);
      const [wR, sR, wZ, sZ] = [weights(t), slopes(t), weights(u), slopes(u)];
      let [value, alongR, alongZ] = [0, 0, 0];
      for (let b = 0; b < 4; b++) {
        const line = dot(wR, psi, (j + b) * row + i);
        value += wZ[b] * line;
        alongZ += sZ[b] * line;
        alongR += wZ[b] * dot(sR, psi, (j + b) * row + i);
      }
      const [k, f] = cellOf((value - eq.psiAxis) * perPsi, nR - 1);
      const phi = dot(weights(f), F, k) / R;
      const BR = -alongZ / stepZ / R;
      return { B: [(BR * x - phi * y) / R, (BR * y + phi * x) / R, alongR / stepR / R], E: STATIC };
    },
    strength,
    scale: Math.min(lastR - firstR, lastZ - firstZ) / 4,
    frequency: 0,
    electric: false,
    passes: ({ field, length }) => {
      const flux = field * length * length;
      return [
        {
          pass: PASSES.flux,
          numbers: [
            firstR / length,
            firstZ / length,
            length / stepR,
            length / stepZ,
            nR - 1,
            nZ - 1,
            nR - 1,
            eq.psiAxis / flux,
            perPsi * flux,
            ...Array.from(F, (value) => value / field / length),
            ...Array.from(psi, (value) => value / flux),
          ],
        },
      ];
    },
    ends: { lowR: firstR, highR: lastR, lowZ: firstZ, highZ: lastZ },
    origin: [(eq.axisR + lastR) / 2, 0, eq.axisZ],
  };
}

/**
 * Solov'ev's equilibrium, `psi = c [(R^2 - R0^2)^2/4 + e R^2 z^2]`, for examples and tests: R0 = 3 m, 2 T, about 1 m of minor radius.
 * Source: Solov'ev, Soviet Physics JETP 26, 400 (1968).
 */
export function solovev(n: number): { text: string; psi: (R: number, z: number) => number } {
  const psi = (R: number, z: number) => 0.05 * ((R * R - 9) ** 2 / 4 + 0.7 * R * R * z * z);
  const step = 3 / (n - 1);
  const values = Float64Array.from({ length: n * n }, (_, i) =>
    psi(1.5 + step * (i % n), -1.5 + step * Math.floor(i / n)),
  );
  const text = writeGeqdsk('Solov-ev', {
    nR: n,
    nZ: n,
    firstR: 1.5,
    firstZ: -1.5,
    stepR: step,
    stepZ: step,
    axisR: 3,
    axisZ: 0,
    psiAxis: 0,
    psiEdge: psi(4, 0),
    vacuum: 2,
    centreR: 3,
    F: Float64Array.from({ length: n }, (_, i) => 6 - 0.1 * (1 - i / (n - 1)) ** 3),
    psi: values,
  });
  return { text, psi };
}

export const eqdsk = {
  kind: 'eqdsk',
  schema,
  example: { kind: 'eqdsk', text: solovev(17).text },
  build: buildEqdsk,
} as const satisfies SpaceProfile<'eqdsk', typeof schema>;
