import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../setup/paths.mjs';

const ts = createRequire(import.meta.url)('typescript');

/** Files whose zod objects are sections of the configuration. */
const SETTINGS = /([sS]ettings|[rR]ule|Policy)\.ts$/;
/** Calls that read a key of the configuration. */
const READERS = /^(has|get(Optional)?(String|Number|Boolean|Config)?(Array)?)$/;
/** Sections of others, which they describe. */
const FOREIGN =
  /^(app\.baseUrl|auth|backend|kubernetes|integrations|scaffolder)(\.|$)/;

const parse = path =>
  ts.createSourceFile(
    path,
    readFileSync(path, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );

function walk(node, visit) {
  visit(node);
  ts.forEachChild(node, child => walk(child, visit));
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name.startsWith('__') ? [] : sources(path);
    }
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.')
      ? [path]
      : [];
  });
}

/** Names of the keys in a config.d.ts, and those without a comment. */
function declaredKeys(path) {
  const names = new Set();
  const bare = [];
  walk(parse(path), node => {
    if (ts.isPropertySignature(node)) {
      const name = node.name.getText();
      names.add(name);
      // A section, or the mark of a variant, says itself what it is.
      const isSection =
        node.type !== undefined &&
        (ts.isTypeLiteralNode(node.type) ||
          ts.isLiteralTypeNode(node.type) ||
          /^Array<\{/.test(node.type.getText()));
      if (!isSection && ts.getJSDocCommentsAndTags(node).length === 0) {
        bare.push(name);
      }
    }
  });
  return { names, bare };
}

/** Names of the keys that a package's sources read. */
function readKeys(files) {
  const schema = new Set();
  const words = new Set();
  for (const file of files) {
    walk(parse(file), node => {
      if (ts.isPropertyAssignment(node)) {
        words.add(node.name.getText());
        if (SETTINGS.test(basename(file)) && isShape(node.parent)) {
          schema.add(node.name.getText());
        }
      } else if (ts.isStringLiteralLike(node)) {
        node.text.split('.').forEach(word => words.add(word));
        if (isRead(node) && !FOREIGN.test(node.text)) {
          node.text.split('.').forEach(word => schema.add(word));
        }
      } else if (ts.isTemplateLiteralToken(node)) {
        node.text.split('.').forEach(word => words.add(word));
      } else if (ts.isPropertyAccessExpression(node)) {
        words.add(node.name.text);
      }
    });
  }
  return { schema, words };
}

/** Whether an object literal is the shape of a `z.object`. */
function isShape(literal) {
  const call = literal.parent;
  return (
    ts.isCallExpression(call) &&
    /(^|\.)(object|strictObject|extend)$/.test(
      call.expression.getText().replace(/\s/g, ''),
    )
  );
}

/** Whether a text is what a method of `Config` is asked for. */
function isRead(literal) {
  const call = literal.parent;
  return (
    ts.isCallExpression(call) &&
    call.arguments[0] === literal &&
    ts.isPropertyAccessExpression(call.expression) &&
    READERS.test(call.expression.name.text) &&
    /[cC]onfig|section/.test(call.expression.expression.getText())
  );
}

const packages = ['packages', 'plugins'].flatMap(folder =>
  readdirSync(join(root, folder))
    .map(name => `${folder}/${name}`)
    .filter(path => existsSync(join(root, path, 'config.d.ts'))),
);

for (const path of packages) {
  const declared = declaredKeys(join(root, path, 'config.d.ts'));
  const read = readKeys(sources(join(root, path, 'src')));

  test(`every key in the config.d.ts of ${path} is read by it`, () => {
    assert.ok(declared.names.size > 0);
    assert.deepEqual(
      [...declared.names].filter(name => !read.words.has(name)),
      [],
    );
  });

  test(`every key that ${path} reads is in its config.d.ts`, () => {
    assert.deepEqual(
      [...read.schema].filter(name => !declared.names.has(name)),
      [],
    );
  });

  test(`every key in the config.d.ts of ${path} has a comment`, () => {
    assert.deepEqual(declared.bare, []);
  });

  test(`${path} packs its config.d.ts`, () => {
    const { files, configSchema } = JSON.parse(
      readFileSync(join(root, path, 'package.json'), 'utf8'),
    );
    assert.equal(configSchema, 'config.d.ts');
    assert.ok(files.includes('config.d.ts'));
  });
}
