package org.witan.chain.state.govern;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.witan.chain.block.Sender;
import org.witan.chain.change.Council;
import org.witan.chain.change.Followers;
import org.witan.chain.change.Proposal;
import org.witan.chain.change.UpgradePlan;
import org.witan.chain.state.StatePath;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;

/** Values with what one operation wants to change, until {@link #keep} or never. */
final class Stage implements Values {
    private final Values below;
    private final SortedMap<StatePath, Optional<byte[]>> changed = new TreeMap<>();

    Stage(Values below) {
        this.below = below;
    }

    @Override
    public Optional<byte[]> get(StatePath path) {
        Optional<byte[]> own = changed.get(path);
        return own != null ? own : below.get(path);
    }

    @Override
    public void set(StatePath path, Optional<byte[]> value) {
        changed.put(path, value);
    }

    /** Makes all changes below. */
    void keep() {
        changed.forEach(below::set);
    }

    Council council() {
        return read(StatePath.COUNCIL, Council.CODEC).orElseThrow();
    }

    void put(Council council) {
        put(StatePath.COUNCIL, Council.CODEC, council);
    }

    Configuration configuration() {
        return read(StatePath.CONFIGURATION, Configuration.CODEC).orElseThrow();
    }

    void put(Configuration configuration) {
        put(StatePath.CONFIGURATION, Configuration.CODEC, configuration);
    }

    Optional<Proposal> proposal(long number) {
        return read(StatePath.change(number), Proposal.CODEC);
    }

    void put(Proposal proposal) {
        put(StatePath.change(proposal.number()), Proposal.CODEC, proposal);
    }

    Optional<UpgradePlan> upgrade() {
        return read(StatePath.UPGRADE, UpgradePlan.CODEC);
    }

    void put(UpgradePlan plan) {
        put(StatePath.UPGRADE, UpgradePlan.CODEC, plan);
    }

    /** Who may restart its node in a block of {@code height}. */
    Optional<NodeId> holder(long height) {
        return upgrade().flatMap(plan -> plan.holder(height));
    }

    Followers followers() {
        return read(StatePath.FOLLOWERS, Followers.CODEC).orElse(Followers.NONE);
    }

    void put(Followers followers) {
        if (!followers.equals(followers())) {
            boolean none = followers.equals(Followers.NONE);
            set(
                    StatePath.FOLLOWERS,
                    none ? Optional.empty() : Optional.of(Followers.CODEC.encode(followers)));
        }
    }

    Optional<Member> member(NodeId id) {
        return read(StatePath.member(id), Member.CODEC);
    }

    void put(Member member) {
        put(StatePath.member(member.id()), Member.CODEC, member);
    }

    Optional<Member> former(NodeId id) {
        return read(StatePath.former(id), Member.CODEC);
    }

    Optional<Organisation> organisation(NodeId id) {
        return read(StatePath.organisation(id), Organisation.CODEC);
    }

    void put(Organisation organisation) {
        put(StatePath.organisation(organisation.id()), Organisation.CODEC, organisation);
    }

    /** Whether a member or an organisation has this id now. */
    boolean isTaken(NodeId id) {
        return get(StatePath.member(id)).isPresent() || get(StatePath.organisation(id)).isPresent();
    }

    /** Whether nobody had this key yet, and it is one. */
    boolean isFree(PublicKey key) {
        return key.isSound() && get(StatePath.key(key)).isEmpty();
    }

    /** Records for ever whose key it is. */
    void take(PublicKey key, Sender holder) {
        byte[] text = holder.toString().getBytes(StandardCharsets.US_ASCII);
        set(StatePath.key(key), Optional.of(text));
    }

    /** How many members are there by an invitation alone. */
    int invited() {
        return get(StatePath.INVITED)
                .map(digits -> Integer.parseInt(new String(digits, StandardCharsets.US_ASCII)))
                .orElse(0);
    }

    /** A member is there by this invitation. */
    void bind(NodeId id, PublicKey invitation) {
        set(StatePath.invited(id), Optional.of(invitation.toBytes()));
        countInvited(invited() + 1);
    }

    /** From now on a member is there as any other: by approval, or not at all. */
    void unbind(NodeId id) {
        if (get(StatePath.invited(id)).isPresent()) {
            set(StatePath.invited(id), Optional.empty());
            countInvited(invited() - 1);
        }
    }

    private void countInvited(int number) {
        byte[] digits = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        set(StatePath.INVITED, number == 0 ? Optional.empty() : Optional.of(digits));
    }

    <T> Optional<T> read(StatePath path, Codec<T> codec) {
        return get(path).map(bytes -> codec.decode(bytes).orThrow());
    }

    <T> void put(StatePath path, Codec<T> codec, T value) {
        set(path, Optional.of(codec.encode(value)));
    }
}
