export { findRecipe, recipes } from './catalogue/index.js';
export { recipeConfig, recipePaths, type RecipeConfigOptions } from './config.js';
export type { DownloadOptions } from './get/download.js';
export { getDataset, type GetOptions } from './get/get.js';
export { LOCK_FILE } from './get/lock.js';
export type { Download, Recipe, RecipeData } from './recipe.js';
