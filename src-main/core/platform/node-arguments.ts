/**
 * How Node is to be started for the core. Young objects get 12 MB instead of 48: after thousands of calls the core holds
 * 185 MB and not 252 MB, which counts on an office PC with 4 GB, and a reception takes no longer (bench/memory.ts).
 */
export const CORE_NODE_ARGUMENTS = ['--max-semi-space-size=4'] as const;
