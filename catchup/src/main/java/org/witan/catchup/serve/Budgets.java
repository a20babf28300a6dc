package org.witan.catchup.serve;

import java.util.Map;
import java.util.TreeMap;
import org.witan.genesis.membership.NodeId;

/** Who may be given how much now. */
final class Budgets {
    /** What every request costs at least: a refusal is not free. */
    private static final int LEAST_BYTES = 1 << 10;

    private final ServeSettings settings;
    private final Budget total;
    private final Map<NodeId, Budget> members = new TreeMap<>();

    Budgets(ServeSettings settings, long nowMillis) {
        this.settings = settings;
        total = new Budget(settings.totalBytesPerSecond(), settings.burstSeconds(), nowMillis);
    }

    /** Milliseconds that this member has to wait; 0 if it may be served now. */
    long waitMillis(NodeId member, long nowMillis) {
        return Math.max(total.waitMillis(nowMillis), of(member, nowMillis).waitMillis(nowMillis));
    }

    /** Charges a reply of this size. */
    void spend(NodeId member, int replyBytes, long nowMillis) {
        int cost = Math.max(LEAST_BYTES, replyBytes);
        total.spend(cost);
        of(member, nowMillis).spend(cost);
        members.values().removeIf(budget -> budget.isFull(nowMillis));
    }

    private Budget of(NodeId member, long nowMillis) {
        return members.computeIfAbsent(
                member,
                _ ->
                        new Budget(
                                settings.memberBytesPerSecond(),
                                settings.burstSeconds(),
                                nowMillis));
    }
}
