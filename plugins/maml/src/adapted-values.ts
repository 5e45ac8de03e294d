import type { ParameterScope } from '@mdctr/core';
import { tensor, tidy, zeros, type Parameter } from '@mdctr/tensor';
import { changedSpan, withSpan, type ChangedSpan } from './changed-span.js';

/** What adaptation changed, by parameter. */
export type HostValues = ReadonlyMap<Parameter, ChangedSpan>;

/**
 * The adapted values of every seen domain, on the host, where they differ from the model's. With a `scope` they are states
 * of the model too, `maml/adapted/PATH` [D, ...shape] (row d - 1 for domain id d), and so are saved with it.
 */
export class AdaptedValues {
  private byDomain: readonly HostValues[] | undefined;
  private readonly states = new Map<Parameter, Parameter>();

  constructor(
    parameters: readonly Parameter[],
    private readonly domains: number,
    scope?: ParameterScope,
  ) {
    if (!scope) return;
    for (const parameter of parameters) {
      this.states.set(parameter, scope.state(parameter.path, [domains, ...parameter.shape], zeros));
    }
  }

  /** Takes the values of all domains anew: `valuesOf(domain id)` gives those that adapted. */
  async fill(valuesOf: (domain: number) => Promise<HostValues>): Promise<void> {
    const byDomain: HostValues[] = [];
    for (let domain = 1; domain <= this.domains; domain++) byDomain.push(await valuesOf(domain));
    this.byDomain = byDomain;
    for (const [parameter, state] of this.states) {
      const all = new Float32Array(state.size);
      byDomain.forEach((values, i) => {
        const span = values.get(parameter);
        all.set(span ? valueOf(parameter, span) : parameter.toHost(), i * parameter.size);
      });
      state.write(all);
    }
  }

  /** Runs `body` with the values of a domain; those of the model for domain id 0, never seen in training. */
  during<T>(domain: number, body: () => T): T {
    this.byDomain ??= this.fromStates();
    const values = this.byDomain[domain - 1];
    if (!values) return body();
    let result!: T;
    tidy(() => {
      const run = [...values].reduceRight<() => T>((inner, [parameter, span]) => {
        return () => parameter.with(tensor(valueOf(parameter, span), parameter.shape), inner);
      }, body);
      result = run();
    });
    return result;
  }

  /** As a saved model has them. */
  private fromStates(): HostValues[] {
    const stored = [...this.states].map(([parameter, state]) => [parameter, state.toHost()] as const);
    return Array.from({ length: this.domains }, (_, i) => {
      return spansOf(stored.map(([p, all]) => [p, all.slice(i * p.size, (i + 1) * p.size)] as const));
    });
  }
}

/** What differs from the parameters' own values. */
export function spansOf(values: readonly (readonly [Parameter, Float32Array])[]): HostValues {
  return new Map(
    values.flatMap(([parameter, value]) => {
      const span = changedSpan(parameter.toHost(), value);
      return span ? [[parameter, span] as const] : [];
    }),
  );
}

function valueOf(parameter: Parameter, span: ChangedSpan): Float32Array {
  return withSpan(() => parameter.toHost(), parameter.size, span);
}
