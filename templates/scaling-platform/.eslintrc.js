const { createConfigForRole } = require('@backstage/cli/config/eslint-factory');

// No package of Backstage, so its role is said here.
module.exports = createConfigForRole(__dirname, 'node-library', {
  rules: {
    // The tests run the template with the actions' own schemas.
    '@backstage/no-forbidden-package-imports': 'off',
    '@backstage/no-relative-monorepo-imports': 'off',
  },
});
