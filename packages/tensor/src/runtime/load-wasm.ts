import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type { KernelBackend } from '@tensorflow/tfjs-core';

type TfjsCore = typeof import('@tensorflow/tfjs-core');

/** Makes WebAssembly tfjs's backend, with the cpu backend for the few ops that it lacks. */
export async function loadWasm(): Promise<{ backend: KernelBackend }> {
  const require = createRequire(import.meta.url);
  const tf = require('@tensorflow/tfjs-core') as TfjsCore;
  // The package of everything registers the gradients of all ops with the same copy of tfjs-core.
  require('@tensorflow/tfjs');
  const wasm = require('@tensorflow/tfjs-backend-wasm') as typeof import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  await tf.setBackend('wasm');
  await tf.ready();
  return { backend: tf.engine().backend };
}
