package org.witan.validator.node.epoch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.witan.catchup.sync.EpochChain;
import org.witan.catchup.sync.Position;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.LedgerReader;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Validator;
import org.witan.validator.link.LinkIdentity;
import org.witan.validator.node.breakdown.Breakdown;

/**
 * Keys of later epochs, proven by the boundaries that validators certified.
 *
 * <p>Format: u16 count and as many {@link EpochLink}s, ascending; the newest that fit into 12 KiB.
 * Any thread. Source: docs/protocol/link.md, H10.
 */
public final class EpochProofs implements LinkIdentity.KeyProofs {
    private static final int MAX_BYTES = 12 << 10;
    private static final int LEAST_LINK_BYTES = 100;
    private static final int MAX_LINKS = MAX_BYTES / LEAST_LINK_BYTES;

    /** A run of epochs, ascending. */
    static final Codec<List<EpochLink>> CODEC =
            new Codec<>(
                    (links, out) -> out.list16(links, EpochLink.CODEC),
                    in -> in.list16(MAX_LINKS, LEAST_LINK_BYTES, EpochLink.CODEC));

    private final NetworkId networkId;
    private final LedgerReader ledger;
    private final Breakdown breakdown;
    private final Foreknown foreknown;

    /**
     * Proofs from this ledger, whose boundaries it keeps for ever.
     *
     * @param breakdown is told if the ledger cannot be read
     * @param foreknown where others' certificates may begin as well
     */
    public EpochProofs(
            NetworkId networkId, LedgerReader ledger, Breakdown breakdown, Foreknown foreknown) {
        this.networkId = networkId;
        this.ledger = ledger;
        this.breakdown = breakdown;
        this.foreknown = foreknown;
    }

    @Override
    public byte[] own() {
        Deque<EpochLink> links = new ArrayDeque<>();
        int left = MAX_BYTES - Short.BYTES;
        for (long number = nextEpoch(); number > 1; number--) {
            Optional<EpochLink> link = epoch(number);
            int size = link.map(l -> EpochLink.CODEC.encode(l).length).orElse(MAX_BYTES);
            if (size > left) {
                break;
            }
            left -= size;
            link.ifPresent(links::addFirst);
        }
        return links.isEmpty() ? new byte[0] : CODEC.encode(new ArrayList<>(links));
    }

    @Override
    public Optional<PublicKey> key(NodeId id, int keyNumber, byte[] certificates) {
        Optional<EpochLink> own = epoch(nextEpoch());
        if (own.isEmpty()
                || !(CODEC.decode(certificates)
                        instanceof Decoded.Ok<List<EpochLink>>(var links))) {
            return Optional.empty();
        }
        BlockHeader tip = ledger.tip().header();
        Optional<Position> vouched = foreknown.beyond(own.get().number());
        Position here = vouched.orElse(new Position(tip, tip.hash(), own.get().epoch()));
        List<EpochLink> ahead =
                links.stream().filter(link -> link.number() > here.epoch().number()).toList();
        return EpochChain.walk(here, ahead, networkId, Ed25519.VERIFIER)
                .or(() -> vouched.map(Position::epoch))
                .flatMap(epoch -> key(epoch, id, keyNumber));
    }

    private Optional<EpochLink> epoch(long number) {
        return breakdown.reading(() -> ledger.epoch(number));
    }

    private static Optional<PublicKey> key(Epoch epoch, NodeId id, int keyNumber) {
        return epoch.configuration().validators().stream()
                .filter(member -> member.id().equals(id) && member.keyNumber() == keyNumber)
                .map(Validator::key)
                .findFirst();
    }

    /** The epoch that the next block belongs to. */
    private long nextEpoch() {
        BlockHeader tip = ledger.tip().header();
        return tip.isBoundary() ? tip.epoch() + 1 : tip.epoch();
    }
}
