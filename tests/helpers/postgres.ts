export { startPostgres, type RealPostgres as TestPostgres } from '../../bench/processes/postgres.ts';
