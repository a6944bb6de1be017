import type { PrinterColumn, ResourceType } from '../../model/ResourceType';

/** A type of which only what printing reads is real. */
export function resourceTypeOf({
  apiVersion,
  kind,
  printerColumns,
}: {
  apiVersion: string;
  kind: string;
  printerColumns?: readonly { name: string; type: string; jsonPath: string }[];
}): ResourceType {
  const [version, group = ''] = apiVersion.split('/').reverse();
  return {
    group,
    version,
    kind,
    listKind: `${kind}List`,
    plural: `${kind.toLowerCase()}s`,
    singular: kind.toLowerCase(),
    shortNames: [],
    categories: [],
    namespaced: true,
    verbs: [],
    subresources: [],
    schema: {
      property: () => undefined,
      propertyNames: () => [],
      required: [],
      listType: 'atomic',
      listMapKeys: [],
      mapType: 'granular',
      preserveUnknownFields: false,
      embeddedResource: false,
      intOrString: false,
      nullable: false,
      patchStrategy: [],
      rules: [],
      raw: {},
    },
    custom: printerColumns !== undefined,
    ...(printerColumns === undefined
      ? {}
      : { printerColumns: printerColumns as readonly PrinterColumn[] }),
  };
}
