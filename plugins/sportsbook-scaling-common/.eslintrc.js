module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // A property asserts through fast-check.
    'jest/expect-expect': [
      'warn',
      { assertFunctionNames: ['expect', 'fc.assert'] },
    ],
  },
});
