/** The version of the package; a test holds it to package.json. It is part of the identity of every run. */
export const version = '0.5.0';
