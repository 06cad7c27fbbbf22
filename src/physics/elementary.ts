/**
 * Elementary functions with the same bits in every JavaScript engine: only `+ - * /`, `Math.sqrt`, `Math.abs`, `Math.floor`
 * and reads of a double's bits, all of which the language fixes to the last bit. `Math.sin`, `Math.exp` and their kin it does
 * not, so nothing that enters a result's hash may use them. Series and reductions were derived for this project.
 */
export { acos, asin, atan, atan2 } from './elementary/arctangent.js';
export { cbrt, exp, expm1, log, log1p, pow } from './elementary/exponential.js';
export { acosh, asinh, cosh, sinh, tanh } from './elementary/hyperbolic.js';
export { erf, erfc, lgamma } from './elementary/special.js';
export { cos, sin, tan } from './elementary/trigonometric.js';
