import { lastOf } from '@mdctr/base';
import { runtime } from '../runtime/index.js';
import { tf } from '../tfjs.js';
import { OUTSIDE, type OpRecorder } from './op-recorder.js';

/** @internal Names of what is timed and is no op of TensorFlow. */
export const READING = '(reading a tensor)';
/** @internal */
export const FREEING = '(freeing tensors)';

type Method = (this: unknown, ...args: never[]) => unknown;

/** The gradient of a node of the tape, called on the way back. */
interface TapeNode {
  gradient?: (dys: unknown[]) => unknown;
}

/**
 * Puts the recorder between tfjs and its backend; gives what takes it out again. Ops run one after the other and are done
 * when their call returns, so the time of the call is the time of the op.
 */
export function hookInto(recorder: OpRecorder): () => void {
  const { backend, native } = runtime();
  const engine = tf.engine();
  const undo = [
    ...(native ? hookNativeOps(backend, recorder) : [hookKernels(engine, recorder)]),
    override(
      backend,
      'readSync',
      (original) =>
        function (...args) {
          return recorder.op(READING, () => original.apply(this, args));
        },
    ),
    override(
      engine,
      'disposeTensor',
      (original) =>
        function (...args) {
          // Tensors go when a tidy ends, whatever scope that is in: their freeing is no scope's work.
          return recorder.op(FREEING, () => original.apply(this, args), OUTSIDE);
        },
    ),
    // What a gradient runs is counted where the op ran. The scope stays until the next gradient, so that it includes
    // adding the result to the gradients of other ops; `valueAndGradients` goes back to its own in the end.
    override(
      engine,
      'addTapeNode',
      (original) =>
        function (...args) {
          original.apply(this, args);
          const node = lastOf((engine.state as unknown as { activeTape: TapeNode[] }).activeTape);
          const { gradient } = node;
          if (!gradient) return;
          const goBackward = recorder.backward();
          node.gradient = (dys) => {
            goBackward();
            return gradient(dys);
          };
        },
    ),
  ];
  return () => undo.reverse().forEach((restore) => restore());
}

/** TensorFlow's ops by their own names, whoever calls them: tfjs's kernels or this package. */
function hookNativeOps(backend: object, recorder: OpRecorder): (() => void)[] {
  return ['executeSingleOutput', 'executeMultipleOutputs'].map((method) =>
    override(
      backend,
      method,
      (original) =>
        function (...args) {
          return recorder.op(args[0] as unknown as string, () => original.apply(this, args));
        },
    ),
  );
}

/** On other backends tfjs's kernels; a gradient of our own around some of them has no name. */
function hookKernels(engine: object, recorder: OpRecorder): () => void {
  return override(
    engine,
    'runKernelFunc',
    (original) =>
      function (...args) {
        const { kernelName } = args[0] as unknown as { kernelName?: string };
        const run = (): unknown => original.apply(this, args);
        return kernelName === undefined ? run() : recorder.op(kernelName, run);
      },
  );
}

/** Lays a method over that of the object's class; gives what takes it away. */
function override(target: object, name: string, around: (original: Method) => Method): () => void {
  const methods = target as Record<string, Method>;
  methods[name] = around(methods[name]!);
  return () => delete methods[name];
}
