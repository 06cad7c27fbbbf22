import * as z from 'zod';
import { cos, sin } from '../../physics/elementary.js';
import type { CircularWave } from '../../physics/resonance.js';
import { type Fault, SectionFault } from '../../scenario/faults.js';
import { oneOf, orAbsent, quantity, section, tag } from '../../scenario/leaves.js';
import { fieldStrength } from '../keys.js';
import { PASSES, type SpaceField, type SpaceProfile } from './types.js';

const MOST = 1000;
const TURN = 2 * Math.PI;

const one = section(
  {
    amplitude: quantity('magneticField', {
      ...fieldStrength('Size of the magnetic field of the wave'),
      example: '10 pT',
    }),
    polarisation: oneOf(
      ['left', 'right'],
      'Sense in which the field turns about B0: left as positive ions do (sigma = 1), right as electrons do (sigma = -1)',
    ),
    wavelength: quantity('length', {
      description: 'Wavelength, negative for a wave that travels against B0',
      what: 'a wavelength',
      min: -1e13,
      max: 1e13,
      also: 'not within 1e-12 m of 0',
      example: '10 km',
    }),
    frequency: orAbsent(
      quantity('rate', {
        description: 'Frequency in Hz, omega/(2 pi) (give this or phaseSpeed); 0: a static helix',
        what: 'a frequency',
        min: 0,
        max: 1e18,
        example: '1 kHz',
      }),
    ),
    phaseSpeed: orAbsent(
      quantity('speed', {
        description: 'Size of the phase speed (give this or frequency). It may exceed that of light',
        what: 'a phase speed',
        min: 0,
        max: 1e15,
        example: '0.1 c',
      }),
    ),
    phase: quantity('angle', {
      description: 'Phase at z = 0, t = 0',
      what: 'a phase',
      min: -1e3,
      max: 1e3,
    }).prefault('0 rad'),
  },
  'A circularly polarised wave along the uniform field.',
);

const schema = section(
  {
    kind: tag('wave', 'Circularly polarised waves along a uniform field'),
    B0: quantity('magneticField', { ...fieldStrength('Uniform field along z'), example: '100 nT' }),
    waves: z
      .array(one, { error: 'is no list of waves (must be e.g. [{ amplitude: 10 pT, polarisation: right, ... }])' })
      .min(1, { error: 'is empty (must have at least one wave)' })
      .max(MOST, { error: `is too long (must have at most ${MOST} waves)` })
      .meta({ description: 'The waves, which add up' }),
  },
  'A uniform field along z with circularly polarised waves along it.',
);

/** A wave as a scenario has it. */
export interface Wave {
  readonly amplitude: number;
  readonly polarisation: 'left' | 'right';
  readonly wavelength: number;
  readonly frequency?: number | null;
  readonly phaseSpeed?: number | null;
  readonly phase: number;
}

/**
 * Wave number [rad/m], angular frequency [rad/s] and sense of a wave.
 * @example
 * waveNumbers({ amplitude: 1, polarisation: 'right', wavelength: -4, phaseSpeed: 8, phase: 0 }).omega // ≈ 12.566370614359
 */
export function waveNumbers(wave: Wave): CircularWave {
  const k = TURN / wave.wavelength;
  const omega =
    wave.frequency === undefined || wave.frequency === null
      ? (wave.phaseSpeed as number) * Math.abs(k)
      : TURN * wave.frequency;
  return { k, omega, sigma: wave.polarisation === 'left' ? 1 : -1, amplitude: wave.amplitude };
}

