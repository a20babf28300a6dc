package org.witan.chain.store;

import org.witan.chain.state.StatePath;

/**
 * One value of the network state, as a listing shows it.
 *
 * @param path where it stands
 * @param value its bytes, not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record StateItem(StatePath path, byte[] value) {}
