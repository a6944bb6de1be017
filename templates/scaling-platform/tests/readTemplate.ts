import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { parse } from 'yaml';

const TEMPLATE_PATH = join(__dirname, '..', 'template.yaml');

export async function readTemplate(): Promise<TemplateEntityV1beta3> {
  return parse(await fs.readFile(TEMPLATE_PATH, 'utf8'));
}
