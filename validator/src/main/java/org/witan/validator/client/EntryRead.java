package org.witan.validator.client;

/**
 * An entry as a node reads it.
 *
 * @param height the height whose state was read
 * @param version 1 for the write that made it, one more with each write
 * @param writtenHeight block of its last write
 * @param content the bytes, not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record EntryRead(long height, long version, long writtenHeight, byte[] content) {}
