import {
  groupKindOf,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { ManifestFile, readManifests } from '../manifests/readManifests';
import { SourcedObject } from '../model/SourcedObject';
import { OPERATOR_DEFINITIONS } from './definitionNames';
import { mirrorImage } from './imageReference';

const DEFINITION = 'apiextensions.k8s.io/CustomResourceDefinition';
const DOCUMENT_START = /^---[ \t]*$/m;

/**
 * The documents of a file that hold one of these definitions.
 *
 * @remarks
 * By its text, before it is parsed: the operator's bundle is 4.5 MB, three
 * seconds of parsing, and half of that is definitions that nobody asked for.
 */
function documentsOf(text: string, names: string[]): string {
  return text
    .split(DOCUMENT_START)
    .filter(document =>
      names.some(name => document.includes(`\n  name: ${name}\n`)),
    )
    .join('---\n');
}

/**
 * The definitions of the operator's release bundle; what runs the operator is
 * {@link operatorManifests}.
 *
 * @param which - the five that it needs, or all of the bundle
 */
export function operatorDefinitions(
  file: ManifestFile,
  which: 'needed' | 'all',
): SourcedObject[] {
  const needed = OPERATOR_DEFINITIONS.map(({ name }) => name);
  const text = which === 'all' ? file.text : documentsOf(file.text, needed);
  return readManifests([{ ...file, text }]).filter(
    ({ object }) =>
      groupKindOf(object) === DEFINITION &&
      (which === 'all' || needed.includes(object.metadata.name)),
  );
}

const workloadSchema = z
  .object({
    spec: z
      .object({
        template: z
          .object({
            spec: z
              .object({
                containers: z.array(
                  z.object({ image: z.string() }).passthrough(),
                ),
              })
              .passthrough(),
          })
          .passthrough(),
      })
      .passthrough(),
  })
  .passthrough();

function withMirroredImages(
  object: KubernetesObject,
  registry: string | undefined,
): KubernetesObject {
  const parsed = workloadSchema.safeParse(object);
  if (registry === undefined || !parsed.success) {
    return object;
  }
  const { spec } = parsed.data;
  return {
    ...object,
    spec: {
      ...spec,
      template: {
        ...spec.template,
        spec: {
          ...spec.template.spec,
          containers: spec.template.spec.containers.map(container => ({
            ...container,
            image: mirrorImage(container.image, registry),
          })),
        },
      },
    },
  };
}

/** KEDA as its release manifest has it, with its images on the mirror. */
export function kedaManifests(
  file: ManifestFile,
  options: { imageRegistry?: string },
): SourcedObject[] {
  return readManifests([file]).map(({ object, source }) => ({
    object: withMirroredImages(object, options.imageRegistry),
    source,
  }));
}
