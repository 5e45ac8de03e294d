import type { ParameterScope } from '@mdctr/core';
import { tensor, tidy, zeros, type Parameter } from '@mdctr/tensor';

/**
 * The adapted values of every seen domain, on the host: for each parameter [D, ...shape], row d - 1 for domain id d. With
 * a `scope` they are states of the model too, `maml/adapted/PATH`, and so are saved with it.
 */
export class AdaptedValues {
  private host: Map<Parameter, Float32Array> | undefined;
  private readonly states = new Map<Parameter, Parameter>();

  constructor(
    private readonly parameters: readonly Parameter[],
    private readonly domains: number,
    scope?: ParameterScope,
  ) {
    if (!scope) return;
    for (const parameter of parameters) {
      this.states.set(parameter, scope.state(parameter.path, [domains, ...parameter.shape], zeros));
    }
  }

  /** Takes the values of all domains anew: `valuesOf(domain id)` gives each parameter's. */
  async fill(valuesOf: (domain: number) => Promise<ReadonlyMap<Parameter, Float32Array>>): Promise<void> {
    const host = new Map(this.parameters.map((p) => [p, new Float32Array(this.domains * p.size)] as const));
    for (let domain = 1; domain <= this.domains; domain++) {
      for (const [parameter, values] of await valuesOf(domain)) {
        host.get(parameter)!.set(values, (domain - 1) * parameter.size);
      }
    }
    this.host = host;
    for (const [parameter, state] of this.states) state.write(host.get(parameter)!);
  }

  /** Runs `body` with the values of a domain; those of the model for domain id 0, never seen in training. */
  during<T>(domain: number, body: () => T): T {
    if (domain === 0) return body();
    const host = (this.host ??= new Map([...this.states].map(([p, state]) => [p, state.toHost()] as const)));
    let result!: T;
    tidy(() => {
      const run = [...host].reduceRight<() => T>((inner, [parameter, all]) => {
        const own = all.slice((domain - 1) * parameter.size, domain * parameter.size);
        return () => parameter.with(tensor(own, parameter.shape), inner);
      }, body);
      result = run();
    });
    return result;
  }
}
