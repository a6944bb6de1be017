/** OpenAPI v3 documents of built-in kinds, as recorded from a real API server. */
export interface OpenApiDocuments {
  /** Such as `api/v1` and `apis/apps/v1`. */
  paths(): readonly string[];
  /** JSON; undefined for other paths. */
  document(path: string): Buffer | undefined;
  /** Changes with the document. */
  hash(path: string): string | undefined;
}
