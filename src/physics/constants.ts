/**
 * Constants of nature, SI. CODATA 2018 (Tiesinga et al., Rev. Mod. Phys. 93, 025010, 2021); those marked exact define the SI.
 */

/** Speed of light in vacuum [m/s], exact. */
export const SPEED_OF_LIGHT = 299792458;
/** Elementary charge [C], exact; also the number of joules in one electronvolt. */
export const ELEMENTARY_CHARGE = 1.602176634e-19;
/** Boltzmann constant [J/K], exact. */
export const BOLTZMANN_CONSTANT = 1.380649e-23;
/** Vacuum electric permittivity [F/m]. */
export const VACUUM_PERMITTIVITY = 8.8541878128e-12;
/** Vacuum magnetic permeability [N/A^2]. */
export const VACUUM_PERMEABILITY = 1.25663706212e-6;

/** Mass of the electron [kg]. */
export const ELECTRON_MASS = 9.1093837015e-31;
/** Mass of the proton [kg]. */
export const PROTON_MASS = 1.67262192369e-27;
/** Mass of the deuteron [kg]. */
export const DEUTERON_MASS = 3.3435837724e-27;
/** Mass of the triton [kg]. */
export const TRITON_MASS = 5.0073567446e-27;
/** Mass of the alpha particle [kg]. */
export const ALPHA_MASS = 6.6446573357e-27;

/** Mean radius of the Earth [m]: 6371.0 km (Moritz, Geodetic Reference System 1980, rounded), the unit of the L-shell. */
export const EARTH_RADIUS = 6.371e6;
/** Equatorial surface field of the Earth's dipole [T]: |(g10, g11, h11)| of IGRF-13 at epoch 2020 (Alken et al. 2021). */
export const EARTH_EQUATORIAL_FIELD = 2.981e-5;
