import type { DomainGroups } from './domain-groups.js';

/** How rows get their domain, beyond the values of one or several fields. */
export interface DomainRule {
  /** Fields whose values make up the domain. */
  readonly key: readonly string[];
  /** Label that rare domains were merged into; then all other domains that training does not know are merged too. */
  readonly rare?: string;
  /** Fields that describe a domain: the value (null: none) of each domain, in the order of the domains from id 1 on. */
  readonly features?: Readonly<Record<string, readonly (string | null)[]>>;
  /** How the domains, rare ones merged, are cut into groups; a group is then the domain. */
  readonly groups?: DomainGroups;
}
