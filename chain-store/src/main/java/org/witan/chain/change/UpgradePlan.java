package org.witan.chain.change;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.witan.chain.change.Change.PlanUpgrade;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.membership.NodeId;

/**
 * An upgrade that was approved, as the state records it under {@code network/upgrade} until the
 * next one is approved, and then under {@code upgrade/<n>}.
 *
 * <p>Wire v1: version u8, then the components in their order; permit behind a truth value, reports
 * u16 count, failures u16, end u8. Golden: {@code upgrade-plan.v1.hex}. Source:
 * docs/protocol/governance.md, GV13 to GV16.
 *
 * @param number of the change that approved it
 * @param height of the block that approved it
 * @param release what is to run everywhere, and until when
 * @param permit who may restart its node now
 * @param reports the last word of each member on its own upgrade, ascending by member
 * @param failures how many upgrades were reported as failed
 * @param finalising number of the last change that proposed to finalise; 0 if there was none
 * @param end what became of it
 * @param closed height of the block that ended it; 0 while it has not ended
 */
public record UpgradePlan(
        long number,
        long height,
        PlanUpgrade release,
        Optional<Permit> permit,
        List<Word> reports,
        int failures,
        long finalising,
        End end,
        long closed) {
    /** After so many failures no member gets a permit any more. */
    public static final int MAX_FAILURES = 2;

    /** Longest time of a permit in blocks. */
    public static final int MAX_PERMIT_BLOCKS = 100_000;

    /** See the type. */
    public static final Codec<UpgradePlan> CODEC =
            new Codec<>(UpgradePlan::write, UpgradePlan::read);

    /** What became of a plan; it may have expired too. The order is the place in formats. */
    public enum End {
        /** None yet, unless it has expired. */
        NONE,
        /** Its level is in force. */
        DONE,
        /** The organisations gave it up. */
        ABORTED
    }

    /** How a member's own upgrade went. The order is the place in formats. */
    public enum Result {
        /** The new release runs. */
        UPGRADED,
        /** It did not; the release before runs again. */
        FAILED,
        /** The release before runs again, as it was wished. */
        BACK;

        /** One byte. */
        public static final Codec<Result> CODEC = constants(Result.values(), "result");
    }

    /** How far a plan has come. */
    public enum Stage {
        /** No member has begun. */
        APPROVED,
        /** Some member has begun. */
        ROLLING,
        /** Every member that runs a node has reported the new release. */
        SOAKING,
        /** It was proposed to finalise, and approvals are missing. */
        FINALISING,
        /** See {@link End#DONE}. */
        DONE,
        /** See {@link End#ABORTED}. */
        ABORTED,
        /** The deadline has passed; nothing follows from it any more. */
        EXPIRED
    }

    /**
     * The right to restart one's node.
     *
     * <p>Wire: holder, until u63.
     *
     * @param holder the member
     * @param until last height at which nobody else gets it
     */
    public record Permit(NodeId holder, long until) {
        static final Codec<Permit> CODEC =
                new Codec<>(
                        (permit, out) -> {
                            NodeId.CODEC.write(permit.holder, out);
                            out.u63(permit.until);
                        },
                        in -> new Permit(NodeId.CODEC.read(in), in.u63()));
    }

    /**
     * What a member said of its own upgrade.
     *
     * <p>Wire: member, result u8, height u63.
     *
     * @param member who said it
     * @param result how it went
     * @param height of the block that recorded it
     */
    public record Word(NodeId member, Result result, long height) {
        static final Codec<Word> CODEC =
                new Codec<>(
                        (word, out) -> {
                            NodeId.CODEC.write(word.member, out);
                            Result.CODEC.write(word.result, out);
                            out.u63(word.height);
                        },
                        in -> new Word(NodeId.CODEC.read(in), Result.CODEC.read(in), in.u63()));
    }

    /** A plan that a block of {@code height} approves. */
    public static UpgradePlan approved(long number, long height, PlanUpgrade release) {
        return new UpgradePlan(
                number, height, release, Optional.empty(), List.of(), 0, 0, End.NONE, 0);
    }

    /** Whether anything may follow from it in a block of {@code height}. */
    public boolean isOpen(long height) {
        return end == End.NONE && height <= release.deadline();
    }

    /** Whether too many upgrades failed, so that nobody restarts for it any more. */
    public boolean isSuspended() {
        return failures >= MAX_FAILURES;
    }

    /** Who may restart its node in a block of {@code height}. */
    public Optional<NodeId> holder(long height) {
        return permit.filter(p -> isOpen(height) && height <= p.until).map(Permit::holder);
    }

    /** Whether a change that finalises it waits for approvals in a block of {@code height}. */
    public boolean isFinalising(Council council, long height) {
        return council.open().stream()
                .anyMatch(open -> open.number() == finalising && height <= open.expires());
    }

    /**
     * Whether what a member said of itself covers the plan: since it was approved, and with the key
     * of this number.
     */
    public boolean isAttestedBy(Attestation said, int keyNumber) {
        return said.keyNumber() == keyNumber
                && said.recorded() > height
                && said.leastLevel() <= release.level()
                && release.level() <= said.greatestLevel();
    }

    /** What a member said last of its own upgrade. */
    public Optional<Word> word(NodeId member) {
        return reports.stream().filter(word -> word.member.equals(member)).findFirst();
    }

    /**
     * How far it has come.
     *
     * @param nodes the members that run a node
     * @param height of the next block
     */
    public Stage stage(Council council, Collection<NodeId> nodes, long height) {
        if (end != End.NONE) {
            return end == End.DONE ? Stage.DONE : Stage.ABORTED;
        }
        if (!isOpen(height)) {
            return Stage.EXPIRED;
        }
        if (isFinalising(council, height)) {
            return Stage.FINALISING;
        }
        if (nodes.stream().allMatch(this::isUpgraded)) {
            return Stage.SOAKING;
        }
        return permit.isPresent() || !reports.isEmpty() ? Stage.ROLLING : Stage.APPROVED;
    }

    private boolean isUpgraded(NodeId member) {
        return word(member).filter(word -> word.result == Result.UPGRADED).isPresent();
    }

    /** The same with another permit, or none. */
    public UpgradePlan with(Optional<Permit> other) {
        return new UpgradePlan(
                number, height, release, other, reports, failures, finalising, end, closed);
    }

    /** The same with a member's last word. */
    public UpgradePlan with(Word word) {
        List<Word> changed = new ArrayList<>(reports);
        changed.removeIf(other -> other.member.equals(word.member));
        changed.add(word);
        changed.sort(Comparator.comparing(Word::member));
        int failed = failures + (word.result == Result.FAILED ? 1 : 0);
        return new UpgradePlan(
                number,
                height,
                release,
                permit,
                List.copyOf(changed),
                failed,
                finalising,
                end,
                closed);
    }

    /** The same while a change to finalise it is open. */
    public UpgradePlan finalisedBy(long change) {
        return new UpgradePlan(
                number, height, release, permit, reports, failures, change, end, closed);
    }

    /** The same, ended. */
    public UpgradePlan ended(End how, long at) {
        return new UpgradePlan(
                number, height, release, Optional.empty(), reports, failures, finalising, how, at);
    }

    private static void write(UpgradePlan plan, Writer out) {
        out.u8(1).u63(plan.number).u63(plan.height);
        PlanUpgrade.CODEC.write(plan.release, out);
        out.bool(plan.permit.isPresent());
        plan.permit.ifPresent(permit -> Permit.CODEC.write(permit, out));
        out.list16(plan.reports, Word.CODEC).u16(plan.failures).u63(plan.finalising);
        out.u8(plan.end.ordinal()).u63(plan.closed);
    }

    private static UpgradePlan read(Reader in) {
        in.version(1);
        return new UpgradePlan(
                in.u63(),
                in.u63(),
                PlanUpgrade.CODEC.read(in),
                in.bool() ? Optional.of(Permit.CODEC.read(in)) : Optional.empty(),
                in.list16(Followers.MAX_NODES, 11, Word.CODEC),
                in.u16(),
                in.u63(),
                constants(End.values(), "end").read(in),
                in.u63());
    }

    private static <E extends Enum<E>> Codec<E> constants(E[] values, String what) {
        return new Codec<>(
                (value, out) -> out.u8(value.ordinal()),
                in -> {
                    int code = in.u8();
                    if (code >= values.length) {
                        throw in.refuse("unknown " + what + " " + code);
                    }
                    return values[code];
                });
    }
}
