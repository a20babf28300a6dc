package org.witan.validator.node.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.block.Sender;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StateItem;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.genesis.membership.Role;

/**
 * The members and organisations that the newest state of the ledger names; immutable.
 *
 * @param members ascending by id
 * @param organisations ascending by id
 */
public record LedgerMembers(List<Member> members, List<Organisation> organisations) {
    private static final int PAGE = 256;
    private static final StatePath MEMBERS = StatePath.parse("member/");
    private static final StatePath ORGANISATIONS = StatePath.parse("organisation/");

    /** Reads them; any thread. */
    public static LedgerMembers of(LedgerReader ledger) {
        return new LedgerMembers(
                all(ledger, MEMBERS, Member.CODEC), all(ledger, ORGANISATIONS, Organisation.CODEC));
    }

    /** Whether a value at this path is one of those read here. */
    static boolean isNamedBy(StatePath path) {
        return path.startsWith(MEMBERS) || path.startsWith(ORGANISATIONS);
    }

    /** The member of this id. */
    public Optional<Member> find(NodeId id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    /**
     * Which of a member's keys this is; a key that is not in force here is taken for the next.
     *
     * <p>Who was removed goes on counting where it left, should it come back (GV5).
     *
     * @param ledger whose members these are
     */
    public int numberOf(NodeId id, PublicKey key, LedgerReader ledger) {
        Optional<Member> left =
                ledger.state()
                        .value(StatePath.former(id))
                        .map(bytes -> Member.CODEC.decode(bytes).orThrow());
        return find(id).or(() -> left)
                .map(m -> m.keyNumber() + (m.key().equals(key) ? 0 : 1))
                .orElse(0);
    }

    /**
     * Why a node that has this id and key is no member by these members, in half a sentence; empty
     * if it is one.
     */
    public Optional<String> strangeness(NodeId id, PublicKey key) {
        String lists = "the configuration that it knows lists ";
        Optional<Member> listed = find(id);
        if (listed.isEmpty()) {
            return Optional.of(lists + "no member " + id);
        }
        return listed.get().key().equals(key)
                ? Optional.empty()
                : Optional.of(lists + "another key for " + id);
    }

    /** The validators and those that are to be validators, but for this node, ascending. */
    public List<NodeId> others(NodeId self) {
        return members.stream()
                .filter(member -> member.role() == Role.VALIDATOR)
                .map(Member::id)
                .filter(id -> !id.equals(self))
                .toList();
    }

    /** The gateways and observers, but for this node, ascending. */
    public List<NodeId> followers(NodeId self) {
        return members.stream()
                .filter(member -> member.role() == Role.GATEWAY || member.role() == Role.OBSERVER)
                .map(Member::id)
                .filter(id -> !id.equals(self))
                .toList();
    }

    /** The keys that senders sign with. */
    public Map<Sender, PublicKey> keys() {
        Map<Sender, PublicKey> keys = new TreeMap<>();
        members.forEach(m -> keys.put(Sender.member(m.id()), m.key()));
        organisations.forEach(o -> keys.put(new Sender(true, o.id()), o.governanceKey()));
        return keys;
    }

    private static <T> List<T> all(LedgerReader ledger, StatePath prefix, Codec<T> codec) {
        List<T> values = new ArrayList<>();
        Optional<StatePath> after = Optional.empty();
        List<StateItem> page;
        do {
            page = ledger.list(prefix, after, PAGE);
            page.forEach(item -> values.add(codec.decode(item.value()).orThrow()));
            after = page.isEmpty() ? after : Optional.of(page.getLast().path());
        } while (page.size() == PAGE);
        return List.copyOf(values);
    }
}
