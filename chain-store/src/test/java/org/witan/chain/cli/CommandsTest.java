package org.witan.chain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.block.Certificate;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.proof.CheckpointFile;
import org.witan.chain.proof.ProofBundles;
import org.witan.chain.proof.ProofFile;
import org.witan.chain.rocks.BaseInstall;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.Chunks;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.cli.Failures;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.devnet.Devnet;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.words.SixWords;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What an operator sees of a store and of a proof. */
final class CommandsTest {
    private static final StatePath COLOUR = StatePath.entry(new NodeId("v1"), "colour");

    @TempDir Path home;
    private final Devnet devnet = devnet("shop");
    private final TestNetwork network = network(devnet);
    private final TestChain chain = new TestChain(network);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private PrintWriter output = new PrintWriter(out);

    private static Devnet devnet(String name) {
        List<Endpoint> endpoints =
                IntStream.range(0, 4).mapToObj(i -> new Endpoint("127.0.0.1", 7400 + i)).toList();
        return Devnet.found(name, Instant.EPOCH, endpoints, new SecureRandom());
    }

    private static TestNetwork network(Devnet devnet) {
        return new TestNetwork(
                devnet.genesis().founding(),
                devnet.founders().stream().map(Devnet.Founder::nodeKey).toList(),
                devnet.founders().getFirst().governanceKey());
    }

    @BeforeEach
    void threeBlocks() throws IOException {
        Files.write(home.resolve("genesis.json"), devnet.genesis().toBytes());
        try (RocksStore store = open()) {
            store.apply(List.of(chain.next(network.put(1, "colour", "red"))), true);
            store.apply(
                    List.of(
                            chain.next(List.of(network.put(2, "colour", "blue")), false),
                            chain.next()),
                    true);
            Files.write(home.resolve("p.json"), ProofFile.json(ProofBundles.atTip(store, COLOUR)));
            StatePath nobody = StatePath.member(new NodeId("nobody"));
            Files.write(home.resolve("p.bin"), ProofFile.binary(ProofBundles.atTip(store, nobody)));
        }
    }

    @Test
    void verifiesALedger() {
        assertThat(run("--home", home, "ledger", "verify")).isZero();
        assertThat(out.toString()).startsWith("ok: 4 blocks, 2 finalizations, ");
        assertThat(out.toString()).contains("state matches its root");
    }

