package org.witan.validator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.Input;

/** What the engine of a later epoch must be told again. */
final class LastingInputs {
    private final TreeSet<NodeId> linked = new TreeSet<>();
    private boolean work;
    private boolean draining;
    private Optional<Input.StopVoting> stopped = Optional.empty();

    /** Remembers an input if it lasts. */
    void note(Input input) {
        switch (input) {
            case Input.Link(var peer, boolean up) when up -> linked.add(peer);
            case Input.Link(var peer, var down) -> linked.remove(peer);
            case Input.Work(boolean expected) -> work = expected;
            case Input.Drain(boolean on) -> draining = on;
            case Input.StopVoting stop -> stopped = Optional.of(stop);
            default -> {}
        }
    }

    /** The inputs for a new engine, in order. */
    List<Input> all() {
        List<Input> all = new ArrayList<>();
        all.add(new Input.Tick());
        linked.forEach(peer -> all.add(new Input.Link(peer, true)));
        all.add(new Input.Work(work));
        all.add(new Input.Drain(draining));
        stopped.ifPresent(all::add);
        return all;
    }
}
