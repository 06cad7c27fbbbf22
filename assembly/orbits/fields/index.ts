/** The registry of field passes in three dimensions. A new one is one file here, one line below, and one in src/fields/space. */
import { EX, EY, EZ, orbit } from '../layout';
import { bottle } from './bottle';
import { circularWaves } from './circularWaves';
import { coil } from './coil';
import { dipole } from './dipole';
import { flux } from './flux';
import { grid } from './grid';
import { planeWaves } from './planeWaves';
import { potential } from './potential';
import { Adds, Sets } from './put';
import { ramp } from './ramp';
import { sheets } from './sheets';
import { step } from './step';
import { tokamak } from './tokamak';
import { uniform } from './uniform';

function pass<W>(to: W, kind: i32, first: usize, lanes: usize, numbers: usize): void {
  switch (kind) {
    case 0:
      uniform<W>(to, first, lanes, numbers);
      break;
    case 1:
      bottle<W>(to, first, lanes, numbers);
      break;
    case 2:
      dipole<W>(to, first, lanes, numbers);
      break;
    case 3:
      sheets<W>(to, first, lanes, numbers);
      break;
    case 4:
      step<W>(to, first, lanes, numbers);
      break;
    case 5:
      coil<W>(to, first, lanes, numbers);
      break;
    case 6:
      tokamak<W>(to, first, lanes, numbers);
      break;
    case 7:
      planeWaves<W>(to, first, lanes, numbers);
      break;
    case 8:
      circularWaves<W>(to, first, lanes, numbers);
      break;
    case 9:
      ramp<W>(to, first, lanes, numbers);
      break;
    case 10:
      grid<W>(to, first, lanes, numbers);
      break;
    case 11:
      flux<W>(to, first, lanes, numbers);
      break;
    case 12:
      potential<W>(to, first, lanes, numbers);
      break;
  }
}

/** B, and E where there is one, at the places and times of these lanes (whole pairs). */
export function look(first: usize, lanes: usize): void {
  if (orbit.electric != 0.0) {
    memory.fill(EX + (first << 3), 0, lanes << 3);
    memory.fill(EY + (first << 3), 0, lanes << 3);
    memory.fill(EZ + (first << 3), 0, lanes << 3);
  }
  const count = <usize>orbit.fields;
  for (let i: usize = 0; i < count; i++) {
    const row = <usize>orbit.fieldTable + (i << 4);
    const kind = <i32>load<f64>(row);
    const numbers = <usize>load<f64>(row, 8);
    if (i == 0) pass<Sets>(changetype<Sets>(0), kind, first, lanes, numbers);
    else pass<Adds>(changetype<Adds>(0), kind, first, lanes, numbers);
  }
}
