export { BUILT_IN_NAMES } from './built-in-names.js';
export { HOOKS, LICENCES, type Hook, type Kind, type Licence } from './choices.js';
export { scaffoldCommand } from './command.js';
export { scaffold, type Scaffolded, type ScaffoldRequest } from './scaffold.js';
