/**
 * What the embedded cluster prints differently on purpose: what is taken out of
 * both outputs, and why it may differ.
 */
export const acceptedDifferences = [
  {
    reason: 'The embedded cluster says in its version what it is.',
    pattern: /v1\.36\.3\+embedded/g,
    replacement: 'v1.36.3',
  },
];
