/** As much of it as is used here; the package has no types of its own. */
declare module 'opossum' {
  export interface Options {
    readonly timeout?: number | false;
    readonly resetTimeout?: number;
    readonly capacity?: number;
  }
  export default class CircuitBreaker<Args extends readonly unknown[], Result> {
    constructor(action: (...args: Args) => Promise<Result>, options: Options);
    fire(...args: Args): Promise<Result>;
  }
}
