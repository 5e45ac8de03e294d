import { MdctrError } from '@mdctr/base';

/** The error of a file that is no whole safetensors file. */
export function damaged(file: string, what: string): MdctrError {
  return new MdctrError('MDCTR_WEIGHTS_DAMAGED', {
    what: `${file}: ${what}`,
    expected: 'a safetensors file of float32 tensors',
    hint: 'Write the artifact again, or copy it again if it was copied.',
  });
}
