/** `npm run test:long`: runs of chance many times as long as the suite's; what they look for and when they fail is the same. */
export const isLongRun = process.env['MOTCUA_LONG'] === '1';
