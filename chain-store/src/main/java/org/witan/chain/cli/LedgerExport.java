package org.witan.chain.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.Json;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Founding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code witan ledger export}: the ledger as JSON lines, one block each. */
@Command(name = "export", description = "Write a stopped node's blocks as JSON, one line for each.")
public final class LedgerExport implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private LocalStore local = new LocalStore();

    @Option(
            names = "--from",
            paramLabel = "HEIGHT",
            defaultValue = "0",
            description = "first block (0, the genesis)")
    private long from;

    @Option(names = "--to", paramLabel = "HEIGHT", description = "last block (the newest)")
    private @Nullable Long to;

    @Option(names = "--out", paramLabel = "FILE", description = "a new file (the output)")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Founding founding = local.founding(spec);
        try (RocksStore store = local.open(spec, founding)) {
            long top = store.tip().height();
            long last = to == null ? top : Math.min(to, top);
            long first = store.base() == 0 ? 0 : store.base() + 1;
            if (from < first || from > last) {
                throw new OperatorError(
                        ExitCode.NOT_FOUND,
                        "NO_SUCH_BLOCKS",
                        "there are no blocks from " + from + " to " + (to == null ? top : to),
                        "the ledger holds blocks " + first + " to " + top,
                        "choose heights in that range");
            }
            if (out == null) {
                toOutput(store, last, spec.commandLine().getOut());
            } else {
                toFile(store, last, out);
                GlobalOptions.of(spec).say(spec, (last - from + 1) + " blocks written to " + out);
            }
        } catch (StoreFailed failure) {
            throw local.failed(spec, failure);
        }
        return ExitCode.OK.number();
    }

    /** A full disk or a reader that went away must not look like the end of the ledger. */
    private void toOutput(RocksStore store, long last, PrintWriter output) {
        write(store, last, output);
        if (output.checkError()) {
            throw new OperatorError(
                    ExitCode.STORAGE_FAILED,
                    "NOT_WRITTEN",
                    "the blocks cannot be written to the output",
                    "it took not everything: the disk behind it is full, or its reader ended",
                    "free some space, or name a file with --out");
        }
    }

    private void toFile(RocksStore store, long last, Path file) {
        try (PrintWriter writer =
                new PrintWriter(
                        Files.newBufferedWriter(
                                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW))) {
            write(store, last, writer);
            if (writer.checkError()) {
                throw new IOException("the disk took not everything");
            }
        } catch (IOException e) {
            throw new OperatorError(
                    ExitCode.STORAGE_FAILED,
                    "NOT_WRITTEN",
                    "the blocks cannot be written to " + file,
                    e.toString(),
                    "name a file that does not exist, in a folder that you may write to");
        }
    }

    private void write(RocksStore store, long last, PrintWriter writer) {
        for (long height = from; height <= last; height++) {
            writer.println(
                    Json.text(
                            BlockJson.of(
                                    store.block(height).orElseThrow(),
                                    store.receipts(height),
                                    store.finalization(height))));
        }
        writer.flush();
    }
}
