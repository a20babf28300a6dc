package org.witan.validator.history;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.witan.validator.history.Ledger.Logged;
import org.witan.validator.history.Ledger.LoggedBlock;

/** A history and ledgers that fit to it, told line by line; a test then breaks one thing. */
final class Story {
    static final String KEY = "v1/k";

    private final List<Event> events = new ArrayList<>();
    private final List<LoggedBlock> blocks = new ArrayList<>();

    /** A client begins something. */
    Story invoke(int process, String f, String tx) {
        return add(process, Event.Type.INVOKE, f, Said.of(KEY, "v1").tx(tx));
    }

    /** A write ends well: it is the only transaction of its block. */
    Story ok(int process, String tx, long height, long version) {
        Said said = Said.of(KEY, "v1").tx(tx).pos(height, 0).version(version).value(height);
        return add(process, Event.Type.OK, "write", said);
    }

    /** A read ends. */
    Story read(int process, long height, long version) {
        Said said = Said.of(KEY, "v1").pos(height, 0).version(version);
        return add(process, Event.Type.OK, "read", version == 0 ? said : said.value(version));
    }

    /** Something ends in another way. */
    Story end(int process, Event.Type type, String f, Said said) {
        return add(process, type, f, said);
    }

    private Story add(int process, Event.Type type, String f, Said said) {
        long index = events.size();
        events.add(new Event(index, 1000 * index, Integer.toString(process), type, f, said));
        return this;
    }

    /** The next block, with writes that took effect. */
    Story block(String... txs) {
        long height = blocks.size() + 1L;
        List<Logged> transactions = new ArrayList<>();
        for (String tx : txs) {
            transactions.add(logged(tx, height, true, height));
        }
        blocks.add(new LoggedBlock(height, "hash" + height, "root" + height, transactions));
        return this;
    }

    /** The next block, with one transaction that found another version than it wanted. */
    Story conflict(String tx, long version) {
        long height = blocks.size() + 1L;
        List<Logged> one = List.of(logged(tx, height, false, version));
        blocks.add(new LoggedBlock(height, "hash" + height, "root" + height, one));
        return this;
    }

    private static Logged logged(String tx, long height, boolean done, long version) {
        long nonce = tx.hashCode() & 0x3ff;
        return new Logged(tx, "v1", nonce, KEY, OptionalLong.of(height), done, version);
    }

    List<Event> events() {
        return events;
    }

    /** The first {@code length} blocks as the ledger of a node. */
    Ledger ledger(String node, int length) {
        return new Ledger(node, blocks.subList(0, length));
    }

    /** What the check says of this history and of two nodes, one of them a block behind. */
    List<String> problems() {
        int all = blocks.size();
        return LedgerCheck.problems(
                events, List.of(ledger("v1", all), ledger("v2", Math.max(0, all - 1))));
    }
}
