/*
 * `copy` puts the repository's skeleton and its templates into this package
 * before it is packed, `remove` takes them away afterwards. What people
 * installed or built inside of the skeleton stays behind, and so do the tests
 * of the templates.
 *
 * Packers leave some names out, whatever `files` says. Folders among them get
 * the suffix `.hbs`, which the renderer takes away again; files must have it in
 * the skeleton already, for those that are renamed are rendered.
 */
const {
  cpSync,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
} = require('node:fs');
const { basename, join } = require('node:path');

const repository = join(__dirname, '..', '..', '..');
const source = join(repository, 'skeleton');
const target = join(__dirname, '..', 'skeleton');
const templatesSource = join(repository, 'templates');
const templatesTarget = join(__dirname, '..', 'templates');
const notCopied = new Set(['node_modules', 'dist', 'coverage']);
const foldersLeftOut = new Set(['.github', '.git', '.hg']);
const filesLeftOut = new Set(['.gitignore', '.npmignore', '.npmrc']);

function rename(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      rename(path);
      if (foldersLeftOut.has(entry.name)) {
        renameSync(path, `${path}.hbs`);
      }
    } else if (filesLeftOut.has(entry.name)) {
      throw new Error(
        `${path} would be missing from the package; name it ${entry.name}.hbs in the skeleton`,
      );
    }
  }
}

function copyTemplates() {
  for (const name of readdirSync(templatesSource)) {
    const file = join(templatesSource, name, 'template.yaml');
    if (existsSync(file)) {
      cpSync(file, join(templatesTarget, name, 'template.yaml'));
    }
  }
}

rmSync(target, { recursive: true, force: true });
rmSync(templatesTarget, { recursive: true, force: true });
if (process.argv[2] === 'copy') {
  cpSync(source, target, {
    recursive: true,
    filter: path => !notCopied.has(basename(path)),
  });
  rename(target);
  copyTemplates();
}
