import { describe, expect, it } from 'vitest';
import { DomainPlugin, Plugin } from '../src/index.js';
import { tinyModel } from './tiny-model.js';

@Plugin('kernel-owner', { owns: { kernel: 'makes its own kernels' } })
class KernelOwner extends DomainPlugin {}

@Plugin('other-kernel-owner', { owns: { kernel: 'folds kernels', step: 'splits steps' } })
class OtherKernelOwner extends DomainPlugin {}

@Plugin('step-owner', { owns: { step: 'runs steps of its own' } })
class StepOwner extends DomainPlugin {}

describe('plugins that cannot be together', () => {
  const together = (...names: string[]) => tinyModel(names, [KernelOwner, OtherKernelOwner, StepOwner]);

  it('are refused with the reasons of both', () => {
    expect(() => together('kernel-owner', 'other-kernel-owner')).toThrow(
      /MDCTR_PLUGINS_CONFLICT.*kernel-owner makes its own kernels, other-kernel-owner folds kernels/s,
    );
    expect(() => together('step-owner', 'other-kernel-owner')).toThrow('both need the step');
    expect(() => together('step-owner', 'step-owner')).toThrow('listed twice');
  });

  it('are only those: owners of different things go together', () => {
    together('kernel-owner', 'step-owner').dispose();
  });
});
