package org.witan.validator.consensus.liars;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.Recovered;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.validator.consensus.Anchor;
import org.witan.validator.consensus.Effect;
import org.witan.validator.consensus.Engine;
import org.witan.validator.consensus.Event;
import org.witan.validator.consensus.Input;
import org.witan.validator.consensus.Self;
import org.witan.validator.consensus.TestEpochs;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.consensus.round.Leaders;
import org.witan.validator.consensus.round.SafetyRules;

/** One engine with what a node's core does around it; a disk that forgets nothing. */
final class Seat {
    private final Assembly assembly;
    private final int member;
    private final int copy;
    private final int number;
    private final Deque<Input> inputs = new ArrayDeque<>();
    private final List<StoreWrite> disk = new ArrayList<>();
    private final Map<Hash, Block> committed = new TreeMap<>();
    private final List<Effect.Commit> commits = new ArrayList<>();
    private final Set<Hash> voted = new TreeSet<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<ConsensusMessage> said = new ArrayList<>();
    private Anchor tip;
    private Epoch epoch;
    private Recovered.Past past = Recovered.Past.ASKED;
    private boolean lost;
    private @Nullable Engine engine;
    private boolean stepping;
    private long view;
    private int life;
    private long wakeAt = Long.MAX_VALUE;

    /**
     * Not started.
     *
     * @param copy 0 for an honest member, else which engine of a liar it is
     * @param number among all seats
     */
    Seat(Assembly assembly, int member, int copy, int number) {
        this.assembly = assembly;
        this.member = member;
        this.copy = copy;
        this.number = number;
        tip = assembly.epochs().genesis();
        epoch = assembly.epochs().epoch(1);
    }

    int member() {
        return member;
    }

    int copy() {
        return copy;
    }

    int number() {
        return number;
    }

    Assembly assembly() {
        return assembly;
    }

    /** What its mouth wants to remember. */
    List<ConsensusMessage> said() {
        return said;
    }

    boolean isHonest() {
        return copy == 0;
    }

    boolean isUp() {
        return engine != null;
    }

    Epoch epoch() {
        return epoch;
    }

    /** The view that its engine is in. */
    long view() {
        return view;
    }

    /**
     * How often an effect of this kind was asked for, a simple name of {@link Effect}, something
     * was written, one of {@link StoreWrite}, or an event reported, a name of {@link Event.Kind}.
     */
    int count(String effect) {
        return counts.getOrDefault(effect, 0);
    }

    List<StoreWrite> disk() {
        return disk;
    }

    /** Hashes of the blocks that it ever voted for. */
    Set<Hash> voted() {
        return voted;
    }

    /** Whether its disk has such a certificate of a view that is not final. */
    boolean holds(VoteKind kind, long view) {
        return disk.stream()
                .anyMatch(write ->
                        write instanceof StoreWrite.Certified(var certificate)
                                && certificate.ballot().kind() == kind
                                && certificate.ballot().view() == view);
    }

    /** Ends it and starts it again on what its disk holds, after so many milliseconds. */
    void restart(long pauseMillis) {
        engine = null;
        inputs.clear();
        life++;
        assembly.at(assembly.now() + pauseMillis, this::start);
    }

    /** Its votes are gone, its blocks are not; it is started again and knows that. */
    void lose(long pauseMillis) {
        disk.clear();
        lost = true;
        restart(pauseMillis);
    }

    /** Starts on what its disk holds, as a process that asks the others before it signs. */
    void start() {
        if (lost) {
            past = Recovered.Past.LOST;
        } else {
            boolean isNew = life == 0 && disk.isEmpty();
            past = isNew ? assembly.first() : Recovered.Past.KEPT;
        }
        begin();
        assembly.link(this, true);
    }

    /** The engine of the next epoch, in the same process. */
    private void renew() {
        if (engine != null) {
            past = engine.memory(true).past();
            begin();
            assembly.link(this, false);
        }
    }

