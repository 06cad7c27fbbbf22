import { quantity, section } from '../leaves.js';

/** A source that runs without end, of particles as `particles` describes them. */
export const sourceSchema = section(
  {
    rate: quantity('rate', {
      description: 'Particles that the source brings into the line per second',
      what: 'the rate of a source',
      above: 0,
      max: 1e40,
      example: '1e18 /s',
    }),
  },
  'A continuous source: adds the steady state, the time integral of the response to one pulse',
);
