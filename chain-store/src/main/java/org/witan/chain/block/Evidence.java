package org.witan.chain.block;

import java.util.Optional;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;

/**
 * Two votes of one validator that an honest one never signs both; they prove it to anybody.
 *
 * <p>Wire v1: version u8, both votes. Golden: {@code evidence.v1.hex}. Source:
 * docs/protocol/consensus.md, C15.
 *
 * @param first the vote that was there
 * @param second the one that contradicts it
 */
public record Evidence(Vote first, Vote second) {
    /** See the type. */
    public static final Codec<Evidence> CODEC =
            new Codec<>(
                    (evidence, out) -> {
                        out.u8(1);
                        Vote.CODEC.write(evidence.first, out);
                        Vote.CODEC.write(evidence.second, out);
                    },
                    in -> {
                        in.version(1);
                        return new Evidence(Vote.CODEC.read(in), Vote.CODEC.read(in));
                    });

    /** What the two votes are. */
    public enum Offence {
        /** E1: two blocks notarized in one view. */
        TWO_NOTARIZATIONS,
        /** E2: two blocks finalized in one view. */
        TWO_FINALIZATIONS,
        /** E3: a view nullified and a block of it finalized. */
        NULLIFIED_AND_FINALIZED
    }

    /**
     * What the two votes prove, whoever signed them; empty if an honest validator may sign both.
     */
    public Optional<Offence> offence() {
        Ballot one = first.ballot();
        Ballot other = second.ballot();
        if (first.signer() != second.signer()
                || one.epoch() != other.epoch()
                || !one.configHash().equals(other.configHash())
                || one.view() != other.view()) {
            return Optional.empty();
        }
        if (one.kind() != other.kind()) {
            return one.kind() == VoteKind.NOTARIZE || other.kind() == VoteKind.NOTARIZE
                    ? Optional.empty()
                    : Optional.of(Offence.NULLIFIED_AND_FINALIZED);
        }
        if (one.blockHash().equals(other.blockHash())) {
            return Optional.empty();
        }
        return Optional.of(
                one.kind() == VoteKind.NOTARIZE
                        ? Offence.TWO_NOTARIZATIONS
                        : Offence.TWO_FINALIZATIONS);
    }

    /** Whether this convicts a validator of {@code epoch}: an offence, and both signatures hold. */
    public boolean convicts(Epoch epoch, NetworkId networkId, Verifier verifier) {
        var validators = epoch.configuration().validators();
        if (offence().isEmpty()
                || first.ballot().epoch() != epoch.number()
                || !first.ballot().configHash().equals(epoch.configHash())
                || first.signer() >= validators.size()) {
            return false;
        }
        PublicKey key = validators.get(first.signer()).key();
        return first.isSignedBy(key, networkId, verifier)
                && second.isSignedBy(key, networkId, verifier);
    }
}
