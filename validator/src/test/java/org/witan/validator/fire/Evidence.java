package org.witan.validator.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Transaction;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.validator.history.Event;
import org.witan.validator.history.Ledger;
import org.witan.validator.history.Ledger.Logged;
import org.witan.validator.history.Ledger.LoggedBlock;
import org.witan.validator.history.LedgerCheck;
import org.witan.validator.history.Recorder;
import org.witan.validator.history.Register;
import org.witan.validator.history.state.StateCheck;
import org.witan.validator.history.votes.CastVote;
import org.witan.validator.history.votes.VoteCheck;

/** What the disks and logs of a fleet hold after a run, compared with what its clients saw. */
final class Evidence {
    private static final long REGISTER_LIMIT_NANOS = 60_000_000_000L;

    private final Fleet fleet;
    private final long made;
    private final List<Ledger> ledgers = new ArrayList<>();
    private final List<CastVote> votes = new ArrayList<>();
    private final List<Certificate> certificates = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long openCertificates;
    private long stateNanos;

    private Evidence(Fleet fleet, long made) throws IOException {
        this.fleet = fleet;
        this.made = made;
        for (int i = 1; i <= fleet.size(); i++) {
            read(i);
            votes.addAll(
                    CastVote.in("v" + i, Files.readAllLines(fleet.log(i), StandardCharsets.UTF_8)));
        }
    }

    /**
     * Fails if anything contradicts anything; answers a line of figures. All validators have ended.
     */
    static String require(Fleet fleet, Recorder recorder) throws IOException {
        return require(fleet, recorder, 0);
    }

    /** The same, but for the first blocks, which the test made itself without clients or votes. */
    static String require(Fleet fleet, Recorder recorder, long made) throws IOException {
        Evidence evidence = new Evidence(fleet, made);
        List<Event> events = recorder.events();
        List<String> problems = new ArrayList<>(evidence.problems);
        problems.addAll(LedgerCheck.problems(events, evidence.ledgers, made));
        problems.addAll(
                VoteCheck.problems(
                        evidence.votes,
                        evidence.certificates,
                        fleet.founding().firstEpoch(),
                        fleet.founding().networkId(),
                        fleet.killed()));
        Map<String, Register.Verdict> registers =
                Register.check(
                        events.stream().filter(Evidence::isCompared).toList(),
                        REGISTER_LIMIT_NANOS);
        registers.forEach((key, verdict) -> {
            if (verdict != Register.Verdict.LINEARIZABLE) {
                problems.add(key + " is " + verdict);
            }
        });
        assertThat(problems).as("what contradicts the history").isEmpty();
        return evidence.figures(events, registers.size());
    }

    /**
     * Writes of the keys that all clients compare and set, and nothing that reads a node's copy.
     */
    private static boolean isCompared(Event event) {
        return event.f().equals("cas");
    }

    private static boolean isAnsweredRead(Event event) {
        return event.f().equals("read") && event.type() == Event.Type.OK;
    }

    /** What was judged; a check that had nothing to judge has shown nothing. */
    private String figures(List<Event> events, int keys) {
        long acknowledged = events.stream().filter(Clients::isAcknowledgement).count();
        long unknown =
                events.stream()
                        .filter(e -> e.type() == Event.Type.INFO)
                        .filter(e -> !e.process().equals(Event.NEMESIS))
                        .count();
        int height = ledgers.stream().mapToInt(ledger -> ledger.blocks().size()).max().orElse(0);
        assertThat(acknowledged).as("acknowledged writes").isPositive();
        assertThat(events.stream().filter(Evidence::isAnsweredRead)).as("reads").isNotEmpty();
        assertThat(keys).as("keys that were compared and set").isPositive();
        assertThat(votes).as("logged votes").isNotEmpty();
        assertThat(certificates).as("certificates").isNotEmpty();
        return "%d writes acknowledged, 0 lost, 0 twice; %d ends unknown; %d blocks; %d votes, 0 in"
                        .formatted(acknowledged, unknown, height, votes.size())
                + " conflict; %d certificates, %d of them not final; %d keys linearizable; state"
                        .formatted(certificates.size(), openCertificates, keys)
                + " roots computed in %d ms".formatted(stateNanos / 1_000_000);
    }

    private void read(int i) {
        List<LoggedBlock> blocks = new ArrayList<>();
        try (RocksStore store =
                RocksStore.open(StoreSettings.in(fleet.store(i)), fleet.founding())) {
            for (long height = made + 1; height <= store.tip().height(); height++) {
                Block block = store.block(height).orElseThrow();
                blocks.add(logged(block, store.receipts(height)));
                store.finalization(height).ifPresent(certificates::add);
            }
            certificates.addAll(store.recovered().certificates());
            openCertificates += store.recovered().certificates().size();
            long before = System.nanoTime();
            problems.addAll(StateCheck.problems("v" + i, store));
            stateNanos += System.nanoTime() - before;
        }
        ledgers.add(new Ledger("v" + i, blocks));
    }

    private static LoggedBlock logged(Block block, List<Receipt> receipts) {
        List<Logged> transactions = new ArrayList<>();
        for (int at = 0; at < receipts.size(); at++) {
            transactions.add(logged(block.body().transactions().get(at), receipts.get(at)));
        }
        return new LoggedBlock(
                block.height(), block.hash().hex(), block.header().stateRoot().hex(), transactions);
    }

    private static Logged logged(Transaction transaction, Receipt receipt) {
        var intent = transaction.intent();
        boolean put = intent.operation() instanceof Operation.Put;
        Operation.Put write =
                put
                        ? (Operation.Put) intent.operation()
                        : new Operation.Put("-", new byte[] {'0'}, OptionalLong.empty());
        return new Logged(
                transaction.id().hex(),
                intent.sender().toString(),
                intent.nonce(),
                intent.sender() + "/" + write.key(),
                OptionalLong.of(Long.parseLong(new String(write.value(), StandardCharsets.UTF_8))),
                receipt.outcome() == Receipt.Outcome.DONE,
                receipt.version());
    }
}
