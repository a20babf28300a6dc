package org.witan.validator.core;

/**
 * The time of a step. Deadlines follow the first clock, block timestamps the second.
 *
 * @param millis a clock that never goes back; only differences mean something
 * @param wallMillis milliseconds since 1970, may jump
 */
public record Now(long millis, long wallMillis) {}
