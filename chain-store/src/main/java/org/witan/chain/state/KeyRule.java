package org.witan.chain.state;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Operation.Put;
import org.witan.chain.block.Operation.Write;
import org.witan.genesis.membership.ProtocolLevel;

/**
 * Rule X9, from protocol level 2 on: the keys of entries can be shown on one line as they are.
 *
 * <p>A key with control characters breaks the lines of listings, logs and exports, and may steer
 * the terminal of whoever lists entries.
 */
final class KeyRule {
    private KeyRule() {}

    /** Why these writes may not stand in a block of this protocol level. */
    static Optional<Refusal> refusal(int level, List<Write> writes) {
        if (level < ProtocolLevel.PRINTABLE_KEYS) {
            return Optional.empty();
        }
        return writes.stream()
                .filter(Put.class::isInstance)
                .map(Write::key)
                .filter(key -> key.chars().anyMatch(Character::isISOControl))
                .findFirst()
                .map(key ->
                        new Refusal(
                                Refusal.Code.KEY_NOT_PRINTABLE,
                                "a key of %d characters holds a control character"
                                        .formatted(key.length())));
    }
}
