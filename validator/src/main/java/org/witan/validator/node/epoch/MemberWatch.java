package org.witan.validator.node.epoch;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StoreWrite;
import org.witan.validator.link.Roster;

/**
 * Follows the members as blocks change them, and tells who needs to know.
 *
 * <p>Threads: the node loop tells of writes and is the one that is called back; {@link #members} is
 * for any thread. Source: docs/protocol/consensus.md, C18; docs/protocol/link.md.
 */
public final class MemberWatch {
    private static final Logger LOG = LoggerFactory.getLogger("EVENT");

    private final LedgerReader ledger;
    private final Foreknown foreknown;
    private volatile LedgerMembers members;

    /** Begins with what the ledger says now. */
    public MemberWatch(LedgerReader ledger) {
        this(ledger, Foreknown.NOTHING);
    }

    /** The same where an operator vouches for validators of a later epoch. */
    public MemberWatch(LedgerReader ledger, Foreknown foreknown) {
        this.ledger = ledger;
        this.foreknown = foreknown;
        members = LedgerMembers.of(ledger);
    }

    /** What was read last. */
    public LedgerMembers members() {
        return members;
    }

    /** Everybody that links exist with, by what was read last. */
    public Roster roster() {
        return foreknown.roster(members, ledger.tip().header());
    }

    /** These writes are in the ledger: reads it again if they changed a member or organisation. */
    public void written(List<StoreWrite> writes, Consumer<LedgerMembers> changed) {
        if (writes.stream().noneMatch(MemberWatch::namesMembers)) {
            return;
        }
        LedgerMembers before = members;
        LedgerMembers now = LedgerMembers.of(ledger);
        members = now;
        now.members().stream()
                .filter(member -> !before.members().contains(member))
                .forEach(member ->
                        LOG.info(
                                "member-changed member={} role={} status={} key={} endpoints={}",
                                member.id(),
                                member.role(),
                                member.status(),
                                member.keyNumber(),
                                member.endpoints()));
        before.members().stream()
                .filter(member -> now.find(member.id()).isEmpty())
                .forEach(member -> LOG.info("member-removed member={}", member.id()));
        changed.accept(now);
    }

    private static boolean namesMembers(StoreWrite write) {
        return write instanceof StoreWrite.Commit commit
                && commit.after().changes().keySet().stream().anyMatch(LedgerMembers::isNamedBy);
    }
}
