/**
 * Tests that passed and failed, from the JSON that jest writes. A test file
 * that could not run counts as one failure.
 */
export function jestCounts(json) {
  const report = JSON.parse(json);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests,
  };
}

/** The same from the summary that `node --test` writes for people. */
export function nodeTestCounts(lines) {
  const count = name => {
    const line = lines.find(each => each.startsWith(`ℹ ${name} `));
    return line === undefined ? 0 : Number(line.slice(name.length + 3));
  };
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped'),
  };
}
