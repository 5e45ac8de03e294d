import { nativeStorage } from '../native.js';
import { HostVariable } from './host-variable.js';
import { NativeVariable } from './native-variable.js';

/** What holds a dense parameter: a TensorFlow resource variable where there is one, host memory otherwise. */
export type Variable = NativeVariable | HostVariable;

/** Makes a variable of the kind that the runtime serves best. */
export function createVariable(shape: readonly number[], values: Float32Array): Variable {
  const native = nativeStorage();
  return native ? new NativeVariable(native, shape, values) : new HostVariable(shape, values);
}
