import type { AffineLayer, Forward, Layer } from '../network/layer.js';
import type {
  AffineSite,
  EmbeddingSite,
  HiddenSite,
  LogitSite,
  NetworkSite,
  NormSite,
  TowerSite,
} from '../network/sites.js';
import type { Diagnostics } from './diagnostics.js';
import type {
  BuiltNetwork,
  EmbeddingInterceptor,
  HiddenInterceptor,
  LogitInterceptor,
  Penalty,
  Predict,
  Step,
  Variant,
} from './interceptors.js';

/**
 * Base of every plugin. Each hook is called once a site while the network is built and answers with what shall run on
 * every forward pass, or with undefined to stay out; a plugin that stays out costs nothing at run time.
 *
 * Several plugins: in `around` hooks (`network`, `tower`, `affine`, `norm`, `step`, `evaluate`) the first of the config is the
 * outermost, and `site.build()` or `next` gives what lies inside; transforms (`embedding`, `hidden`, `logit`) run in
 * the order of the config.
 */
export abstract class DomainPlugin {
  /** Transforms the embedded fields. */
  embedding(_site: EmbeddingSite): EmbeddingInterceptor | undefined {
    return undefined;
  }

  /** Around the whole backbone: build it once, several times, or not at all. */
  network(_site: NetworkSite): Forward | undefined {
    return undefined;
  }

  /** Around a tower: build it once, several times, or not at all. */
  tower(_site: TowerSite): Layer | undefined {
    return undefined;
  }

  /** Around an affine layer: supply its kernel and bias, per domain or per row. */
  affine(_site: AffineSite): AffineLayer | undefined {
    return undefined;
  }

  /** In place of a normalisation. */
  norm(_site: NormSite): Layer | undefined {
    return undefined;
  }

  /** Transforms the output of a hidden layer, cross layers included. */
  hidden(_site: HiddenSite): HiddenInterceptor | undefined {
    return undefined;
  }

  /** Adds to the logit or replaces it. */
  logit(_site: LogitSite): LogitInterceptor | undefined {
    return undefined;
  }

  /** A term of the loss. */
  penalty(): Penalty | undefined {
    return undefined;
  }

  /**
   * Around one optimisation step. What a plugin carries from step to step belongs into states of its scope, which are
   * saved: a training that is resumed makes the plugin anew.
   */
  step(_next: Step): Step | undefined {
    return undefined;
  }

  /** Around evaluation and prediction. */
  evaluate(_next: Predict): Predict | undefined {
    return undefined;
  }

  /** Called once, when every layer is built: the place to look at all parameters, and to add some for them. */
  built(_network: BuiltNetwork): void {}

  /** Further ways to predict with the trained model, each reported on a line of its own. */
  variants(): readonly Variant[] {
    return [];
  }

  /** What the last evaluation showed about the plugin; asked for after each evaluation, and reset by it. */
  diagnostics(): Diagnostics | undefined {
    return undefined;
  }
}
