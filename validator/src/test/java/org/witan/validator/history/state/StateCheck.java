package org.witan.validator.history.state;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.witan.chain.merkle.NaiveTree;
import org.witan.chain.merkle.TreeCheck;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.state.StateReader;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/**
 * Computes the state root of a store anew, from all of its values, and compares it with the one
 * that the header of its last block names. The tree on the disk is walked, too, but not believed.
 */
public final class StateCheck {
    private StateCheck() {}

    /** What is wrong with the state of a node that has ended; empty if nothing is. */
    public static List<String> problems(String node, RocksStore store) {
        Hash wanted = store.tip().header().stateRoot();
        String at = "the state of %s at height %d: ".formatted(node, store.tip().height());
        List<String> broken = new ArrayList<>();
        Hash found = NaiveTree.root(leaves(store));
        if (!found.equals(wanted)) {
            broken.add(at + "its values have the root %s, its block %s".formatted(found, wanted));
        }
        StateReader state = store.state();
        if (!state.root().equals(wanted)) {
            broken.add(at + "its tree has the root %s".formatted(state.root()));
        }
        TreeCheck.walk(state, state.treeRoot()).problem().ifPresent(why -> broken.add(at + why));
        return broken;
    }

    private static SortedMap<Hash, Hash> leaves(RocksStore store) {
        SortedMap<Hash, Hash> leaves = new TreeMap<>();
        Digest digest = Digest.plain();
        store.eachValue((path, value) -> {
            leaves.put(path.hash(), digest.add(value).done());
            return true;
        });
        return leaves;
    }
}
