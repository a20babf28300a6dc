package org.witan.validator.cli.bench;

/**
 * What all clients of a run share.
 *
 * @param schedule when puts are due
 * @param valueBytes size of each value
 * @param seed makes keys and values of this run its own
 */
record BenchPlan(Schedule schedule, int valueBytes, long seed) {
    /** The key of a client's i-th put: 30 bytes, never used before. */
    String key(int client, long i) {
        return "bench/%08x/%04d/%010d".formatted((int) seed, client, i);
    }
}
