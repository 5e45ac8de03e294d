import { consoleReport, describeMachine, ensureRuntime, silentReport } from '@mdctr/tensor';

export interface DoctorFlags {
  readonly repair?: true;
  readonly json?: true;
}

export async function doctor({ repair, json }: DoctorFlags): Promise<void> {
  const info = await ensureRuntime({ repair: repair === true, report: json ? silentReport : consoleReport() });
  const machine = describeMachine(info);
  if (json) {
    process.stdout.write(`${JSON.stringify({ runtime: info, machine }, null, 2)}\n`);
    return;
  }
  const tensorflow = info.tensorflowVersion ? `TensorFlow ${info.tensorflowVersion}` : 'no native TensorFlow';
  const lines: [string, string][] = [
    ['tier', `${info.tier} (${tensorflow}, tfjs ${info.tfjsVersion}, backend ${info.backend})`],
    ...(info.path ? [['libraries', info.path] as [string, string]] : []),
    ['kernels', info.kernels ?? `none: ${info.kernelsMissing ?? 'they need native TensorFlow'}`],
    [
      'set-up',
      `${(info.setupMs / 1000).toFixed(1)} s when it was made, ${(info.loadMs / 1000).toFixed(1)} s to load now`,
    ],
    ['node', `${machine.node} on ${machine.platform}`],
    ['cpu', `${machine.cpu}, ${machine.threads} threads, ${machine.memoryGiB} GiB`],
    ['features', machine.features.join(' ') || 'unknown'],
    ...(machine.allocatorTuned === undefined
      ? []
      : [['allocator', machine.allocatorTuned ? 'keeps large blocks' : 'default'] as [string, string]]),
    ...info.failures.map(({ tier, reason }): [string, string] => [`no ${tier}`, reason]),
  ];
  for (const [name, value] of lines) process.stdout.write(`${name.padEnd(12)}${value}\n`);
  process.stdout.write(machine.advice.length === 0 ? '\nNothing to mend.\n' : '\n');
  for (const advice of machine.advice) process.stdout.write(`- ${advice}\n`);
}