    private void begin() {
        long number = tip.header().epoch() + (tip.header().isBoundary() ? 1 : 0);
        epoch = assembly.epochs().epoch(number);
        engine = engine(memory());
        life++;
        wakeAt = Long.MAX_VALUE;
        feed(new Input.Tick());
        feed(new Input.Work(assembly.isWorking()));
    }

    private Engine engine(Recovered memory) {
        Self self = TestEpochs.self(member);
        Leaders chosen = assembly.leaders();
        SafetyRules rules =
                isHonest()
                        ? assembly.flaw().rules(self, epoch, tip)
                        : new Unaware(epoch, member, tip.viewIn(epoch.number()));
        return chosen == null
                ? TestEpochs.engine(self, epoch, tip, memory, rules)
                : TestEpochs.engine(
                        self, epoch, tip, memory, new TestEpochs.Beliefs(rules, chosen));
    }

    private Recovered memory() {
        List<Vote> votes = new ArrayList<>();
        List<Certificate> certificates = new ArrayList<>();
        List<Block> bodies = new ArrayList<>();
        for (StoreWrite write : disk) {
            switch (write) {
                case StoreWrite.OwnVote(var vote) -> votes.add(vote);
                case StoreWrite.Certified(var certificate) -> certificates.add(certificate);
                case StoreWrite.Body(var block) -> bodies.add(block);
                default -> {}
            }
        }
        return new Recovered(votes, certificates, bodies, true, "", past);
    }

    void feed(Input input) {
        if (engine == null) {
            return;
        }
        inputs.add(input);
        if (stepping) {
            return;
        }
        stepping = true;
        while (!inputs.isEmpty() && engine != null) {
            engine.step(assembly.now(), assembly.now(), inputs.poll()).forEach(this::act);
        }
        stepping = false;
        sleep();
    }

    private void sleep() {
        if (engine != null && engine.wakeAt() < wakeAt) {
            long at = Math.max(assembly.now(), engine.wakeAt());
            wakeAt = at;
            int current = life;
            assembly.at(at, () -> wake(current, at));
        }
    }

    private void wake(int current, long at) {
        if (current == life && wakeAt == at && engine != null) {
            wakeAt = Long.MAX_VALUE;
            if (engine.wakeAt() <= assembly.now()) {
                feed(new Input.Tick());
            }
            sleep();
        }
    }

    private void act(Effect effect) {
        counts.merge(effect.getClass().getSimpleName(), 1, Integer::sum);
        switch (effect) {
            case Effect.Persist(var write) -> persist(write);
            case Effect.Send(var to, var message) -> assembly.send(this, to, message);
            case Effect.Broadcast(var message) -> {
                if (isHonest() && message instanceof Votes(var votes)) {
                    votes.forEach(vote -> assembly.oracle().sent(member, vote));
                } else if (isHonest() && message instanceof Proposal proposal) {
                    assembly.oracle().sent(member, proposal.vote());
                }
                assembly.broadcast(this, message);
            }
            case Effect.Build(var parent, var view, var filling) -> build(parent, view);
            case Effect.Execute(var block) -> execute(block);
            case Effect.Commit commit -> commit(commit);
            case Effect.ServeBlocks(var to, var hashes) -> {
                List<Block> held =
                        hashes.stream()
                                .flatMap(h -> Optional.ofNullable(committed.get(h)).stream())
                                .toList();
                if (!held.isEmpty()) {
                    assembly.send(this, to, new Blocks(held));
                }
            }
            case Effect.Behind(var peer, var height) -> {
                Seat source = assembly.seat(peer.value().charAt(0) - 'a');
                assembly.at(assembly.now() + 100, () -> catchUp(source));
            }
            case Effect.Punish(var peer, var reason) ->
                    expect(!assembly.isHonest(peer), "punishes " + peer + ": " + reason);
            case Effect.Accuse(var evidence) ->
                    expect(evidence.first().signer() < liars(), "accuses by " + evidence);
            case Effect.Halt(var reason) -> expect(false, "halts: " + reason);
            case Effect.Report(var event) -> noted(event);
        }
    }

