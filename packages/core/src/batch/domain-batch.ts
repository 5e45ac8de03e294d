import { itemAt } from '@mdctr/base';
import {
  concat,
  dropout,
  gatherRows,
  groupMatMul,
  indexVector,
  matMul,
  reshape,
  rowTiles,
  scaleRows,
  splitRows,
  tensor,
  type Random,
  type RowTiles,
  type Tensor,
} from '@mdctr/tensor';
import type { EmbeddedFields } from './embedded-fields.js';

/** Mode of a forward pass. */
export interface Pass {
  readonly training: boolean;
  /** Random stream for dropout; absent in evaluation. */
  readonly random?: Random;
}

/**
 * A batch during a forward pass. Its rows are grouped by domain: there are `groups` distinct domains, and the rows of
 * each are contiguous. Work that depends on the domain alone is done once per group instead of once per row.
 */
export class DomainBatch {
  private groupVector: Tensor | undefined;
  private shareVector: Tensor | undefined;
  private tiles: RowTiles | undefined;
  private groupParts: readonly DomainBatch[] | undefined;

  constructor(
    /** Number of rows, B. */
    readonly rows: number,
    /** [G] domain id of each group. */
    readonly domainIds: Int32Array,
    /** [G + 1] group g consists of the rows `domainStarts[g]` to `domainStarts[g + 1]`, the end excluded. */
    readonly domainStarts: Int32Array,
    /** [G, domain width] embedding of each group's domain: the concatenated embeddings of the domain fields. */
    readonly domains: Tensor,
    readonly pass: Pass,
    private readonly embed: () => EmbeddedFields,
  ) {}

  /**
   * The embedded fields as the backbone sees them, after all `embedding` transforms. Inside such a transform, they
   * include the transforms of the plugins before it.
   */
  get embedded(): EmbeddedFields {
    return this.embed();
  }

  get training(): boolean {
    return this.pass.training;
  }

  /** Number of distinct domains in the batch, G. */
  get groups(): number {
    return this.domainIds.length;
  }

  /** [G] number of rows in each group. */
  get sizes(): readonly number[] {
    return Array.from(this.domainIds, (_, g) => this.domainStarts[g + 1]! - this.domainStarts[g]!);
  }

  /** int32 [B]: each row's group. */
  get group(): Tensor {
    if (!this.groupVector) {
      const groups = new Int32Array(this.rows);
      for (let g = 0; g < this.groups; g++) groups.fill(g, this.domainStarts[g], this.domainStarts[g + 1]);
      this.groupVector = indexVector(groups);
    }
    return this.groupVector;
  }

  /** [G]: share of each group in the rows. The shares sum to 1. */
  get shares(): Tensor {
    if (!this.shareVector) {
      const shares = this.sizes.map((size) => size / this.rows);
      this.shareVector = tensor(shares, [this.groups]);
    }
    return this.shareVector;
  }

  /** Multiplies each row by its domain's factors: h [B, N], factors [G, N] -> [B, N]. */
  scale(h: Tensor, factors: Tensor): Tensor {
    return scaleRows(h, factors, this.group);
  }

  /** Multiplies each row by its domain's matrix: x [B, N], kernels [G, N, M] -> [B, M]. Meant for small matrices. */
  multiply(x: Tensor, kernels: Tensor): Tensor {
    if (this.groups === 1) return matMul(x, reshape(kernels, kernels.shape.slice(1)));
    this.tiles ??= rowTiles(this.domainStarts);
    return groupMatMul(x, kernels, this.tiles);
  }

  /** Repeats the row of each domain for all its rows: perDomain [G, N] -> [B, N]. */
  spread(perDomain: Tensor): Tensor {
    return gatherRows(perDomain, this.group);
  }

  /** Runs `body` on the rows of each domain and concatenates the results: x [B, N] -> [B, M]. */
  byDomain(x: Tensor, body: (rows: Tensor, part: DomainBatch) => Tensor): Tensor {
    if (this.groups === 1) return body(x, this);
    const parts = splitRows(x, this.sizes);
    return concat(
      this.parts.map((part, g) => body(itemAt(parts, g), part)),
      0,
    );
  }

  /**
   * Applies dropout in training and returns x in evaluation.
   * @param rate share of elements set to 0.
   */
  dropout(x: Tensor, rate: number): Tensor {
    const { training, random } = this.pass;
    return training && random ? dropout(x, rate, random) : x;
  }

  /** [G] the rows of each group as a batch of their own. */
  private get parts(): readonly DomainBatch[] {
    if (!this.groupParts) {
      const domains = splitRows(
        this.domains,
        this.sizes.map(() => 1),
      );
      this.groupParts = this.sizes.map((rows, g) => {
        const id = this.domainIds.slice(g, g + 1);
        const embed = (): EmbeddedFields => this.embedded.rows(this.domainStarts[g]!, rows);
        return new DomainBatch(rows, id, Int32Array.of(0, rows), itemAt(domains, g), this.pass, embed);
      });
    }
    return this.groupParts;
  }
}
