const { createConfigForRole } = require('@backstage/cli/config/eslint-factory');

// No package of Backstage, so its role is said here.
module.exports = createConfigForRole(__dirname, 'node-library', {
  rules: {
    // The tests hold other folders to the contract, and so look inside: at the
    // renderer without the module around it, and at the skeleton's own code.
    '@backstage/no-forbidden-package-imports': 'off',
    '@backstage/no-relative-monorepo-imports': 'off',
  },
});
