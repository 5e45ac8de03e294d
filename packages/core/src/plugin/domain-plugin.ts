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
 * Base class of all plugins. While the network is built, each hook is called once for every site. It returns a function
 * that runs on every forward pass, or undefined to leave the site unchanged. An unchanged site costs nothing at run time.
 *
 * With several plugins, the wrapping hooks (`network`, `tower`, `affine`, `norm`, `step`, `evaluate`) nest: the first
 * plugin of the config is the outermost, and `site.build()` or `next` gives the inner layer. The transforms (`embedding`,
 * `hidden`, `residual`, `logit`) run in the order of the config.
 */
export abstract class DomainPlugin {
  /** Transforms the embedded fields. */
  embedding(_site: EmbeddingSite): EmbeddingInterceptor | undefined {
    return undefined;
  }

  /** Wraps the whole backbone, which may be built once, several times, or not at all. */
  network(_site: NetworkSite): Forward | undefined {
    return undefined;
  }

  /** Wraps a tower, which may be built once, several times, or not at all. */
  tower(_site: TowerSite): Layer | undefined {
    return undefined;
  }

  /** Wraps an affine layer, e.g. to supply a kernel and bias per domain or per row. */
  affine(_site: AffineSite): AffineLayer | undefined {
    return undefined;
  }

  /** Replaces a normalisation layer. */
  norm(_site: NormSite): Layer | undefined {
    return undefined;
  }

  /**
   * Transforms the output of a hidden layer. Cross layers count as hidden layers. Of a residual layer, x + f(x), it transforms the
   * branch f(x): what is cut there is added no longer, and later layers still have x.
   */
  hidden(_site: HiddenSite): HiddenInterceptor | undefined {
    return undefined;
  }

  /** Transforms the sum x + f(x) of a residual layer, which all later layers see. */
  residual(_site: HiddenSite): HiddenInterceptor | undefined {
    return undefined;
  }

  /** Adds to the logit or replaces it. */
  logit(_site: LogitSite): LogitInterceptor | undefined {
    return undefined;
  }

  /**
   * Training steps after which the plugin's own schedules, by `SCHEDULE`, have come to their end; 0 without such. Weights of an
   * evaluation before that are not kept: they are of a network that the method does not mean.
   */
  settlesAfter(): number {
    return 0;
  }

  /** Adds a term to the loss. */
  penalty(): Penalty | undefined {
    return undefined;
  }

  /**
   * Wraps one optimisation step. Keep values that last from step to step in states of the plugin's scope, which
   * checkpoints save: a resumed training constructs a new plugin.
   */
  step(_next: Step): Step | undefined {
    return undefined;
  }

  /** Wraps evaluation and prediction. */
  evaluate(_next: Predict): Predict | undefined {
    return undefined;
  }

  /** Called once after all layers are built. The plugin may inspect all parameters here, and add its own. */
  built(_network: BuiltNetwork): void {}

  /** Additional ways to predict with the trained model. Each is reported on a separate line. */
  variants(): readonly Variant[] {
    return [];
  }

  /** Statistics of the plugin over the last evaluation. Called after each evaluation; the call resets them. */
  diagnostics(): Diagnostics | undefined {
    return undefined;
  }
}
