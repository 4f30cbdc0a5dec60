/** `npm run test:screens`: every window that ux.md §11 names; the suite takes the tightest, in which what fits has room in the others. */
export const isEverySize = process.env['MOTCUA_EVERY_SIZE'] === '1';
