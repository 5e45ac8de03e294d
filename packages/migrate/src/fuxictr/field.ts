/** A field of our config, before it is written as short as it can be. */
export interface ConvertedField {
  readonly name: string;
  readonly [option: string]: unknown;
}