    @Test
    void rebuildsTheStateFromBlocks() throws IOException {
        assertThat(run("--home", home, "ledger", "verify", "--deep", "-o", "json")).isZero();
        assertThat(out.toString()).contains("\"height\":3", "\"deep\":true");
        try (var left = Files.list(home.resolve("store"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("db", "lock", "high-water.mark");
        }
    }

    @Test
    void exportsBlocksAsLines() throws IOException {
        Path file = home.resolve("blocks.jsonl");
        assertThat(run("--home", home, "ledger", "export", "--from", "1", "--out", file)).isZero();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("{\"height\":2,").contains("\"value\":\"blue\"");
        assertThat(run("--home", home, "ledger", "export", "--from", "9")).isEqualTo(4);
        assertThat(err.toString()).contains("the ledger holds blocks 0 to 3");
    }

    /** The same ledger, begun with the snapshot of height 3, and one block more. */
    @Test
    void checksALedgerThatBeginsWithASnapshot() throws IOException {
        Path other = Files.createDirectory(home.resolve("joined"));
        Files.write(other.resolve("genesis.json"), devnet.genesis().toBytes());
        StoreSettings settings = StoreSettings.in(other.resolve("store"));
        Files.createDirectories(settings.folder());
        try (RocksStore whole = open();
                BaseInstall install =
                        BaseInstall.begin(settings, network.founding(), Chunks.base(whole, 3))) {
            Chunks.of(whole, 3, 2).forEach(install::add);
            install.finish();
        }
        try (RocksStore store = RocksStore.open(settings, network.founding())) {
            chain.committed(store);
            store.apply(List.of(chain.next(network.put(9, "colour", "green"))), true);
        }
        int code = run("--home", other, "ledger", "verify", "-o", "json");
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("\"height\":4", "\"blocks\":1", "\"base\":3");
        assertThat(run("--home", other, "ledger", "verify", "--deep")).isEqualTo(4);
        assertThat(err.toString()).contains("this ledger begins with the snapshot of height 3");
        assertThat(run("--home", other, "ledger", "export")).isEqualTo(4);
        assertThat(err.toString()).contains("the ledger holds blocks 4 to 4");
    }

    @Test
    void anOutputThatTakesNotEverythingIsAFailure() {
        output =
                new PrintWriter(Writer.nullWriter()) {
                    @Override
                    public boolean checkError() {
                        return true;
                    }
                };
        assertThat(run("--home", home, "ledger", "export")).isEqualTo(74);
        assertThat(err.toString()).contains("error[NOT_WRITTEN]", "it took not everything");
    }

    @Test
    void saysThatARunningNodeHasTheStore() {
        try (RocksStore held = open()) {
            assertThat(held.tip().height()).isEqualTo(3);
            assertThat(run("--home", home, "ledger", "verify")).isEqualTo(7);
        }
        assertThat(err.toString())
                .contains("error[STORE_IN_USE]", "is in use", "process ", "try: ");
    }

    @Test
    void saysThatTheStoreIsDamaged() throws IOException {
        try (var files = Files.list(home.resolve("store/db"))) {
            for (Path manifest :
                    files.filter(file -> file.toString().contains("MANIFEST")).toList()) {
                Files.write(manifest, new byte[100]);
            }
        }
        assertThat(run("--home", home, "ledger", "verify")).isEqualTo(74);
        assertThat(err.toString()).contains("error[STORE_DAMAGED]", "keep high-water.mark");
    }

    /** A database that can be read, and holds what no quorum signed. */
    @Test
    void saysThatTheLedgerDoesNotHold() {
        try (RocksStore store = open()) {
            StoreWrite.Commit next = chain.next();
            Certificate signed = next.finalization().orElseThrow();
            List<Signature> none =
                    signed.signatures().stream()
                            .map(s -> Signature.of(new byte[Signature.SIZE_BYTES]))
                            .toList();
            var forged = new Certificate(signed.ballot(), signed.signers(), none);
            store.apply(
                    List.of(
                            new StoreWrite.Commit(
                                    next.block(),
                                    next.after(),
                                    next.receipts(),
                                    Optional.of(forged))),
                    true);
        }
        assertThat(run("--home", home, "ledger", "verify")).isEqualTo(6);
        assertThat(err.toString()).contains("error[LEDGER_DAMAGED]");
    }

    @Test
    void saysThatThereIsNoStore() throws IOException {
        Path empty = Files.createDirectory(home.resolve("empty"));
        assertThat(run("--home", home, "ledger", "verify", "--store", empty)).isEqualTo(4);
        assertThat(err.toString()).contains("error[NO_STORE]");
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void saysThatTheStoreBelongsToAnotherNetwork() throws IOException {
        Path other = home.resolve("other.json");
        Files.write(other, devnet("bank").genesis().toBytes());
        assertThat(run("--home", home, "ledger", "verify", "--genesis", other)).isEqualTo(7);
        assertThat(err.toString())
                .contains("error[GENESIS_MISMATCH]", network.id().shortName())
                .contains("the store has \"name: shop\", the genesis has \"name: bank\"");
    }

    @Test
    void verifiesProofs() {
        assertThat(prove("p.json")).isZero();
        assertThat(out.toString())
                .contains("after block 3, entry/v1/colour has this value", "content: blue");
        assertThat(prove("p.bin")).isZero();
        assertThat(out.toString())
                .contains("member/nobody has no value", "proven is the absence: nothing stood");
    }

    @Test
    void tellsScriptsWhatAProofProves() throws IOException {
        assertThat(proveForScripts("p.json")).isZero();
        assertThat(out.toString())
                .contains("\"height\":3", "\"present\":true", "\"owner\":\"v1\"")
                .contains("\"key\":\"colour\"", "\"version\":2", "\"writtenHeight\":2")
                .contains("\"content\":\"blue\"", "\"contentBase64\":\"Ymx1ZQ==\"");
        StatePath deep = StatePath.entry(new NodeId("v1"), "a/b c/");
        try (RocksStore store = open()) {
            Files.write(home.resolve("p.json"), ProofFile.json(ProofBundles.atTip(store, deep)));
        }
        assertThat(proveForScripts("p.json")).isZero();
        assertThat(out.toString())
                .contains("\"present\":false,\"owner\":\"v1\",\"key\":\"a/b c/\"}");
    }

    @Test
    void refusesAProofThatWasChanged() throws IOException {
        Path proof = home.resolve("p.json");
        String text = Files.readString(proof);
        Files.writeString(proof, text.replace("\"height\": 3", "\"height\": 4"));
        assertThat(prove("p.json")).isEqualTo(6);
        assertThat(err.toString()).contains("what is shown is not what the bundle says");

        Files.write(home.resolve("genesis.json"), devnet("shop").genesis().toBytes());
        assertThat(prove("p.bin")).isEqualTo(6);
        assertThat(err.toString()).contains("error[PROOF_INVALID]", "made in network ");
    }

    @Test
    void refusesWhatIsNoProof() throws IOException {
        Files.write(home.resolve("p.bin"), "hello".getBytes(StandardCharsets.UTF_8));
        assertThat(prove("p.bin")).isEqualTo(6);
        assertThat(err.toString()).contains("is not a proof", "byte 0: version 104, known is 1");
        assertThat(prove("missing")).isEqualTo(4);
    }

    @Test
    void verifiesProofsFromACheckpointAlone() throws IOException {
        Path checkpoint = checkpoint(2);
        assertThat(run("proof", "verify", home.resolve("p.json"), "--checkpoint", checkpoint))
                .isZero();
        assertThat(out.toString()).contains("entry/v1/colour has this value", "content: blue");
        assertThat(run("proof", "verify", home.resolve("p.json"))).isEqualTo(2);
        assertThat(err.toString()).contains("error[NO_ANCHOR]", "--genesis", "--checkpoint");
    }

    @Test
    void verifiesCheckpoints() throws IOException {
        Path two = checkpoint(2);
        Path three = checkpoint(3);
        assertThat(verify(three)).isZero();
        assertThat(out.toString()).contains("block 3 of", "epoch 1, 4 validators", "words: ");
        assertThat(verify(three, "--trusted", two)).isZero();
        assertThat(verify(two, "--trusted", three)).isEqualTo(6);
        assertThat(err.toString())
                .contains("does not extend", "at height 2, below the trusted checkpoint's 3");
    }

    @Test
    void refusesCheckpointsThatDoNotHold() throws IOException {
        Path checkpoint = checkpoint(3);
        Path changed = home.resolve("changed.json");
        String text = Files.readString(checkpoint);
        Files.writeString(changed, text.replace("\"height\": 3", "\"height\": 2"));
        assertThat(verify(changed)).isEqualTo(6);
        assertThat(err.toString()).contains("error[CHECKPOINT_INVALID]", "what is shown is not");
        Files.write(home.resolve("genesis.json"), devnet("shop").genesis().toBytes());
        assertThat(verify(checkpoint)).isEqualTo(6);
        assertThat(err.toString()).contains("it begins with the genesis of network ");
    }

    @Test
    void provesWhoDecidedFromACheckpoint() throws IOException {
        Path file = checkpoint(3);
        Object[] members = {
            "checkpoint", "members", file, "--genesis", home.resolve("genesis.json")
        };
        assertThat(run(members)).isZero();
        assertThat(out.toString())
                .contains("epoch 1: blocks 1 to 3, since ", "  v1, key 0 ed25519:", "  v4, key 0");
        assertThat(run(with(members, "--at", 3))).isZero();
        assertThat(run(with(members, "--at", 4))).isEqualTo(4);
        assertThat(err.toString()).contains("error[NO_SUCH_BLOCKS]", "from block 1 to 3");
        assertThat(run(with(members, "--at", 0))).isEqualTo(4);
        Files.write(home.resolve("genesis.json"), devnet("shop").genesis().toBytes());
        assertThat(run(members)).isEqualTo(6);
    }

    @Test
    void aCheckpointAloneProvesItToWhomComparesItsWords() throws IOException {
        Path two = checkpoint(2);
        Path three = checkpoint(3);
        assertThat(run("checkpoint", "members", three)).isZero();
        assertThat(out.toString())
                .contains("epoch 1: blocks 1 to 3", "v4, key 0")
                .contains("trusted: nothing yet. Network " + SixWords.of(network.id().hash()));
        assertThat(run("checkpoint", "members", three, "--trusted", two)).isZero();
        assertThat(out.toString()).contains("trusted: the older checkpoint. Network ");
        assertThat(run("checkpoint", "members", two, "--trusted", three)).isEqualTo(6);
        assertThat(run("checkpoint", "members", home.resolve("p.json"))).isEqualTo(6);
        assertThat(err.toString()).contains("p.json is not a checkpoint");
    }

    @Test
    void withTheGenesisAnyProofShowsWhoDecided() throws IOException {
        Path genesis = home.resolve("genesis.json");
        for (String proof : List.of("p.json", "p.bin")) {
            Object[] members = {"checkpoint", "members", home.resolve(proof), "--genesis", genesis};
            assertThat(run(members)).isZero();
            assertThat(out.toString())
                    .contains("epoch 1: blocks 1 to 3", "v4, key 0")
                    .contains("trusted: the genesis file; nobody who");
        }
        Files.write(genesis, devnet("shop").genesis().toBytes());
        assertThat(run("checkpoint", "members", home.resolve("p.bin"), "--genesis", genesis))
                .isEqualTo(6);
    }

    private static Object[] with(Object[] words, Object... more) {
        List<Object> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray();
    }

    private Path checkpoint(long height) throws IOException {
        Path file = home.resolve("checkpoint-" + height + ".json");
        try (RocksStore store = open()) {
            Files.write(file, CheckpointFile.json(Checkpoint.of(store, height)));
        }
        return file;
    }

    private int verify(Path checkpoint, Object... more) {
        List<Object> words = new ArrayList<>(List.of("checkpoint", "verify", checkpoint));
        words.addAll(List.of("--genesis", home.resolve("genesis.json")));
        words.addAll(List.of(more));
        return run(words.toArray());
    }

    private int prove(String file) {
        Path genesis = home.resolve("genesis.json");
        return run("proof", "verify", home.resolve(file), "--genesis", genesis);
    }

    private int proveForScripts(String file) {
        Path genesis = home.resolve("genesis.json");
        return run("proof", "verify", home.resolve(file), "--genesis", genesis, "-o", "json");
    }

    private RocksStore open() {
        StoreSettings settings = StoreSettings.in(home.resolve("store"));
        return RocksStore.open(settings, devnet.genesis().founding());
    }

    private int run(Object... arguments) {
        CommandSpec root = CommandSpec.create().name("witan");
        root.addMixin(GlobalOptions.MIXIN, CommandSpec.forAnnotatedObject(new GlobalOptions()));
        CommandSpec ledger = CommandSpec.create().name("ledger");
        ledger.addSubcommand("verify", CommandSpec.forAnnotatedObject(new LedgerVerify()));
        ledger.addSubcommand("export", CommandSpec.forAnnotatedObject(new LedgerExport()));
        root.addSubcommand("ledger", ledger);
        CommandSpec checkpoint = CommandSpec.create().name("checkpoint");
        checkpoint.addSubcommand("verify", CommandSpec.forAnnotatedObject(new CheckpointVerify()));
        checkpoint.addSubcommand(
                "members", CommandSpec.forAnnotatedObject(new CheckpointMembers()));
        root.addSubcommand("checkpoint", checkpoint);
        CommandLine line =
                Failures.install(new CommandLine(root).addSubcommand(new ProofCommand()))
                        .setOut(output)
                        .setErr(new PrintWriter(err));
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return line.execute(words);
    }
}
