package org.witan.validator.cli.ask;

import java.io.IOException;
import java.util.Optional;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.words.SixWords;
import org.witan.validator.cli.http.Answer;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeAddress;

/** Whether a node is of the network that something is to be signed for. */
public final class SameNetwork {
    private SameNetwork() {}

    /**
     * Looks at the network that an answer of the node names; problems name it too (rule A1).
     *
     * @throws OperatorError WRONG_NETWORK with both, if it is another than {@code ours}
     */
    public static void require(NetworkId ours, NodeAddress node, Answer answer) {
        Optional<NetworkId> theirs = networkOf(answer);
        if (theirs.isPresent() && !theirs.get().equals(ours)) {
            throw new OperatorError(
                    ExitCode.REFUSED_FOR_SAFETY,
                    "WRONG_NETWORK",
                    "the node at " + node + " belongs to another network; nothing was sent",
                    "ours    %s\ntheirs  %s".formatted(named(ours), named(theirs.get())),
                    "leave --node out to ask the home's own node, or name a node of "
                            + ours.shortName());
        }
    }

    private static Optional<NetworkId> networkOf(Answer answer) {
        try {
            return Fields.parse(answer.body())
                    .text("network")
                    .map(hex -> new NetworkId(Hash.ofHex(hex)));
        } catch (IOException | IllegalArgumentException noBodyOfANode) {
            return Optional.empty();
        }
    }

    private static String named(NetworkId id) {
        return id.shortName() + "  " + SixWords.of(id.hash());
    }
}
