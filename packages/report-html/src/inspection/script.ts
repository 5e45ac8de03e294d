/** Makes the buttons work, and unfolds everything for print. The page can be read without it. */
export const script = `
const folds = [...document.querySelectorAll('details.site')];
for (const tools of document.querySelectorAll('.tools')) tools.hidden = false;
for (const button of document.querySelectorAll('[data-unfold]')) {
  button.addEventListener('click', () => folds.forEach((fold) => (fold.open = button.dataset.unfold === 'true')));
}
let before = [];
addEventListener('beforeprint', () => {
  before = folds.filter((fold) => !fold.open);
  before.forEach((fold) => (fold.open = true));
});
addEventListener('afterprint', () => before.forEach((fold) => (fold.open = false)));
`;
