/** Whole numbers in shared memory, which worker threads read without a copy; all 0. */
export const sharedInt32 = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(length * 4));

/** The same for numbers of single precision. */
export const sharedFloat32 = (length: number): Float32Array => new Float32Array(new SharedArrayBuffer(length * 4));
