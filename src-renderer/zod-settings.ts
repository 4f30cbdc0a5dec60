import { z } from 'zod';

/**
 * zod would build functions from text, which the content security policy refuses (and reports) already when a schema is
 * made; so this module is imported before any that holds schemas.
 */
z.config({ jitless: true });
