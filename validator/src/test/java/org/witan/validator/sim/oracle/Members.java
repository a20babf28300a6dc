package org.witan.validator.sim.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/** Who votes in which epoch, and how many must, counted by the oracle for itself. */
final class Members {
    private final Map<Long, List<Voter>> epochs = new HashMap<>();

    /** A member with its key, at its index. */
    record Voter(NodeId id, PublicKey key) {}

    Members(Founding founding) {
        epochs.put(
                1L,
                founding.members().stream()
                        .filter(member -> member.role() == Role.VALIDATOR)
                        .filter(member -> member.status() == Member.Status.ACTIVE)
                        .map(member -> new Voter(member.id(), member.key()))
                        .sorted((one, other) -> one.id.compareTo(other.id))
                        .toList());
    }

    /** An epoch began. All nodes must mean the same one by its number. */
    void began(long epoch, Configuration configuration) {
        List<Voter> voters =
                configuration.validators().stream()
                        .map(validator -> new Voter(validator.id(), validator.key()))
                        .toList();
        List<Voter> before = epochs.putIfAbsent(epoch, voters);
        Promise.P1.holds(before == null || before.equals(voters), "two epochs %d", epoch);
    }

    /** The voters of an epoch, by index; empty if nobody began it. */
    List<Voter> of(long epoch) {
        return epochs.getOrDefault(epoch, List.of());
    }

    /** The voter at a place, if there is one. */
    Optional<Voter> at(long epoch, int index) {
        List<Voter> voters = of(epoch);
        return index >= 0 && index < voters.size()
                ? Optional.of(voters.get(index))
                : Optional.empty();
    }

    /** Two quorums of n must share more than the (n − 1) / 3 who may lie. */
    int quorum(long epoch) {
        int count = of(epoch).size();
        int least = 1;
        while (2 * least - count <= (count - 1) / 3) {
            least++;
        }
        return least;
    }
}
