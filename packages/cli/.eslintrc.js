module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // The program is bundled: who installs it needs nothing of what it is made of.
    '@backstage/no-undeclared-imports': 'off',
  },
});
