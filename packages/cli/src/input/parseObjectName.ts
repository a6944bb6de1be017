/** An object as people name it: `deployment/odds-api`, `scaledobjects.keda.sh/odds-api`. */
export interface ObjectName {
  /** Kind or plural, in whichever case. */
  kind: string;
  /** Undefined: whichever group has the kind. */
  group?: string;
  name: string;
}

/** Undefined for what is not of the form `KIND[.GROUP]/NAME`. */
export function parseObjectName(text: string): ObjectName | undefined {
  const parts = /^([A-Za-z][A-Za-z0-9]*)(?:\.([a-z0-9.-]+))?\/([^/\s]+)$/.exec(
    text,
  );
  return parts === null
    ? undefined
    : {
        kind: parts[1],
        ...(parts[2] === undefined ? {} : { group: parts[2] }),
        name: parts[3],
      };
}
