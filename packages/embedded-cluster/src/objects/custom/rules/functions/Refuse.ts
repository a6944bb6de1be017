/** Makes the error of a function that cannot give a value. */
export type Refuse = (why: string) => Error;
