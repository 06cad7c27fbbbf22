/** The package's version, as in package.json (a test holds the two equal); part of every result's provenance. */
export const version = '0.1.0';
