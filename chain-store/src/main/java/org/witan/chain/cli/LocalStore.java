package org.witan.chain.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.ceremony.Documents;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Founding;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options that name the store of a node that does not run, and the network it belongs to. */
final class LocalStore {
    @Option(
            names = "--genesis",
            paramLabel = "FILE",
            description = "the network's genesis file; default genesis.json in the home")
    private @Nullable Path genesis;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "the store's folder; default store in the home")
    private @Nullable Path store;

    /** What the genesis file founds. */
    Founding founding(CommandSpec spec) {
        return Documents.genesis(under(spec, genesis, "genesis.json")).founding();
    }

    /** The store's folder. */
    Path folder(CommandSpec spec) {
        return under(spec, store, "store");
    }

    /**
     * Opens the store.
     *
     * @throws OperatorError if there is none, or a running node has it
     */
    RocksStore open(CommandSpec spec, Founding founding) {
        Path folder = folder(spec);
        if (!Files.exists(folder.resolve("db").resolve("CURRENT"))) {
            throw new OperatorError(
                    ExitCode.NOT_FOUND,
                    "NO_STORE",
                    "there is no store in " + folder,
                    "the folder holds no database",
                    "name the node's home with --home, or the store's folder with --store");
        }
        return RocksStore.open(StoreSettings.in(folder), founding);
    }

    /** A failure of the disk in the words of an operator's error. */
    OperatorError failed(CommandSpec spec, StoreFailed failure) {
        return UnusableStore.of(folder(spec), failure);
    }

    private static Path under(CommandSpec spec, @Nullable Path named, String standard) {
        if (named != null) {
            return named;
        }
        Optional<Path> home = GlobalOptions.of(spec).home();
        Path file = home.orElse(Path.of("")).resolve(standard);
        if (home.isEmpty() && Files.notExists(file)) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "NO_HOME",
                    "it is not said whose store this is about: --home DIR is missing",
                    "neither --home nor WITAN_HOME is set, and there is no %s in this folder"
                            .formatted(standard),
                    "the same with --home DIR, such as --home devnet/v1, or with --genesis FILE"
                            + " --store DIR");
        }
        return file;
    }
}
