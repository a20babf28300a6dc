package org.witan.validator.link.handshake;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.keys.Suite;

/**
 * One side of handshakes: who this node is and whom it knows.
 *
 * @param networkId the network it belongs to
 * @param id its label
 * @param signer holds its node key
 * @param verifier decides about signatures of others
 * @param claims what it says of itself now
 * @param psks pre-shared keys, the one to offer first; usually none
 * @param suites what it accepts, in its order of preference
 * @param versions which versions of the protocol it speaks
 * @param book whom it knows
 */
public record Party(
        NetworkId networkId,
        NodeId id,
        Signer signer,
        Verifier verifier,
        Claims claims,
        List<Psk> psks,
        List<Suite> suites,
        Versions versions,
        Book book) {
    /** The pre-shared key of a name; 32 zero bytes where none is named and none is demanded. */
    Optional<byte[]> pskNamed(long pskId) {
        if (psks.isEmpty()) {
            return pskId == 0 ? Optional.of(Hash.NONE.toBytes()) : Optional.empty();
        }
        return psks.stream().filter(psk -> psk.id() == pskId).findFirst().map(Psk::secret);
    }

    /**
     * The key that this member's proof is to be checked with: the one in force here or, if it says
     * that it has a newer one, the one that its certificates lead to (H10).
     */
    KeyChoice keyOf(NodeId member, Known known, Claims theirs) {
        if (theirs.keyNumber() == known.keyNumber()) {
            return new KeyChoice.Use(known.key(), false);
        }
        if (theirs.keyNumber() > known.keyNumber()) {
            Optional<PublicKey> newer =
                    book.newerKey(member, theirs.keyNumber(), theirs.keyProof());
            if (newer.isPresent()) {
                return new KeyChoice.Use(newer.get(), true);
            }
            if (theirs.position().epoch() > claims.position().epoch()) {
                return new KeyChoice.None(stale(member, theirs));
            }
        }
        return new KeyChoice.None(
                new Step.Refused(
                        CloseCode.KEY_NOT_VALID,
                        "",
                        "%s signs with key %d, in force is %d"
                                .formatted(member, theirs.keyNumber(), known.keyNumber())));
    }

    private Step.Refused stale(NodeId member, Claims theirs) {
        return new Step.Refused(
                CloseCode.STALE_EPOCH,
                "epoch " + claims.position().epoch(),
                "%s signs with key %d of epoch %d; this node stands in epoch %d and has to catch up"
                        .formatted(
                                member,
                                theirs.keyNumber(),
                                theirs.position().epoch(),
                                claims.position().epoch()));
    }

    /** Whom a node knows. */
    @FunctionalInterface
    public interface Book {
        /** What is known of this id. */
        Optional<Known> find(NodeId id);

        /**
         * The key of that number, if a chain of certificates leads to it from what this node knows.
         *
         * @param certificates from a stranger, at most 12 KiB
         */
        default Optional<PublicKey> newerKey(NodeId id, int keyNumber, byte[] certificates) {
            return Optional.empty();
        }

        /**
         * The key to check the proof of somebody with whom nobody here knows (H11).
         *
         * @param shown what it says in place of a key proof, at most 12 KiB
         */
        default KeyChoice newcomer(NodeId id, byte[] shown) {
            return new KeyChoice.None(
                    new Step.Refused(CloseCode.NOT_A_MEMBER, "", id + " is not a member here"));
        }
    }

    /**
     * A known node.
     *
     * @param key its key in force
     * @param keyNumber that key's number
     * @param opens whether it is the one that opens links to this node
     */
    public record Known(PublicKey key, int keyNumber, boolean opens) {}

    /** Which key to check a proof with. */
    public sealed interface KeyChoice {
        /**
         * This one.
         *
         * @param key of the member
         * @param byCertificates whether only certificates lead to it, not this node's own ledger
         */
        record Use(PublicKey key, boolean byCertificates) implements KeyChoice {}

        /**
         * None.
         *
         * @param refusal why
         */
        record None(Step.Refused refusal) implements KeyChoice {}
    }

    /**
     * Versions of the protocol and features (H8).
     *
     * @param least lowest version
     * @param greatest highest version
     * @param features feature bits
     */
    public record Versions(int least, int greatest, long features) {
        /** What this build speaks. */
        public static final Versions OF_THIS_BUILD = new Versions(1, 1, 0);

        private static final int MOST_LEVELS = 16;

        /** What a program of this build speaks whose greatest protocol level this is. */
        public static Versions upToLevel(int greatestLevel) {
            int bits = Math.clamp(greatestLevel - 1L, 0, MOST_LEVELS);
            return new Versions(OF_THIS_BUILD.least, OF_THIS_BUILD.greatest, (1L << bits) - 1);
        }

        /** The greatest protocol level of two programs that have these features in common. */
        public static int commonLevel(long features) {
            return 1 + Math.min(MOST_LEVELS, Long.numberOfTrailingZeros(~features));
        }

        boolean speaks(int protocol) {
            return protocol >= least && protocol <= greatest;
        }

        /** The highest version of both. */
        OptionalInt common(int theirLeast, int theirGreatest) {
            int highest = Math.min(greatest, theirGreatest);
            boolean spoken = highest >= Math.max(least, theirLeast);
            return spoken ? OptionalInt.of(highest) : OptionalInt.empty();
        }

        /** For people and for the reason of a close. */
        @Override
        public String toString() {
            return least == greatest
                    ? "protocol " + least
                    : "protocol " + least + " to " + greatest;
        }
    }
}
