/** The library that reads and evaluates rules; published as an ES module alone. */
export type CelLibrary = typeof import('@marcbachmann/cel-js');
