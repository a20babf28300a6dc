package org.witan.validator.cli.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.chain.cli.CheckpointOnDisk;
import org.witan.chain.cli.UnusableStore;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.store.Store;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.cli.Failures;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.words.SixWords;
import org.witan.validator.cli.Version;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.node.ValidatorNode;
import org.witan.validator.node.epoch.Levels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code witan start}: runs the node of a home until it is told to end. */
@Command(name = "start", description = "Run the node of --home, until SIGTERM or Ctrl-C.")
public final class StartCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--id", description = "the node's id")
    private @Nullable String id;

    @Mixin private SettingOptions given = new SettingOptions();

    @Option(names = "--fingerprint", paramLabel = "WORDS", description = "of the genesis, to check")
    private @Nullable String fingerprint;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "trust it; an empty node begins with a snapshot at or above it")
    private @Nullable Path checkpoint;

    @Option(names = "--check-only", description = "open everything, start nothing")
    private boolean checkOnly;

    @Option(names = "--end-with", paramLabel = "PID", hidden = true)
    private @Nullable Long endWith;

    @Override
    public Integer call() throws InterruptedException {
        GlobalOptions options = GlobalOptions.of(spec);
        Settings settings = SettingsSources.of(options, given.settings(id)).resolve();
        settings.namedHome();
        NodeFiles files = new NodeFiles(settings);
        GenesisFile founded = files.genesis();
        checkFingerprint(founded);
        if (checkOnly || options.dryRun()) {
            try {
                check(settings, files, founded);
            } catch (StoreFailed failed) {
                throw unusable(settings, failed);
            }
            return ExitCode.OK.number();
        }
        boolean json = settings.text(Setting.LOG_FORMAT).equals("json");
        NodeLog.use(settings.text(Setting.LOG_LEVEL), json);
        PidFile pid = PidFile.of(settings.home());
        ProcessEnd end = ProcessEnd.armed(pid);
        try {
            pid.claim(ProcessHandle.current());
            return run(settings, founded, end);
        } catch (StoreFailed failed) {
            throw unusable(settings, failed);
        } finally {
            end.disarm();
            pid.release(ProcessHandle.current());
        }
    }

    private int run(Settings settings, GenesisFile founded, ProcessEnd end)
            throws InterruptedException {
        Optional<Checkpoint> known = Optional.ofNullable(checkpoint).map(CheckpointOnDisk::read);
        NodeStart.join(settings, founded, known);
        ValidatorNode node = NodeStart.start(settings, known);
        end.closes(node);
        if (endWith != null) {
            ProcessEnd.endWith(endWith);
        }
        ValidatorNode.Ended ended = node.awaitStopped();
        if (end.disarm()) {
            node.close();
            if (ended.exitCode() == ExitCode.OK) {
                return ExitCode.OK.number();
            }
            Failures.tell(
                    halted(ended), spec.commandLine().getErr(), GlobalOptions.of(spec).json());
        }
        return ended.exitCode().number();
    }

    private static OperatorError halted(ValidatorNode.Ended ended) {
        return ended.exitCode() == ExitCode.REFUSED_FOR_SAFETY
                ? Levels.error(ended.sentence())
                : new OperatorError(
                        ended.exitCode(),
                        ended.exitCode().name(),
                        "the node halted",
                        ended.sentence(),
                        "keep the home as it is, and look at df -h, dmesg and the end of the log");
    }

    private static OperatorError unusable(Settings settings, StoreFailed failed) {
        return UnusableStore.of(settings.requiredPath(Setting.STORE_PATH), failed);
    }

    /** Everything that a start needs, in the order in which a start needs it. */
    private void check(Settings settings, NodeFiles files, GenesisFile founded) {
        PublicKey key = files.key().publicKey();
        NodeStart.nodeSettings(settings, founded, Optional.empty());
        OptionalLong height = OptionalLong.empty();
        Path store = settings.requiredPath(Setting.STORE_PATH);
        if (Files.exists(store)) {
            try (Store open = RocksStore.open(StoreSettings.in(store), founded.founding())) {
                Levels.require(open.state(), Version.greatestLevel());
                height = OptionalLong.of(open.tip().height());
            }
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", settings.id().value());
        json.put("networkId", founded.networkId().toString());
        json.put("words", SixWords.of(founded.networkId().hash()).toString());
        json.put("height", height.isPresent() ? height.getAsLong() : null);
        String ledger =
                height.isPresent() ? "database at height " + height.getAsLong() : "no database yet";
        Optional<String> stranger = NodeFiles.stranger(founded, settings.id(), key);
        String member = stranger.orElse("a founding member");
        json.put("member", member);
        stranger.ifPresent(why ->
                GlobalOptions.of(spec)
                        .say(spec, "warning: " + why + "; it takes no part until it is admitted"));
        GlobalOptions.of(spec)
                .print(
                        spec,
                        List.of(
                                (stranger.isEmpty() ? "ok: " : "not a founding member: ")
                                        + settings.id()
                                        + ", "
                                        + member,
                                founded.networkId() + ", " + ledger),
                        json);
    }

    private void checkFingerprint(GenesisFile founded) {
        String words = SixWords.of(founded.networkId().hash()).toString();
        if (fingerprint != null
                && !words.equals(fingerprint.strip().replaceAll("[\\s-]+", "-"))
                && !founded.networkId().toString().equals(fingerprint.strip())) {
            throw new OperatorError(
                    ExitCode.VERIFICATION_FAILED,
                    "FINGERPRINT_MISMATCH",
                    "the genesis file founds another network than the one you named",
                    "named is " + fingerprint + "\nthe file is " + words,
                    "ask another member to read its words to you: witan genesis hash FILE --words");
        }
    }

    /** Logger of things that happen once. */
    static Logger events() {
        return LoggerFactory.getLogger("EVENT");
    }
}
