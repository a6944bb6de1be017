/**
 * JSON of the object that was asked for last. An event goes to all who watch
 * one after the other, and need not be written out for each of them.
 */
export class LastSerialized {
  #object: object | undefined;
  #json = '';

  /** The object must not change. */
  of(object: object): string {
    if (object !== this.#object) {
      this.#json = JSON.stringify(object);
      this.#object = object;
    }
    return this.#json;
  }
}