/**
 * `B = B0 z + sum_w Bw [cos(theta) x + sigma sin(theta) y]`, `theta = k z - omega t + phase`, so that `Bx + i sigma By` goes as
 * `exp i(k z - omega t)`, and `E = -(omega/k) z x B` by Faraday's law. sigma = 1 turns as positive ions do about B0 (left-handed),
 * sigma = -1 as electrons do (right-handed: whistlers); `omega >= 0`, and k has the sign of the wavelength.
 * Resonance: `omega - k vPar = sigma q B0/(gamma m)`. A phase speed above that of light is a wave that plasmas have (above their cutoffs),
 * and Faraday's law holds for it: it is not refused.
 * Source: Stix, Waves in Plasmas (1992), chapter 1; Kennel & Petschek, Journal of Geophysical Research 71, 1 (1966).
 * @param spec B0 [T]; waves of amplitude Bw [T], polarisation, wavelength [m], frequency [Hz] or phaseSpeed [m/s], phase [rad]
 * @throws SectionFault where a wave has no wavelength, or not exactly one of frequency and phaseSpeed
 * @example
 * const whistler = { amplitude: 0.1, polarisation: 'right', wavelength: 4, frequency: 10, phase: 0 };
 * buildWave({ B0: 1, waves: [whistler] }).at(0, 0, 1, 0).B[1] // ≈ -0.1
 * buildWave({ B0: 1, waves: [whistler] }).at(0, 0, 1, 0).E[0] // ≈ -4
 */
export function buildWave({ B0, waves }: { B0: number; waves: readonly Wave[] }): SpaceField {
  const faults: Fault[] = [];
  waves.forEach(({ wavelength, frequency, phaseSpeed }, i) => {
    if (wavelength === 0 || Math.abs(wavelength) < 1e-12)
      faults.push({
        path: `waves.${i}.wavelength`,
        found: `${wavelength} m`,
        message: `${wavelength} m is no wavelength (must be at least 1e-12 m, of either sign)`,
      });
    if ((frequency ?? null) === null && (phaseSpeed ?? null) === null)
      faults.push({
        path: `waves.${i}.frequency`,
        found: 'nothing',
        message: 'is missing (give frequency, or phaseSpeed)',
      });
    if ((frequency ?? null) !== null && (phaseSpeed ?? null) !== null)
      faults.push({
        path: `waves.${i}.frequency`,
        found: `${frequency} Hz`,
        message: 'is given beside phaseSpeed (give one of the two)',
      });
  });
  if (faults.length > 0) throw new SectionFault(...faults);
  const all = waves.map((wave) => {
    const { amplitude, ...numbers } = waveNumbers(wave);
    return { ...numbers, phase: wave.phase, size: amplitude, speed: numbers.omega / numbers.k };
  });
  return {
    kind: 'wave',
    at: (_x, _y, place, t) => {
      let [bx, by, ex, ey] = [0, 0, 0, 0];
      for (const { k, omega, sigma, phase, size, speed } of all) {
        const theta = k * place + (phase - omega * t);
        const [x, y] = [size * cos(theta), sigma * size * sin(theta)];
        bx += x;
        by += y;
        ex += speed * y;
        ey -= speed * x;
      }
      return { B: [bx, by, B0], E: [ex, ey, 0] };
    },
    strength: B0,
    layered: true,
    scale: Math.min(...all.map(({ k }) => 1 / Math.abs(k))),
    frequency: Math.max(...all.map(({ omega }) => omega)),
    electric: all.some(({ omega }) => omega > 0),
    passes: ({ field, length, electric, time }) => [
      {
        pass: PASSES.circularWaves,
        numbers: [
          B0 / field,
          all.length,
          ...all.flatMap(({ k, omega, sigma, phase, size, speed }) => [
            k * length,
            omega * time,
            phase,
            size / field,
            (sigma * size) / field,
            (speed / electric) * field,
          ]),
        ],
      },
    ],
  };
}

export const wave = {
  kind: 'wave',
  schema,
  example: {
    kind: 'wave',
    B0: '100 nT',
    waves: [
      { amplitude: '100 pT', polarisation: 'right', wavelength: '10 km', frequency: '1 kHz' },
      { amplitude: '50 pT', polarisation: 'left', wavelength: '-700 km', phaseSpeed: '500 km/s', phase: '1 rad' },
    ],
  },
  build: buildWave,
} as const satisfies SpaceProfile<'wave', typeof schema>;
