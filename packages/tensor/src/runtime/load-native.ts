import util from 'node:util';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { tfjsNodePackage } from './tfjs-node.js';

type TfjsCore = typeof import('@tensorflow/tfjs-core');

/**
 * Loads the addon of a folder and makes it tfjs's backend. The addon, its kernels and this package must share one copy of
 * tfjs-core, so that copy is taken from tfjs-node's point of view.
 */
export function loadNative(dir: string): { backend: KernelBackend; tensorflowVersion: string } {
  // Node 23 removed what tfjs-node still calls; where it is left, calling it prints a deprecation warning.
  Object.assign(util, {
    isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
    isArray: Array.isArray,
  });
  // TensorFlow's greeting and CPU advice on stderr are noise to our users.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';

  const { require: load } = tfjsNodePackage();
  const tf = load('@tensorflow/tfjs-core') as TfjsCore;
  const binding = createRequire(import.meta.url)(join(dir, 'tfjs_binding.node')) as { TF_Version: string };
  const { NodeJSKernelBackend } = load('./nodejs_kernel_backend') as {
    NodeJSKernelBackend: new (binding: unknown, name: string) => KernelBackend;
  };
  const backend = new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node');
  tf.registerBackend('tensorflow', () => backend, 3);
  load('./register_all_kernels');
  void tf.setBackend('tensorflow'); // set at once: the backend is made by a function without a promise
  return { backend, tensorflowVersion: binding.TF_Version };
}
