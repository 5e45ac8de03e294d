/** How a method's backbone was scaled to the budget of another method. */
export interface BudgetResult {
  readonly setting?: string;
  readonly backbone: string;
  readonly method: string;
  /** Of rolling splits: each has its own vocabularies, and so networks of its own. */
  readonly fold?: number;
  readonly same: 'parameters' | 'flops';
  /** Method that gave the target. */
  readonly as: string;
  /** Dense parameters, or operations of predicting a row, of that method. */
  readonly target: number;
  /** The same of this one, as it was trained. */
  readonly cost: number;
  /** What the widths were multiplied by, before rounding. */
  readonly factor: number;
  /** Whether the difference is within the tolerance. */
  readonly reached: boolean;
  /** The backbone's options after scaling. */
  readonly options: Readonly<Record<string, unknown>>;
}
