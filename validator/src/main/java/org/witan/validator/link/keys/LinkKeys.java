package org.witan.validator.link.keys;

/**
 * What a finished handshake leaves to the record layer.
 *
 * @param suite what seals
 * @param send keys of the direction away from this node
 * @param receive keys of the other direction
 * @param transcript hash over the whole handshake (H4), context of key updates
 * @param sessionId 8 bytes for logs, the same at both ends
 */
public record LinkKeys(
        Suite suite, TrafficKeys send, TrafficKeys receive, byte[] transcript, byte[] sessionId) {}
