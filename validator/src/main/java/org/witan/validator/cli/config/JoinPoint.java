package org.witan.validator.cli.config;

import java.util.Optional;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;

/**
 * A member to ask first: {@code id@ws://host:port}, or without the id if the genesis file names the
 * endpoint.
 *
 * @param id the member, if it is named
 * @param endpoint where it is
 */
public record JoinPoint(Optional<NodeId> id, Endpoint endpoint) {
    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException with a sentence if {@code text} is none
     */
    public static JoinPoint parse(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? new JoinPoint(Optional.empty(), Endpoint.parse(text))
                : new JoinPoint(
                        Optional.of(new NodeId(text.substring(0, at))),
                        Endpoint.parse(text.substring(at + 1)));
    }
}
