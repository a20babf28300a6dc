package org.witan.validator.consensus.liars;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.store.Recovered;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.Input;
import org.witan.validator.consensus.TestEpochs;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.round.Leaders;
import org.witan.validator.consensus.sim.Flaws;
import org.witan.validator.consensus.sim.Oracle;

/** Engines in virtual time, in a network that does what the test says. */
final class Assembly {
    /** How long a message takes. */
    interface Wire {
        /** A message is lost. */
        int LOST = -1;

        /** Everybody hears everybody, each pair at its own pace, in order. */
        Wire SOUND = (from, to, message) -> 25 + (from.number() * 5 + to.number() * 3) % 7 * 4;

        /** Milliseconds from 1, or {@link #LOST}. */
        int millis(Seat from, Seat to, ConsensusMessage message);
    }

    /** What a liar says instead of what its engine wants to say. */
    interface Mouth {
        /** Says what its engine says. */
        Mouth PLAIN = (from, to, message) -> List.of(message);

        /** What goes to this one; nothing to be silent. */
        List<ConsensusMessage> says(Seat from, Seat to, ConsensusMessage message);
    }

    private record Due(long at, long number, Runnable what) {}

    private final TestEpochs epochs;
    private final Oracle oracle;
    private final List<Seat> seats = new ArrayList<>();
    private final Map<Hash, Block> blocks = new TreeMap<>();
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private long now = TestEpochs.FOUNDED_MILLIS + 100_000;
    private long numbers;
    private long lies;
    private int boundaryEvery;
    private boolean working = true;
    private @Nullable Leaders leaders;
    private Recovered.Past first = Recovered.Past.NONE;
    private Flaws flaw = Flaws.NONE;
    private Wire wire = Wire.SOUND;
    private Mouth mouth = Mouth.PLAIN;

    /** Members who all keep the rules. */
    Assembly(int members) {
        this(members, 0, 0);
    }

    /**
     * The first {@code liars} members have so many copies of an engine each, which know nothing of
     * one another.
     */
    Assembly(int members, int liars, int copies) {
        epochs = new TestEpochs(members, TestEpochs.QUIET);
        oracle = new Oracle(epochs);
        for (int member = 0; member < members; member++) {
            int first = member < liars ? 1 : 0;
            for (int copy = first; copy <= (member < liars ? copies : 0); copy++) {
                seats.add(new Seat(this, member, copy, seats.size()));
            }
        }
    }

    Assembly wire(Wire next) {
        wire = next;
        return this;
    }

    Assembly mouth(Mouth next) {
        mouth = next;
        return this;
    }

    /** Leaders of the test's choice instead of the rotation. */
    Assembly leaders(Leaders next) {
        leaders = next;
        return this;
    }

    /** A bug in every honest member. */
    Assembly flaw(Flaws next) {
        flaw = next;
        return this;
    }

    /** All have asked each other before the test begins, so that they sign at once. */
    Assembly asked() {
        first = Recovered.Past.ASKED;
        return this;
    }

    /** What who starts for the first time knows of the votes of its key. */
    Recovered.Past first() {
        return first;
    }

    /** An epoch ends at every height that this divides. */
    Assembly boundaryEvery(int heights) {
        boundaryEvery = heights;
        return this;
    }

    /** Whether there are transactions. */
    void work(boolean on) {
        working = on;
        seats.forEach(seat -> seat.feed(new Input.Work(on)));
    }

    boolean isWorking() {
        return working;
    }

    Flaws flaw() {
        return flaw;
    }

    int boundaryEvery() {
        return boundaryEvery;
    }

    @Nullable Leaders leaders() {
        return leaders;
    }

    TestEpochs epochs() {
        return epochs;
    }

    Oracle oracle() {
        return oracle;
    }

    long now() {
        return now;
    }

    /** How many messages of liars were not said, or otherwise than their engines wanted. */
    long lies() {
        return lies;
    }

