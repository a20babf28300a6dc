package org.witan.validator.cli.upgrade;

import java.util.List;
import java.util.Optional;
import org.witan.validator.cli.http.Fields;

/**
 * Whether a validator that was started again signs, and goes on signing.
 *
 * <p>A finalization holds a quorum of signatures, the first that came, so nobody is in all of them
 * and who is far away may be in none. But whoever works leads in turn. So the last blocks, twenty
 * and at least two for each validator, are looked at in two halves, and in each of them it has to
 * have led or signed some block. One signature would not do: it shows that the key fits, not that
 * the node keeps up.
 *
 * <p>A network that writes little would keep the gate shut for long. There one block is enough, and
 * none where fewer were made than there are leaders. Confined to one thread.
 */
final class SigningGate {
    private static final int LEAST_WINDOW = 20;
    private static final long QUIET_NANOS = 5_000_000_000L;
    private static final long SLOW_NANOS = 30_000_000_000L;
    private static final String NAME = "signed";

    private final List<NodeWords> asked;

    /** The head at the first look: what the node signs behind it, it signed since its start. */
    private long base = -1;

    private long baseAt;
    private long head = -1;
    private long headAt;

    /** A gate of a node, by the blocks of these. */
    SigningGate(List<NodeWords> asked) {
        this.asked = List.copyOf(asked);
    }

    /**
     * The ledger has come so far.
     *
     * @param tip the greatest height that somebody has
     * @param nowNanos of a clock that only goes forward
     */
    void stands(long tip, long nowNanos) {
        if (base < 0) {
            base = tip;
            baseAt = nowNanos;
        }
        if (tip > head) {
            head = tip;
            headAt = nowNanos;
        }
    }

    /** Looks at the blocks since then. */
    void look(Findings findings, Fields own, long nowNanos) {
        String id = own.shown("id");
        long validators = own.number("validators").orElse(1L);
        long window = Math.max(LEAST_WINDOW, 2 * validators);
        if (head - base >= window) {
            halves(findings, id, window);
        } else if (head == base) {
            findings.found(NAME, true, "0 blocks since its start, too few to tell");
        } else if (nowNanos - headAt > QUIET_NANOS || nowNanos - baseAt > SLOW_NANOS) {
            few(findings, id, validators);
        } else {
            findings.found(NAME, false, "so far %d of %d blocks".formatted(head - base, window));
        }
    }

    private void halves(Findings findings, String id, long window) {
        boolean older = signed(head - window, head - window / 2, id);
        boolean newer = signed(head - window / 2, head, id);
        String which = older ? "newer half of the " : newer ? "older half of the " : "";
        findings.found(
                NAME,
                older && newer,
                older && newer
                        ? "in both halves of the last %d blocks".formatted(window)
                        : "none of the %slast %d blocks".formatted(which, window));
    }

    private void few(Findings findings, String id, long validators) {
        long made = head - base;
        boolean one = signed(base, head, id);
        String end = one || made >= validators ? "" : ", too few to tell";
        findings.found(
                NAME,
                one || made < validators,
                "%s of the %d blocks since its start%s".formatted(one ? "one" : "none", made, end));
    }

    /** Whether it led or signed a block above {@code from}, up to {@code to}. */
    private boolean signed(long from, long to, String id) {
        for (long height = to; height > from; height--) {
            if (signed(height, id)) {
                return true;
            }
        }
        return false;
    }

    private boolean signed(long height, String id) {
        for (NodeWords each : asked) {
            Optional<Fields> block = each.block(height);
            if (block.isPresent()) {
                return block.get().inner("header").shown("proposer").equals(id)
                        || block.get().inner("finalization").texts("signers").contains(id);
            }
        }
        return false;
    }
}
