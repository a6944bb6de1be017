'use strict';

const { join, resolve, sep } = require('node:path');
const { Script } = require('node:vm');
const BackstageRuntime = require('@backstage/cli-module-test-jest/config/jestCachingModuleLoader');

const installed = join(resolve(__dirname, '../..'), 'node_modules') + sep;

/** By file: the code that was compiled, and what came of it. */
const compiled = new Map();

/** By file: the text of an installed file, which no test changes. */
const texts = new Map();

/**
 * Jest's runtime, with one parse of each file per worker instead of one per
 * suite: a suite loads about a thousand files, nearly all of which the suite
 * before it loaded as well. Each suite still evaluates every module anew, in a
 * context of its own, so suites share code and never state.
 */
module.exports = class CachingRuntime extends BackstageRuntime {
  readFile(filename) {
    if (!filename.startsWith(installed)) {
      return super.readFile(filename);
    }
    let text = texts.get(filename);
    if (text === undefined) {
      text = super.readFile(filename);
      texts.set(filename, text);
    }
    return text;
  }

  createScriptFromCode(code, filename) {
    const context = this._environment.getVmContext();
    // A dynamic `import()` belongs to the runtime that compiled it, so what may
    // have one is compiled for each suite.
    if (context === null || /\bimport\b/.test(code)) {
      return super.createScriptFromCode(code, filename);
    }
    const head = `(function (${this.constructInjectedModuleParameters()}) {`;
    let entry = compiled.get(filename);
    if (entry?.code !== code || entry.head !== head) {
      try {
        const script = new Script(`${head}${code}\n})`, {
          filename,
          columnOffset: -head.length,
        });
        entry = { code, head, script };
      } catch {
        // Let Jest explain what is wrong with the code.
        return super.createScriptFromCode(code, filename);
      }
      compiled.set(filename, entry);
    }
    return entry.script.runInContext(context);
  }
};
