// Stands in for a test runner while test files are read for their `checkPlugin(...)`: bodies of `describe` run, tests do not.

type Anything = (...args: unknown[]) => unknown;

/** Can be called, and has every property; all of it is itself again. `then` is not there: it is no promise. */
const nothing: Anything = new Proxy(() => nothing, {
  get: (_, key) => (key === 'then' || typeof key === 'symbol' ? undefined : nothing),
});

/** Runs its body, which may hold `checkPlugin`; also as `describe.skipIf(...)`. */
export const describe: Anything = new Proxy(
  (...args: unknown[]) => {
    const body = args.find((arg) => typeof arg === 'function') as Anything | undefined;
    return body ? void body() : nothing;
  },
  { get: (_, key) => (key === 'then' || typeof key === 'symbol' ? undefined : describe) },
);

export const suite = describe;
export const it = nothing;
export const test = nothing;
export const expect = nothing;
export const expectTypeOf = nothing;
export const assert = nothing;
export const assertType = nothing;
export const vi = nothing;
export const vitest = nothing;
export const bench = nothing;
export const inject = nothing;
export const beforeAll = nothing;
export const beforeEach = nothing;
export const afterAll = nothing;
export const afterEach = nothing;
export const onTestFailed = nothing;
export const onTestFinished = nothing;
export default nothing;
