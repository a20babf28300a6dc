package org.witan.validator.cli.devnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.node.NodeStart;
import org.witan.validator.node.ValidatorNode;

/** Validators that all live in this process; they talk over sockets like any others. */
final class InThisProcess implements Validators {
    private final DevnetFolder devnet;
    private final List<ValidatorNode> nodes = new CopyOnWriteArrayList<>();
    private final Map<Integer, String> failures = new ConcurrentHashMap<>();

    InThisProcess(DevnetFolder devnet) {
        this.devnet = devnet;
    }

    @Override
    public void start(int i) {
        try {
            nodes.add(NodeStart.start(devnet.settings(i)));
        } catch (OperatorError failed) {
            failures.put(i, failed.what() + ": " + failed.why());
        }
    }

    @Override
    public Optional<String> failure(int i) {
        return Optional.ofNullable(failures.get(i));
    }

    @Override
    public boolean separate() {
        return false;
    }

    @Override
    public void endAll() {
        List<Thread> ending = new ArrayList<>();
        for (ValidatorNode node : nodes) {
            ending.add(Thread.ofPlatform().start(node::close));
        }
        nodes.clear();
        for (Thread thread : ending) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
