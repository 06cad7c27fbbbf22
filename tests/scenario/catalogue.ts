/** Bad scenarios, each with what must be said of it. `schema: true`: the JSON Schema alone refuses it too. */
export interface BadInput {
  readonly input: string | object;
  /** A whole line of the message, or its beginning. */
  readonly says: string;
  readonly schema?: true;
  /** A file the scenario names. */
  readonly csv?: string;
}

const bad = (input: string | object, says: string, schema?: true): BadInput =>
  schema ? { input, says, schema } : { input, says };
const table = (csv: string, says: string): BadInput => ({ input: 'field: { kind: table, file: b.csv }', says, csv });

export const catalogue: readonly BadInput[] = [
  // Unknown keys and names
  bad('particls: {}', 'particls: is not a key here (did you mean particles? known: name,', true),
  bad(
    'field: { lenght: 2 m }',
    'field.lenght: is not a key here (did you mean length? known: kind, B, ratio, length)',
    true,
  ),
  bad('particles: { enrgy: 10 keV }', 'particles.enrgy: is not a key here (did you mean energy?', true),
  bad('collisions: { stength: 1 }', 'collisions.stength: is not a key here (did you mean strength?', true),
  bad('times: { bounce: 3 }', 'times.bounce: is not a key here (did you mean bounces?', true),
  bad('tallies: { pitch: { bins: 3 } }', 'tallies.pitch: is not a key here (known: speed, xi, s, mu, lossTime)', true),
  bad('zzzzzzzz: 1', 'zzzzzzzz: is not a key here (known: name,', true),
  bad('"a b\\u0007": 1', '"a b\\u0007": is not a key here', true),
  bad('species: protn', 'species: "protn" is not a known species (did you mean proton? known: electron, proton,', true),
  bad('species: { name: muon }', 'species: "muon" is not a known species (known: electron'),
  bad(
    'field: { kind: parabolik }',
    'field.kind: "parabolik" is not known (did you mean parabolic? known: parabolic, uniform,',
    true,
  ),
  bad('field: parabolik', 'field: "parabolik" is not known (did you mean parabolic?', true),
  bad('field: { kind: [1] }', 'field.kind: a list is not known (known: parabolic', true),
  bad(
    'potential: { kind: gauss }',
    'potential.kind: "gauss" is not known (known: parabolic, cosineBell, ambipolar, table)',
    true,
  ),
  bad('potential: {}', 'potential.kind: is missing (known: parabolic, cosineBell', true),
  bad('particles: { pitch: beem }', 'particles.pitch: "beem" is not known (did you mean beam?', true),
  bad(
    'particles: { speed: { kind: maxwelian, temperature: 1 keV } }',
    'particles.speed.kind: "maxwelian" is not known (did you mean maxwellian?',
    true,
  ),
  bad('particles: { place: midplan }', 'particles.place: "midplan" is not known (did you mean midplane?'),
  bad('boundary: throats', 'boundary: "throats" is not known (did you mean throat?', true),
  bad(
    'boundary: { kind: cone, ratio: 5, sides: up }',
    'boundary.sides: "up" is not known (known: both, left, right)',
    true,
  ),
  bad(
    'collisions: { operator: euler }',
    'collisions.operator: "euler" is not known (known: exact, eulerMaruyama, binomial, none)',
    true,
  ),
  bad(
    'collisions: { rate: { law: coulom } }',
    'collisions.rate.law: "coulom" is not known (did you mean coulomb?',
    true,
  ),
  bad('motion: guidingCenter', 'motion: "guidingCenter" is not known (did you mean guidingCentre?', true),
  bad('times: { spacing: logarithmic }', 'times.spacing: "logarithmic" is not known (known: linear, log)', true),
  // Units
  bad('field: { B: 0.5 }', 'field.B: 0.5 has no unit (must be a magnetic field, e.g. 0.5 T)', true),
  bad('field: { B: 5 km }', 'field.B: "5 km" is a length (must be a magnetic field, e.g. 0.5 T)', true),
  bad('field: { length: 2 s }', 'field.length: "2 s" is a time (must be a length, e.g. 2 m)'),
  bad(
    'field: { B: 0.5 Tesla }',
    'field.B: "0.5 Tesla": "Tesla" is not a unit (did you mean tesla? It must be a magnetic field',
  ),
  bad('particles: { speed: 10 kev }', 'particles.speed: "10 kev": "kev" is not a unit (did you mean keV?'),
  bad(
    'particles: { energy: 10 }',
    'particles.energy: 10 has no unit (must be a speed or an energy, e.g. 10 keV or 1e6 m/s)',
    true,
  ),
  bad('particles: { speed: 1e6 }', 'particles.speed: 1000000 has no unit (must be a speed or an energy', true),
  bad(
    'particles: { temperature: 5 T }',
    'particles.temperature: "5 T" is a magnetic field (must be a temperature, e.g. 1 keV or 1e7 K)',
    true,
  ),
  bad('particles: { place: 1 }', 'particles.place: 1 has no unit (must be a length, e.g. 2 m)', true),
  bad(
    'particles: { pitch: { kind: beam, halfAngle: 30 } }',
    'particles.pitch.halfAngle: 30 has no unit (must be an angle, e.g. 10 deg)',
    true,
  ),
  bad('collisions: { rate: 1e3 }', 'collisions.rate: 1000 has no unit (must be a rate, e.g. 1e3 /s)', true),
  bad('collisions: { rate: 1e3 s }', 'collisions.rate: "1e3 s" is a time (must be a rate, e.g. 1e3 /s)'),
  bad('times: { until: 50 }', 'times.until: 50 has no unit (must be a time, e.g. 50 ms', true),
  bad('particles: { energy: 1e20 keV }', '"1e20 keV" is not a kinetic energy (must be <= 6.24151e12 keV)'),
  bad('particles: { energy: 5 T }', '"5 T" is a magnetic field (must be a speed or an energy', true),
  bad('times: { until: 50 m }', 'times.until: "50 m" is a length (must be a time', true),
  bad(
    'species: { mass: 1, charge: 1 e }',
    'species.mass: 1 has no unit (must be a mass, e.g. 1 u or 938 MeV/c^2)',
    true,
  ),
  bad(
    'species: { mass: 938 MeV, charge: 1 e }',
    'species.mass: "938 MeV" is an energy (must be a mass, e.g. 1 u or 938 MeV/c^2)',
  ),
  bad(
    'particles: { count: 1000 m }',
    'particles.count: "1000 m" is not a whole number (must be a whole number, e.g. 1000000, without a unit)',
    true,
  ),
  bad('motion: { step: 5 }', 'motion.step: 5 has no unit (must be a time, e.g. 1 ns or auto)', true),
  bad('parallelField: 3', 'parallelField: 3 has no unit (must be an electric field, e.g. 1 V/m)', true),
  bad(
    'potential: { kind: parabolic, drop: 2 keV }',
    'potential.drop: "2 keV" is an energy (must be a potential, e.g. 2 kV)',
  ),
  // Not finite, negative, zero, absurd
  bad('field: { ratio: 0.8 }', 'field.ratio: 0.8 is not a mirror ratio (must be > 1)', true),
  bad('field: { ratio: 1 }', 'field.ratio: 1 is not a mirror ratio (must be > 1)', true),
  bad('field: { ratio: .nan }', 'field.ratio: NaN is not finite (must be a number, e.g. 5)'),
  bad('field: { ratio: .inf }', 'field.ratio: Infinity is not finite (must be a number, e.g. 5)', true),
  bad({ field: { ratio: Number.NaN } }, 'field.ratio: NaN is not finite'),
  bad('field: { B: 1e20 T }', 'field.B: "1e20 T" is not a field strength (must be <= 1000000000000 T)'),
  bad('field: { B: 0 T }', 'field.B: "0 T" is not a field strength (must be > 0 T)'),
  bad('field: { B: -0.5 T }', 'field.B: "-0.5 T" is not a field strength (must be > 0 T)'),
  bad('field: { B: nan T }', 'field.B: "nan T" is not finite (must be a magnetic field'),
  bad('field: { length: 1e400 m }', 'field.length: "1e400 m" is not finite'),
  bad('particles: { count: 0 }', 'particles.count: 0 is not a number of particles (must be >= 1)', true),
  bad('particles: { count: -5 }', 'particles.count: -5 is not a number of particles (must be >= 1)', true),
  bad(
    'particles: { count: 1e30 }',
    'particles.count: 1e+30 is not a number of particles (must be <= 1099511627776)',
    true,
  ),
  bad(
    'particles: { count: 1.5 }',
    'particles.count: 1.5 is not a whole number (must be a whole number, e.g. 1000000)',
    true,
  ),
  bad(
    'particles: { count: many }',
    'particles.count: "many" is not a whole number (must be a whole number, e.g. 1000000)',
    true,
  ),
  bad('particles: { count: null }', 'particles.count: null is not a whole number', true),
  bad(
    'particles: { speed: 3e8 m/s }',
    'particles.speed: "3e8 m/s" is not the speed of a particle (must be < 299792458 m/s)',
  ),
  bad('particles: { speed: 1 c }', 'particles.speed: "1 c" is not the speed of a particle (must be < 299792458 m/s)'),
  bad('particles: { speed: 0 m/s }', 'particles.speed: "0 m/s" is not the speed of a particle (must be > 0 m/s)'),
  bad('particles: { energy: -10 keV }', 'particles.energy: "-10 keV" is not a kinetic energy (must be > 0 keV)'),
  bad('particles: { energy: 100 PeV }', 'particles.energy: "100 PeV" is not a kinetic energy (must be <= 6.24151 PeV)'),
  bad(
    'particles: { energy: 1 PeV }',
    'particles.energy: 1e15 eV is a Lorentz factor of 1.07e+6 (must be <= 10000, 9.382e12 eV for this mass)',
  ),
  bad('particles: { temperature: 0 K }', 'particles.temperature: "0 K" is not a temperature (must be > 0 K)'),
  bad(
    'species: electron\nparticles: { temperature: 100 MeV }',
    'particles.temperature: is 196 rest energies (must be <= 100)',
  ),
  bad(
    'particles: { pitch: { kind: cosine, xi: 1.2 } }',
    'particles.pitch.xi: 1.2 is not a pitch-angle cosine (must be <= 1)',
    true,
  ),
  bad(
    'particles: { pitch: { kind: pancake, power: -1 } }',
    'particles.pitch.power: -1 is not a power of the sine (must be >= 0)',
    true,
  ),
  bad(
    'particles: { pitch: { kind: beam, halfAngle: 200 deg } }',
    'particles.pitch.halfAngle: "200 deg" is not a half angle of a beam (must be <= 3.14',
  ),
  bad(
    'particles: { pitch: { kind: beam, direction: 2 } }',
    'particles.pitch.direction: 2 is not known (did you mean 1? known: 1, -1)',
    true,
  ),
  bad(
    'collisions: { strength: 0 }',
    'collisions.strength: 0 is not a strength of scattering nu*length/v (must be > 0)',
    true,
  ),
  bad('collisions: { rate: -1 /s }', 'collisions.rate: "-1 /s" is not a scattering rate (must be > 0 1/s)'),
  bad(
    'collisions: { rate: { law: coulomb, background: [] } }',
    'collisions.rate.background: is an empty list (must have at least one species)',
    true,
  ),
  bad(
    'collisions: { rate: { law: coulomb, background: [{ species: proton, density: 0 m^-3, temperature: 1 keV }] } }',
    'collisions.rate.background[0].density: "0 m^-3" is not a density (must be > 0 m^-3)',
  ),
  bad(
    'collisions: { rate: { law: coulomb, background: { species: proton, density: 1e19 m^-3 } } }',
    'collisions.rate.background',
  ),
  bad('species: { mass: 1 u, charge: 0 e }', 'species.charge: "0 e" is not a charge of a particle (must be not 0)'),
  bad('species: { mass: 0 kg, charge: 1 e }', 'species.mass: "0 kg" is not a mass of a particle (must be >= 1e-33 kg)'),
  bad('species: { mass: 1 u }', 'species.charge: is missing (must be a charge, e.g. -1 e)', true),
  bad('motion: { tolerance: 2 }', 'motion.tolerance: 2 is not a tolerance (must be <= 0.1)', true),
  bad('motion: { step: 0 s }', 'motion.step: "0 s" is not a time step (must be > 0 s)'),
  bad('times: { count: 0 }', 'times.count: 0 is not a number of times (must be >= 1)', true),
  bad(
    'times: { collisionTimes: -2 }',
    'times.collisionTimes: -2 is not a number of collision times (must be > 0)',
    true,
  ),
  bad('times: { until: { minutes: 3 } }', 'times.until: has the keys "minutes" (must be a time', true),
  bad('tallies: { xi: { bins: 1e9 } }', 'tallies.xi.bins: 1000000000 is not a number of bins (must be <= 4096)', true),
  bad('source: { rate: 0 /s }', 'source.rate: "0 /s" is not the rate of a source (must be > 0 1/s)'),
  bad(
    'source: { rate: 1e18 /s }\nboundary: reflecting',
    'source: has no steady state with boundary "reflecting": nobody is lost and particles pile up (must be throat or cone)',
  ),
  bad(
    'source: { rate: 1e18 /s }\ncollisions: none\nparticles: { pitch: { kind: isotropic, only: trapped } }',
    'source: has no steady state: trapped particles are never lost without collisions',
  ),
  bad(
    'source: { rate: 1e18 /s }\nparallelField: { profile: 2 V/m, time: { kind: sine, frequency: 1 kHz } }',
    'source: has no steady state in a field that varies in time (must be constant, or none)',
  ),
  bad('outputs: { particles: -1 }', 'outputs.particles: -1 is not a number of particles (must be >= 0)', true),
  bad(
    'outputs: { trajectories: 8 }',
    'outputs: trajectories are those of orbits in space (choose motion: fullOrbit or driftOrbit, or list fates with particles)',
    true,
  ),
  bad('outputs: { figures: "yes" }', 'outputs.figures: "yes" is neither true nor false (must be true or false)', true),
  bad(
    'field: { kind: dipole, shellL: 1 }',
    'field.shellL: 1 is not an L-shell of a closed line (must be >= 1.05)',
    true,
  ),
  bad('field: { kind: dipole }', 'field.shellL: is missing (must be a number, e.g. 4)', true),
  bad(
    'field: { kind: dipole, shellL: 1.1, lossAltitude: 2000 km }',
    'field.lossAltitude: 2000000 m is above the line, whose top stands at',
  ),
  bad(
    'field: { kind: multiMirror, B: 1 T, ratio: 3, cells: 0, length: 1 m }',
    'field.cells: 0 is not a number of mirrors (must be >= 1)',
    true,
  ),
  bad(
    'field: { kind: twoCoil, B: 1 T, current: 1 kA, radius: 1 m, separation: 3 m }',
    'field.B: is given beside current (give one of the two)',
  ),
  bad(
    'field: { kind: twoCoil, radius: 1 m, separation: 3 m }',
    'field.B: is missing (give B at the midplane, or current)',
  ),
  bad(
    'field: { kind: twoCoil, B: 1 T, radius: 1 m, separation: 0.9 m }',
    'field.separation: 0.9 m leaves no minimum between coils of radius 1 m (must be above the radius)',
  ),
  // Names and seeds
  bad('name: a/b', 'name: "a/b" is not a name (must be 1 to 64 letters', true),
  bad('name: ..', 'name: ".." is not a name', true),
  bad('name: ""', 'name: "" is not a name', true),
  bad('seed: -1', 'seed: -1 is not a seed (must be a whole number from 0 to 18446744073709551615)', true),
  bad('seed: 1.5', 'seed: 1.5 is not a seed', true),
  bad('seed: 18446744073709551616', 'seed: 18446744073709551616 is not a seed'),
  bad('seed: "18446744073709551616"', 'seed: "18446744073709551616" is not a seed'),
  bad('seed: abc', 'seed: "abc" is not a seed', true),
  bad('seed: [1]', 'seed: a list is not a seed', true),
  bad({ seed: 2 ** 60 }, 'seed: 1152921504606847000 is above 2^53, where a number loses digits (quote it', true),
  // Shapes
  bad('field: 3', 'field: 3 is not a section (must have kind: one of parabolic', true),
  bad('particles: [1]', 'particles: a list is not a section (must have keys such as count', true),
  bad('particles: null', 'particles: null is not a section', true),
  bad('tallies: { speed: 3 }', 'tallies.speed: 3 is not a section (must have keys such as bins', true),
  bad('motion: [homogeneous]', 'motion: a list is not a section', true),
  bad('collisions: fast', 'collisions: "fast" is not a section (must have operator and rate, or be none)', true),
  bad('collisions: { rate: { law: coulomb, background: 3 } }', 'collisions.rate.background: is not a list', true),
  bad('[1, 2]', 'the scenario is a list (must be a section with keys such as', true),
  bad('hello', 'the scenario is "hello" (must be a section', true),
  bad('', 'the scenario is empty (must have keys such as'),
  bad('# nothing', 'the scenario is empty'),
  // Contradictions
  bad(
    'particles: { speed: 1e6 m/s, energy: 10 keV }',
    'particles.energy: is given beside speed (give one of speed, energy, temperature)',
  ),
  bad(
    'collisions: { rate: 1e3 /s, strength: 0.1 }',
    'collisions.strength: is given beside rate (give one of rate, strength)',
  ),
  bad(
    'collisions: { operator: none, rate: 1e3 /s }',
    'collisions.rate: is given though operator is none (leave it out',
  ),
  bad('times: { until: 5 s, bounces: 3 }', 'times.bounces: is given beside until (give one of at, until'),
  bad('times: { at: [1 s, 2 s], count: 2 }', 'times.count: is given beside at (give one of at, count)'),
  bad('times: { at: [1 s, 1 s] }', 'times.at: row 2: 1 does not increase after 1 (must increase from row to row)'),
  bad('times: { at: [1e-95 s, 2e-95 s] }', 'times.at: row 2: 2e-95 is 1e-95 after the one before'),
  bad('times: { at: [2 s, 1 s] }', 'times.at: row 2: 1 does not increase after 2'),
  bad('times: { at: [0 s, 1 s] }', 'times.at: row 1: 0 s is not a time after the start (must be > 0 s)'),
  bad('times: { at: [] }', 'times.at: has 0 rows (must have at least 1)', true),
  bad('times: { at: [1 s, 2] }', 'times.at: row 2: 2 has no unit (must be a time', true),
  bad(
    'collisions: none\ntimes: { collisionTimes: 2 }',
    'times.collisionTimes: means nothing without scattering (give until: a time, or bounces)',
  ),
  bad(
    'field: uniform\nboundary: none\nmotion: homogeneous\ntimes: { bounces: 2 }',
    'times.bounces: means nothing where motion is homogeneous',
  ),
  bad(
    'field: uniform\ncollisions: none\nmotion: homogeneous',
    'times.until: is missing (there are neither collisions nor bounces to count',
  ),
  bad('particles: { place: 5 m }', 'particles.place: 5 m lies outside the field (must be from -1 to 1 m)'),
  bad(
    'particles: { place: { kind: point, s: -1.1 m } }',
    'particles.place.s: -1.1 m lies outside the field (must be from -1 to 1 m)',
  ),
  bad(
    'field: uniform\nparticles: { pitch: { kind: isotropic, only: trapped } }',
    'particles.pitch.only: "trapped" means nothing without a throat or a loss cone (must be all, or the field a mirror)',
  ),
  bad(
    'particles: { pitch: { kind: cosine, xi: 0.95, only: trapped } }',
    'particles.pitch.xi: 0.95 is in the loss cone, so none is trapped (must be all, or |xi| below 0.8944)',
  ),
  bad(
    'potential: { kind: parabolic, drop: 1 kV }\nparticles: { place: fluxTube, pitch: { kind: isotropic, only: trapped } }',
    'particles.pitch.only: "trapped" with place fluxTube is not offered with a potential',
  ),
  bad(
    'field: uniform\nboundary: throat',
    'boundary: "throat" does not fit a field without one (must be cone, reflecting, periodic or none)',
  ),
  bad(
    'field: uniform\nboundary: { kind: cone }',
    'boundary.ratio: is missing (the field has no mirror ratio of its own: give one, e.g. 5)',
  ),
  bad('boundary: { kind: cone, ratio: 1 }', 'boundary.ratio: 1 is not a mirror ratio (must be > 1)', true),
  bad('boundary: { kind: throat, ratio: 3 }', 'boundary.ratio: is not a key here (known: kind)', true),
  bad(
    'motion: homogeneous\nboundary: throat',
    'boundary: "throat" needs motion along the line (must be cone or none where motion is homogeneous)',
  ),
  bad(
    'motion: homogeneous\nboundary: none\npotential: { kind: parabolic, drop: 1 V }',
    'potential: needs motion along the line',
  ),
  bad('motion: homogeneous\nboundary: none\nparallelField: 1 V/m', 'parallelField: needs motion along the line'),
  bad(
    'particles: { stratify: { pitch: 0 } }',
    'particles.stratify.pitch: 0 is not a number of strata (must be >= 1)',
    true,
  ),
  bad(
    'particles: { stratify: { pitch: 1025 } }',
    'particles.stratify.pitch: 1025 is not a number of strata (must be <= 1024)',
    true,
  ),
  bad('particles: { stratify: { pitch: 1.5 } }', 'particles.stratify.pitch: 1.5 is not a whole number', true),
  bad(
    'particles: { stratify: 8 }',
    'particles.stratify: 8 is not a section (must have keys such as pitch, speed)',
    true,
  ),
  bad(
    'particles: { stratify: { place: 8 } }',
    'particles.stratify.place: is not a key here (known: pitch, speed)',
    true,
  ),
  bad(
    'particles: { pitch: { kind: cosine, xi: 0.1 }, stratify: { pitch: 8 } }',
    'particles.stratify.pitch: all particles start at one pitch, which has no strata (leave it out, or choose another particles.pitch)',
  ),
  bad(
    'particles: { pitch: beam, stratify: { pitch: 8 } }',
    'particles.stratify.pitch: all particles start at one pitch, which has no strata',
  ),
  bad(
    'particles: { stratify: { speed: 8 } }',
    'particles.stratify.speed: all particles start at one speed, which has no strata (leave it out, or choose another particles.speed)',
  ),
  bad(
    'particles: { temperature: 1 keV, stratify: { pitch: 100, speed: 100 } }',
    'particles.stratify: 100 x 100 are 10000 strata (must be at most 4096 together)',
  ),
  bad(
    'particles: { count: 1000, stratify: { pitch: 100 } }',
    'particles.stratify: 100 strata are too many for 1000 particles (must be at least 32 a stratum, 3200 in all)',
  ),
  bad('rare: { levels: 0 }', 'rare.levels: 0 is not a number of levels (must be >= 1)', true),
  bad('rare: { levels: 33 }', 'rare.levels: 33 is not a number of levels (must be <= 32)', true),
  bad(
    'rare: { levels: many }',
    'rare.levels: "many" is not a number of levels (must be auto or a whole number from 1 to 32, about log2(1/probability))',
    true,
  ),
  bad('rare: { splits: 3 }', 'rare.splits: is not a key here (known: levels)', true),
  bad('rare: always', 'rare: "always" is not a section (must have keys such as levels)', true),
  bad(
    'rare: auto\nboundary: reflecting',
    'rare: nothing is lost where boundary is reflecting (leave rare out, or set boundary to throat or cone)',
  ),
  bad(
    'rare: auto\nfield: uniform',
    'rare: nothing is lost where boundary is none (leave rare out, or set boundary to throat or cone)',
  ),
  bad(
    'rare: auto\ncollisions: none',
    'rare: nothing scatters into the loss cone without collisions (leave it out, or choose an operator)',
  ),
  bad(
    'rare: auto\npotential: { kind: parabolic, drop: 1 V }',
    'rare: splitting knows the loss cone of the magnetic field alone, and a potential moves it (leave one of them out)',
  ),
  bad(
    'rare: auto\nparallelField: 1 V/m',
    'rare: splitting knows the loss cone of the magnetic field alone, and a parallel field moves it (leave one of them out)',
  ),
  bad(
    'boundary: periodic\nfield: { kind: table, s: [-1 m, 0 m, 1 m], B: [2 T, 1 T, 3 T] }',
    'boundary: "periodic" does not fit a field of 2 T at one end and 3 T at the other (must be equal)',
  ),
  bad(
    'particles: { speed: { kind: shell, from: 2e6 m/s, to: 1e6 m/s } }',
    'particles.speed.to: 1000000 m/s is not above from, 2000000 m/s (must be larger: the range is reversed or empty)',
  ),
  bad('particles: { speed: { kind: powerLaw, index: 2, from: 3 MeV, to: 300 keV } }', 'particles.speed.to: '),
  bad(
    'particles: { speed: { kind: shell, from: 2e6 m/s } }',
    'particles.speed.to: is missing (must be a speed or an energy',
    true,
  ),
  bad(
    'tallies: { speed: { min: 2e6 m/s, max: 1e6 m/s } }',
    'tallies.speed.max: 1000000 m/s is not above min, 2000000 m/s (must be larger)',
  ),
  bad(
    'particles: { speed: { kind: table, speed: [1e6 m/s, 2e6 m/s], density: [0, 0] } }',
    'particles.speed.density: is 0 in every row (must be > 0 somewhere)',
  ),
  bad(
    'particles: { speed: { kind: table, speed: [1e6 m/s, 2e8 m/s, 3e8 m/s], density: [1, 1, 1] } }',
    'particles.speed.speed: row 3: 300000000 m/s is not',
  ),
  bad(
    'particles: { pitch: { kind: table, xi: [0, -1], density: [1, 1] } }',
    'particles.pitch.xi: row 2: -1 does not increase after 0',
  ),
  bad(
    'particles: { pitch: { kind: table, xi: [0, 1] } }',
    'particles.pitch.density: is missing (give the lists xi and density, or file: a CSV file)',
  ),
  bad(
    'particles: { pitch: { kind: table, xi: [0, 1], density: [1, -1] } }',
    'particles.pitch.density: row 2: -1 is not a density (must be >= 0)',
  ),
  bad(
    'particles: { pitch: { kind: table, xi: [0, 1], density: [1, 1, 1] } }',
    'particles.pitch.density: has 3 rows, xi has 2 (must be as long)',
  ),
  // Tables of fields
  bad('field: { kind: table }', 'field.s: is missing (give the lists s and B, or file: a CSV file)'),
  bad('field: { kind: table, s: [-1 m, 1 m], B: [1 T, 1 T] }', 'field.s: has 2 rows (must have at least 3)', true),
  bad('field: { kind: table, s: [-1 m, 1 m, 0 m], B: [1 T, 1 T, 2 T] }', 'field.s: row 3: 0 does not increase after 1'),
  bad(
    'field: { kind: table, s: [-1 m, 0 m, 1 m], B: [1 T, -1 T, 2 T] }',
    'field.B: row 2: -1 T is not a field strength (must be > 0 T)',
  ),
  bad(
    'field: { kind: table, s: [-1 m, 0 m, 1 m], B: [1 T, 0 T, 2 T] }',
    'field.B: row 2: 0 T is not a field strength (must be > 0 T)',
  ),
  bad('field: { kind: table, s: [-1 m, 0 m, 1 m], B: [1 T, 2 km, 2 T] }', 'field.B: row 2: "2 km" is a length', true),
  bad(
    'field: { kind: table, s: { unit: T, values: [1, 2, 3] }, B: [1 T, 2 T, 3 T] }',
    'field.s: "T" is a magnetic field (must be a length',
    true,
  ),
  bad(
    'field: { kind: table, s: { unit: m, values: [1, .nan, 3] }, B: [1 T, 2 T, 3 T] }',
    'field.s: row 2: NaN is not finite',
  ),
  bad(
    'field: { kind: table, s: { values: [1, 2, 3] }, B: [1 T, 2 T, 3 T] }',
    'field.s: unit nothing is not a unit',
    true,
  ),
  bad(
    'field: { kind: table, s: [-1 m, 0 m, 1 m], B: [1 T, 2 T, 3 T] }',
    'field.B: B is least at the first row (must rise on both sides',
  ),
  bad(
    'field: { kind: table, s: [-1 m, 0 m, 1 m], B: [2 T, 1 T, 2 T], file: b.csv }',
    'field.file: "b.csv" cannot be read (no files are at hand here',
  ),
  bad(
    'field: { kind: table, file: ../b.csv }',
    'field.file: "../b.csv" cannot be read (must be a file in the folder of the scenario',
    true,
  ),
  bad(
    'field: { kind: table, file: /etc/passwd }',
    'field.file: "/etc/passwd" cannot be read (must be a file in the folder',
    true,
  ),
  bad(
    'field: { kind: table, file: .secret }',
    'field.file: ".secret" cannot be read (must be a file in the folder',
    true,
  ),
  bad('field: { kind: table, file: 3 }', 'field.file: 3 is not a file name (must be a CSV file', true),
  table('-1,2\n0,1\n', 'field.file: "b.csv": s: has 2 rows (must have at least 3)'),
  table('-1,2\n0,1\n0,2\n', 'field.file: "b.csv": s: row 3: 0 does not increase after 0'),
  table(
    '-1e-320,2\n0,1\n1,2\n',
    'field.file: "b.csv": s: row 2: 0 is 1e-320 after the one before (must be at least 1e-90: leave one of them out)',
  ),
  table('-1,2\n0,-1\n1,2\n', 'field.file: "b.csv": B: row 2: -1 T is not a field strength (must be > 0 T)'),
  table('-1,2\n0,nan\n1,2\n', 'field.file: "b.csv": line 2: "nan" is not a finite number'),
  table('-1,2\n0\n1,2\n', 'field.file: "b.csv": line 2 has 1 column (must have 2: s, B)'),
  table('-1,2,3\n', 'field.file: "b.csv": line 1 has 3 columns (must have 2: s, B)'),
  table('s,B\n-1,2\n0,x\n1,2\n', 'field.file: "b.csv": line 3: "x" is not a finite number'),
  table('place,strength\n-1,2\n', 'field.file: "b.csv": header "place" (must be s or s [unit])'),
  table('s [T],B [T]\n-1,2\n0,1\n1,2\n', 'field.file: "b.csv": s: "T" is a magnetic field (must be a length'),
  table('s [furlong],B [T]\n-1,2\n0,1\n1,2\n', 'field.file: "b.csv": s: "furlong" is not a unit'),
  table('', 'field.file: "b.csv": s: has 0 rows'),
  bad(
    'potential: { kind: table, s: [-0.5 m, 0 m, 0.5 m], phi: [1 V, 0 V, 1 V] }',
    'potential.s: reaches from -0.5 to 0.5 m (must cover the line, -1 to 1 m)',
  ),
  bad(
    'potential: { kind: ambipolar, electronTemperature: 1 keV, densityRatio: 2 }',
    'potential.densityRatio: 2 is not a density ratio of throat to midplane (must be <= 1)',
    true,
  ),
  bad(
    'parallelField: { profile: { kind: table, s: [-0.5 m, 0 m, 1 m], E: [1 V/m, 0 V/m, 1 V/m] } }',
    'parallelField.profile.s: reaches from -0.5 to 1 m (must cover the line',
  ),
  bad(
    'parallelField: { profile: 1 V/m, time: { kind: ramp, duration: -1 s } }',
    'parallelField.time.duration: "-1 s" is not a duration (must be > 0 s)',
  ),
  bad('parallelField: { time: constant }', 'parallelField.profile: is missing', true),
  bad(
    'field: { kind: parabolic, length: 1e-300 m }',
    'field.length: "1e-300 m" is not a length of a field line (must be >= 1e-9 m)',
  ),
  bad('field: { kind: parabolic, B: 1e-300 T }', 'field.B: "1e-300 T" is not a field strength (must be >= 1e-18 T)'),
  bad(
    'collisions: { rate: 1e-300 /s }',
    'collisions.rate: "1e-300 /s" is not a scattering rate (must be >= 1e-20 1/s)',
  ),
  // Hostile texts
  bad('a: &x 1', 'line 1, column 4: an alias or anchor (write the value out)'),
  bad('name: *x', 'line 1, column 7: an alias or anchor (write the value out)'),
  bad('name: !!str 3', 'line 1, column 7: a tag (leave it out)'),
  bad('name: !<tag:yaml.org,2002:js/function> x', 'line 1, column 7: a tag (leave it out)'),
  bad('%YAML 1.1\n---\nname: a', 'line 1, column 1: a directive (leave it out)'),
  bad('name: a\n---\nname: b', 'a second document (must be one scenario)'),
  bad('name: a\nname: b', 'line 2, column 1: is not readable as YAML or JSON (Map keys must be unique'),
  bad('{"name": "a", "name": "b"}', 'is not readable as YAML or JSON (Map keys must be unique'),
  bad('<<: { name: a }', '"<<": is not a key here', true),
  bad('? [1, 2]\n: 3', 'has a key that is a list or a section (must be a word)'),
  bad('__proto__: { polluted: 1 }', '__proto__: is not a key (leave it out)'),
  bad('field: { constructor: 1 }', 'field.constructor: is not a key (leave it out)'),
  bad('field: { prototype: 1 }', 'field.prototype: is not a key (leave it out)'),
  bad('field: [', 'line 1, column 9: is not readable as YAML or JSON'),
  bad('name: "\u001b[31m\u202e"', 'name: "\\u001b[31m\\u202e" is not a name', true),
  bad(`${'['.repeat(40)}${']'.repeat(40)}`, 'nesting deeper than 32 levels (must be at most 32)'),
  bad(`description: ${'x'.repeat(2 ** 20)}`, 'the scenario has 1048589 characters (must be at most 1024 KiB'),
];
