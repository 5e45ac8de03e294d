import { consoleReport, describeMachine, ensureRuntime, silentReport, type RuntimeInfo } from '@mdctr/tensor';

/** What results were made with. */
export type Environment = Readonly<Record<string, string | number>>;

/** Sets TensorFlow up and says, for results that will be read elsewhere, what they were made with. */
export async function startRuntime(precision: 'float32' | 'bfloat16', quiet: boolean): Promise<Environment> {
  const info = await ensureRuntime({ precision, report: quiet ? silentReport : consoleReport() });
  return environmentOf(info);
}

export function environmentOf(info: RuntimeInfo): Environment {
  const machine = describeMachine(info);
  return {
    tier: info.tier,
    kernels: info.kernels ?? 'none',
    tensorflow: info.tensorflowVersion ?? 'none (wasm)',
    tfjs: info.tfjsVersion,
    precision: info.precision,
    multiplies: info.multiplies ?? 'as TensorFlow does',
    node: machine.node,
    platform: machine.platform,
    cpu: machine.cpu,
    threads: machine.threads,
  };
}

/** The part of it that decides about the last digits of results. */
export function roundingFacts({ tier, kernels, multiplies }: Environment): Record<string, unknown> {
  return { tier, kernels, multiplies };
}