    List<Seat> seats() {
        return seats;
    }

    /** The engine of a member, or its first. */
    Seat seat(int member) {
        return seats.stream().filter(s -> s.member() == member).findFirst().orElseThrow();
    }

    List<Seat> honest() {
        return seats.stream().filter(Seat::isHonest).toList();
    }

    boolean isHonest(NodeId id) {
        return seat(id.value().charAt(0) - 'a').isHonest();
    }

    /** The least height that an honest member committed. */
    long height() {
        return honest().stream().mapToLong(s -> oracle.height(s.member())).min().orElseThrow();
    }

    /** Starts all that were not started. */
    Assembly start() {
        seats.stream().filter(seat -> !seat.isUp()).forEach(Seat::start);
        return this;
    }

    /** Tells a seat of its links to all that run and, if it is a new process, those of it. */
    void link(Seat seat, boolean isNew) {
        for (Seat other : seats) {
            if (other.member() != seat.member() && other.isUp()) {
                seat.feed(new Input.Link(TestEpochs.id(other.member()), true));
                if (isNew) {
                    other.feed(new Input.Link(TestEpochs.id(seat.member()), true));
                }
            }
        }
    }

    void know(Block block) {
        blocks.put(block.hash(), block);
    }

    BlockHeader header(Hash hash) {
        return hash.equals(epochs.genesis().hash())
                ? epochs.genesis().header()
                : Objects.requireNonNull(blocks.get(hash)).header();
    }

    /** Blocks that somebody made, in no particular order. */
    List<Block> blocks() {
        return List.copyOf(blocks.values());
    }

    void at(long time, Runnable what) {
        queue.add(new Due(time, numbers++, what));
    }

    /** Runs for so many milliseconds, or until something broke. */
    Assembly run(long millis) {
        long end = now + millis;
        while (!queue.isEmpty() && queue.peek().at() <= end && oracle.breaches().isEmpty()) {
            Due next = queue.poll();
            now = Math.max(now, next.at());
            next.what().run();
        }
        now = end;
        return this;
    }

    /** Runs until all are beyond this view, at most so long. */
    void runBeyond(long view, long withinMillis) {
        long end = now + withinMillis;
        while (now < end && seats.stream().anyMatch(seat -> seat.view() <= view)) {
            run(Math.min(50, end - now));
        }
    }

    /** Runs until all honest members stand at this height; whether they do in this time. */
    boolean reaches(long height, long withinMillis) {
        long end = now + withinMillis;
        while (height() < height && now < end && oracle.breaches().isEmpty()) {
            run(Math.min(50, end - now));
        }
        return height() >= height && oracle.breaches().isEmpty();
    }

    void send(Seat from, NodeId to, ConsensusMessage message) {
        for (Seat seat : seats) {
            if (TestEpochs.id(seat.member()).equals(to) && seat.member() != from.member()) {
                carry(from, seat, message);
            }
        }
    }

    void broadcast(Seat from, ConsensusMessage message) {
        for (Seat seat : seats) {
            if (seat.member() != from.member()) {
                carry(from, seat, message);
            }
        }
    }

    private void carry(Seat from, Seat to, ConsensusMessage message) {
        List<ConsensusMessage> said =
                from.isHonest() ? List.of(message) : mouth.says(from, to, message);
        lies += said.equals(List.of(message)) ? 0 : 1;
        for (ConsensusMessage one : said) {
            tell(from, to, one);
        }
    }

    /** Brings a message on its way, as it is. */
    void tell(Seat from, Seat to, ConsensusMessage message) {
        int millis = wire.millis(from, to, message);
        if (millis != Wire.LOST) {
            NodeId sender = TestEpochs.id(from.member());
            at(now + millis, () -> to.feed(new Input.Received(sender, message)));
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Seat seat : seats) {
            text.append('\n').append(seat);
        }
        return text.toString();
    }
}
