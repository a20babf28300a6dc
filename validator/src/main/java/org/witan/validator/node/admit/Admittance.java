package org.witan.validator.node.admit;

import java.util.Optional;
import org.witan.chain.block.GovernanceOperation.Redeem;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.Refusal;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.LinkIdentity;
import org.witan.validator.link.LinkIdentity.Newcomer;
import org.witan.validator.node.epoch.MemberWatch;
import org.witan.validator.node.verify.Precheck;

/**
 * What a node shows of itself in a handshake, and what it believes of others: certificates of its
 * keys, or the redemption of an invitation while the ledger does not know it.
 *
 * <p>A redemption is 65535 as u16, which no run of certificates begins with, and a transaction. Any
 * thread. Source: docs/protocol/link.md, H10 and H11.
 */
public final class Admittance implements LinkIdentity.KeyProofs {
    private static final int MARK = 0xffff;

    private static final Codec<Transaction> CODEC =
            new Codec<>(
                    (redemption, out) -> Transaction.CODEC.write(redemption, out.u16(MARK)),
                    in -> {
                        if (in.u16() != MARK) {
                            throw in.refuse("no redemption");
                        }
                        return Transaction.CODEC.read(in);
                    });

    private final NodeId self;
    private final LinkIdentity.KeyProofs epochs;
    private final MemberWatch members;
    private final Optional<Transaction> redemption;
    private final Precheck ledger;

    /**
     * What this node shows and believes.
     *
     * @param epochs certificates of keys
     * @param redemption of this node's own invitation, if it was invited
     * @param ledger says whether a redemption would be taken now
     */
    public Admittance(
            NodeId self,
            LinkIdentity.KeyProofs epochs,
            MemberWatch members,
            Optional<Transaction> redemption,
            Precheck ledger) {
        this.self = self;
        this.epochs = epochs;
        this.members = members;
        this.redemption = redemption;
        this.ledger = ledger;
    }

    @Override
    public byte[] own() {
        return redemption
                .filter(_ -> members.members().find(self).isEmpty())
                .map(CODEC::encode)
                .orElseGet(epochs::own);
    }

    @Override
    public Optional<PublicKey> key(NodeId id, int keyNumber, byte[] certificates) {
        return epochs.key(id, keyNumber, certificates);
    }

    @Override
    public Newcomer newcomer(NodeId id, byte[] shown) {
        Optional<Transaction> redeems = redemption(id, shown);
        if (redeems.isEmpty()) {
            return new Newcomer(Optional.empty(), "");
        }
        Optional<Refusal> refusal = ledger.refusal(redeems.get());
        return refusal.isPresent()
                ? new Newcomer(Optional.empty(), refusal.get().why())
                : new Newcomer(Optional.of(redeem(redeems.get()).orElseThrow().key()), "");
    }

    /** The redemption by this id that these bytes are. */
    public static Optional<Transaction> redemption(NodeId id, byte[] shown) {
        return CODEC.decode(shown) instanceof Decoded.Ok<Transaction>(var transaction)
                        && transaction.intent().sender().equals(Sender.member(id))
                        && redeem(transaction).isPresent()
                ? Optional.of(transaction)
                : Optional.empty();
    }

    private static Optional<Redeem> redeem(Transaction transaction) {
        return transaction.intent().operation() instanceof Redeem redeem
                ? Optional.of(redeem)
                : Optional.empty();
    }
}
