export const description = 'Broken on purpose.';