    private void noted(Event event) {
        counts.merge(event.kind().name(), 1, Integer::sum);
        if (event.kind() == Event.Kind.ENTERED) {
            view = event.view();
        }
        expect(event.kind() != Event.Kind.STOPPED_VOTING, "stops voting: " + event.text());
    }

    /** How many members of the network lie: those with the least indexes. */
    int liars() {
        return assembly.epochs().members() - assembly.honest().size();
    }

    private void expect(boolean fine, String otherwise) {
        if (isHonest() && !fine) {
            assembly.oracle().breach(TestEpochs.id(member) + " " + otherwise);
        }
    }

    private void persist(StoreWrite write) {
        disk.add(write);
        counts.merge(write.getClass().getSimpleName(), 1, Integer::sum);
        lost &= !(write instanceof StoreWrite.OwnVote);
        if (write instanceof StoreWrite.OwnVote(var vote)) {
            voted.add(vote.ballot().blockHash());
        }
        if (isHonest() && write instanceof StoreWrite.Certified(var certificate)) {
            assembly.oracle().believed(certificate);
        }
    }

    private void build(Hash parent, long view) {
        Anchor base = new Anchor(assembly.header(parent), parent, Optional.empty());
        int every = assembly.boundaryEvery();
        boolean ends = every > 0 && (base.height() + 1) % every == 0;
        long time = assembly.now() + copy;
        Block block = assembly.epochs().block(base, epoch, view, ends, time);
        if (assembly.leaders() != null) {
            block = Ink.proposedBy(block, TestEpochs.id(member));
        }
        assembly.know(block);
        inputs.add(new Input.Built(view, Optional.of(block)));
    }

    private void execute(Block block) {
        assembly.know(block);
        Hash state = TestEpochs.stateAfter(assembly.header(block.header().parentHash()));
        boolean valid = block.header().stateRoot().equals(state);
        inputs.add(new Input.Verdict(block.hash(), valid));
    }

    private void commit(Effect.Commit commit) {
        take(commit);
        inputs.add(new Input.Committed(tip.height()));
        if (tip.header().isBoundary()) {
            inputs.clear();
            assembly.at(assembly.now(), this::renew);
        }
    }

    private void take(Effect.Commit commit) {
        commits.add(commit);
        commit.blocks().forEach(block -> committed.put(block.hash(), block));
        Block last = commit.blocks().getLast();
        tip = new Anchor(last.header(), last.hash(), Optional.of(commit.finalization()));
        disk.removeIf(this::isFinal);
        if (isHonest()) {
            assembly.oracle().committed(member, commit.blocks(), commit.finalization());
        }
    }

    /** As a store forgets: votes, certificates and bodies up to the tip. */
    private boolean isFinal(StoreWrite write) {
        return switch (write) {
            case StoreWrite.OwnVote(var vote) ->
                    vote.ballot().epoch() < tip.header().epoch()
                            || vote.ballot().view() <= tip.viewIn(vote.ballot().epoch());
            case StoreWrite.Certified(var certificate) ->
                    certificate.ballot().epoch() < tip.header().epoch()
                            || certificate.ballot().view()
                                    <= tip.viewIn(certificate.ballot().epoch());
            case StoreWrite.Body(var block) -> block.height() <= tip.height();
            default -> false;
        };
    }

    /** Takes the committed blocks of an honest member above the own tip. */
    private void catchUp(Seat source) {
        long before = tip.height();
        for (Effect.Commit commit : source.isHonest() ? source.commits : commits.subList(0, 0)) {
            List<Block> missing =
                    commit.blocks().stream().filter(b -> b.height() > tip.height()).toList();
            if (!missing.isEmpty()) {
                take(new Effect.Commit(missing, commit.finalization()));
            }
        }
        if (tip.height() == before || engine == null) {
            return;
        }
        if (tip.header().epoch() != epoch.number() || tip.header().isBoundary()) {
            renew();
        } else {
            feed(new Input.Advanced(tip));
        }
    }

    @Override
    public String toString() {
        return TestEpochs.id(member)
                + (copy > 1 ? "'" : "")
                + (engine == null ? " is down" : " in view " + view)
                + " at height "
                + tip.height();
    }
}
