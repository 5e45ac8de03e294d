import { consoleReport, describeMachine, ensureRuntime, silentReport, type RuntimeInfo } from '@mdctr/tensor';

/** Sets TensorFlow up and says, for results that will be read elsewhere, what they were made with. */
export async function startRuntime(
  precision: 'float32' | 'bfloat16',
  quiet: boolean,
): Promise<Record<string, string | number>> {
  const info = await ensureRuntime({ precision, report: quiet ? silentReport : consoleReport() });
  return environmentOf(info);
}

export function environmentOf(info: RuntimeInfo): Record<string, string | number> {
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
