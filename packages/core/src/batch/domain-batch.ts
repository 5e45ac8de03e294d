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

/** Whether a forward pass trains, and what it may draw from. */
export interface Pass {
  readonly training: boolean;
  /** Stream for dropout; absent in evaluation. */
  readonly random?: Random;
}

/**
 * One batch on its way through the network. Rows are grouped by domain: `groups` distinct domains, the rows of each in
 * one run. Domain-conditioned work is done once a group, not once a row.
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
    /** [G + 1] group g holds the rows from `domainStarts[g]` up to `domainStarts[g + 1]`. */
    readonly domainStarts: Int32Array,
    /** [G, domain width] embedding of each group's domain: its domain fields' embeddings joined. */
    readonly domains: Tensor,
    readonly pass: Pass,
    private readonly embed: () => EmbeddedFields,
  ) {}

  /**
   * The embedded fields of the batch's rows as the backbone sees them, after the plugins' `embedding` transforms; inside
   * such a transform, as the plugins before it have left them.
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

  /** [G] number of rows of each group. */
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

  /** [G]: each group's share of the rows; adds up to 1. */
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

  /** One row for each row of the batch: perDomain [G, N] -> [B, N]. */
  spread(perDomain: Tensor): Tensor {
    return gatherRows(perDomain, this.group);
  }

  /** Runs `body` on the rows of each domain and joins the results: x [B, N] -> [B, M]. */
  byDomain(x: Tensor, body: (rows: Tensor, part: DomainBatch) => Tensor): Tensor {
    if (this.groups === 1) return body(x, this);
    const parts = splitRows(x, this.sizes);
    return concat(
      this.parts.map((part, g) => body(itemAt(parts, g), part)),
      0,
    );
  }

  /** Dropout in training, x itself in evaluation. `rate` is the share of elements set to 0. */
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
