package org.witan.validator.consensus.round;

import org.witan.genesis.membership.Rules;

/**
 * How long this node has patience with the current view (rule C7). Deadlines are data: nothing here
 * fires, the engine asks. All times are milliseconds; {@link #NEVER} means that no time is set.
 */
public final class Timeouts {
    /** No deadline. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long MAX_MILLIS = 60_000;
    private static final long MAX_RETRY_MILLIS = 5_000;

    private final Rules rules;
    private final int validators;
    private long multiplier = 1;
    private long enteredAt;
    private long workAt = NEVER;
    private long proposalAt = NEVER;
    private long retryAt = NEVER;
    private int retries;

    /** Of an epoch with so many validators. */
    public Timeouts(Rules rules, int validators) {
        this.rules = rules;
        this.validators = validators;
    }

    /**
     * A view is entered: all deadlines of the one before are void.
     *
     * @param unfinalized views since the newest finalization, from 1; patience doubles only after a
     *     whole rotation without one, so f dead leaders cost no back-off
     */
    public void enter(long nowMillis, long unfinalized) {
        multiplier = 1L << Math.min(6, (unfinalized - 1) / validators);
        enteredAt = nowMillis;
        workAt = NEVER;
        proposalAt = NEVER;
        retryAt = NEVER;
        retries = 0;
    }

    /** A block is due, or no longer so: patience with the leader starts, or stops. */
    public void expectWork(boolean expected, long nowMillis) {
        if (!expected) {
            workAt = NEVER;
        } else if (workAt == NEVER) {
            workAt = nowMillis;
        }
    }

    /** A proposal, or votes of f+1 members, show that the view is alive; the first call counts. */
    public void sawActivity(long nowMillis) {
        if (proposalAt == NEVER) {
            proposalAt = nowMillis;
        }
    }

    /** The proposal itself is here: it gets the whole patience from now on, once. */
    public void sawProposal(long nowMillis) {
        proposalAt = nowMillis;
    }

    /** This node gave up the view and repeats itself from time to time, ever more slowly. */
    public void repeatLater(long nowMillis) {
        long pause = Math.min(MAX_RETRY_MILLIS, delta() * multiplier << Math.min(retries, 10));
        retryAt = nowMillis + pause;
        retries++;
    }

    /**
     * When the leader's time is over (T_lead).
     *
     * @param absentFromMillis since when, or from when on, the leader counts as absent; then only a
     *     quarter of Δ remains
     */
    public long leaderDeadline(long absentFromMillis) {
        if (workAt == NEVER) {
            return NEVER;
        }
        long patient = workAt + capped(2 * delta() * multiplier + buildAllowance());
        return absentFromMillis == NEVER
                ? patient
                : Math.min(patient, Math.max(workAt + delta() / 4, absentFromMillis));
    }

    /** When a leader that cannot prove its parent gives up: half of its time. */
    public long proofDeadline() {
        return workAt == NEVER
                ? NEVER
                : workAt + capped(2 * delta() * multiplier + buildAllowance()) / 2;
    }

    /** When the view should have its certificate (T_adv). */
    public long advanceDeadline() {
        return proposalAt == NEVER
                ? NEVER
                : proposalAt + capped(3 * delta() * multiplier + executionAllowance());
    }

    /** When to say again what was said in this view (T_retry). */
    public long retryDeadline() {
        return retryAt;
    }

    /** The pause between repetitions that the rule for gaps counts in (R6h). */
    public long retryPauseMillis() {
        return capped(delta() * multiplier);
    }

    /** When the current view was entered. */
    public long enteredMillis() {
        return enteredAt;
    }

    /** The bound on one message's way, Δ. */
    public long delta() {
        return rules.networkDelayMillis();
    }

    private long buildAllowance() {
        return 5 * delta() + rules.blockMinIntervalMillis();
    }

    private long executionAllowance() {
        return 5 * delta();
    }

    private static long capped(long millis) {
        return Math.min(MAX_MILLIS, millis);
    }
}
