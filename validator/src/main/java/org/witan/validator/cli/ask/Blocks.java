package org.witan.validator.cli.ask;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.witan.chain.block.Block;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.store.Store;
import org.witan.chain.store.Tip;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.api.json.Json;
import org.witan.validator.api.json.LedgerBodies;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeClient;
import org.witan.validator.cli.node.NodeFiles;
import org.witan.validator.cli.node.PidFile;

/** Where blocks come from; both places give the bodies of the HTTP API. */
interface Blocks extends AutoCloseable {
    /** The newest final block, without its transactions. */
    Fields head();

    /** A block with at most so many transactions. */
    Fields block(long height, int limit);

    @Override
    void close();

    /**
     * The blocks of the node that the options mean: over HTTP, or from the store of a home whose
     * node does not run, if no {@code --node} is named.
     */
    static Blocks of(GlobalOptions options) {
        if (options.node().isEmpty() && options.home().isPresent()) {
            Settings settings = SettingsSources.of(options).resolve();
            boolean stopped = PidFile.of(settings.home()).running().isEmpty();
            Path folder = settings.requiredPath(Setting.STORE_PATH);
            if (stopped && Files.isDirectory(folder)) {
                return new OnDisk(
                        RocksStore.open(
                                StoreSettings.in(folder),
                                new NodeFiles(settings).genesis().founding()));
            }
        }
        return new OverHttp(Asked.client(options));
    }

    /**
     * A running node's.
     *
     * @param client asks it
     */
    record OverHttp(NodeClient client) implements Blocks {
        @Override
        public Fields head() {
            return client.get("/v1/ledger/head");
        }

        @Override
        public Fields block(long height, int limit) {
            return client.get("/v1/blocks/" + height + "?limit=" + limit);
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /**
     * A stopped node's.
     *
     * @param store its store
     */
    record OnDisk(Store store) implements Blocks {
        @Override
        public Fields head() {
            Tip tip = store.tip();
            return fields(LedgerBodies.block(tip.header(), tip.hash(), tip.finalization(), store));
        }

        @Override
        public Fields block(long height, int limit) {
            Optional<Block> found = store.block(height);
            if (found.isEmpty()) {
                throw noSuchBlock(height);
            }
            Block block = found.get();
            var body =
                    LedgerBodies.block(
                            block.header(), block.hash(), store.finalization(height), store);
            LedgerBodies.addTransactions(body, block, store.receipts(height), 0, limit);
            return fields(body);
        }

        private OperatorError noSuchBlock(long height) {
            long first = store.base() == 0 ? 0 : store.base() + 1;
            long tip = store.tip().height();
            return new OperatorError(
                    ExitCode.NOT_FOUND,
                    "BLOCK_NOT_FOUND",
                    "there is no block of height " + height + " here",
                    first > 0 && height < first
                            ? "this store's ledger begins at height %d, after a snapshot"
                                    .formatted(first)
                            : "this store's ledger ends at height " + tip,
                    "ask for a height from %d to %d".formatted(first, tip));
        }

        @Override
        public void close() {
            store.close();
        }

        private static Fields fields(com.fasterxml.jackson.databind.JsonNode body) {
            try {
                return Fields.parse(Json.bytes(body));
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
