package org.witan.validator.cli.devnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.devnet.Devnet;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.json.StrictJson;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import org.witan.genesis.membership.Endpoint;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.NodeAddress;
import org.witan.validator.cli.node.NodeHome;
import org.witan.validator.cli.node.PidFile;

/**
 * A devnet on disk: {@code genesis.json}, and the homes {@code v1} to {@code vN}.
 *
 * @param folder where it is
 * @param size number of validators
 */
record DevnetFolder(Path folder, int size) {
    private static final String GENESIS = "genesis.json";
    private static final String GOVERNANCE_KEY = "governance.key";
    private static final String HOST = "127.0.0.1";

    /** Whether there is a devnet in the folder. */
    static boolean exists(Path folder) {
        return Files.exists(folder.resolve(GENESIS));
    }

    /** Founds a network and writes its genesis file and homes. */
    static DevnetFolder found(Path folder, int size, Ports ports) {
        List<Endpoint> endpoints =
                IntStream.rangeClosed(1, size)
                        .mapToObj(i -> new Endpoint(HOST, ports.link(i)))
                        .toList();
        Devnet devnet = Devnet.found("devnet", Instant.now(), endpoints, new SecureRandom());
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw SafeFiles.notWritten(folder, failed);
        }
        for (int i = 1; i <= size; i++) {
            Map<Setting, String> settings = new LinkedHashMap<>();
            settings.put(Setting.ID, "v" + i);
            settings.put(Setting.LINK_LISTEN, HOST + ":" + ports.link(i));
            settings.put(Setting.API_LISTEN, HOST + ":" + ports.http(i));
            NodeHome.make(
                    folder.resolve("v" + i),
                    devnet.founders().get(i - 1).nodeKey(),
                    Optional.empty(),
                    settings);
            governanceKey(folder.resolve("v" + i), devnet.founders().get(i - 1).governanceKey());
            link(folder.resolve("v" + i).resolve(GENESIS), Path.of("..", GENESIS));
        }
        // Last, so that a folder with a genesis file is complete.
        SafeFiles.createPublic(folder.resolve(GENESIS), devnet.genesis().toBytes());
        return new DevnetFolder(folder, size);
    }

    /** The key of the validator's organisation, under the passphrase of the validator's own. */
    private static void governanceKey(Path home, SigningKey key) {
        try (Passphrase passphrase = Passphrase.ofFile(home.resolve("passphrase"))) {
            KeyFile.create(
                    home.resolve(GOVERNANCE_KEY), key, passphrase, KeyFile.ITERATIONS_IF_RANDOM);
        }
    }

    /** Every home finds the one genesis file under the name that is the default. */
    private static void link(Path name, Path target) {
        try {
            Files.createSymbolicLink(name, target);
        } catch (IOException failed) {
            throw SafeFiles.notWritten(name, failed);
        }
    }

    /**
     * The devnet of a folder.
     *
     * @throws OperatorError if there is none, or its genesis file is another network's
     */
    static DevnetFolder open(Path folder) {
        Path file = folder.resolve(GENESIS);
        if (!Files.exists(file)) {
            throw new OperatorError(
                    ExitCode.NOT_FOUND,
                    "NO_DEVNET",
                    "there is no devnet in " + folder,
                    "it has no " + GENESIS,
                    "witan devnet --dir " + folder);
        }
        GenesisFile genesis =
                GenesisFile.readForm(SafeFiles.read(file, StrictJson.MAX_BYTES))
                        .orThrow(bad ->
                                new OperatorError(
                                        ExitCode.INVALID_CONFIGURATION,
                                        "GENESIS_INVALID",
                                        file + " founds no network",
                                        bad.lines(),
                                        "name another --dir"));
        return new DevnetFolder(folder, genesis.body().validators().size());
    }

    /** The home of validator {@code i}, from 1. */
    Path home(int i) {
        return folder.resolve("v" + i);
    }

    /** Where the validator's process writes its log. */
    Path log(int i) {
        return home(i).resolve("node.log");
    }

    /** The settings of validator {@code i}, not touched by this process's environment. */
    Settings settings(int i) {
        return new SettingsSources(Map.of(), Map.of(), Optional.of(home(i)), Optional.empty())
                .resolve();
    }

    /** The HTTP address of validator {@code i}. */
    NodeAddress address(int i) {
        return NodeAddress.parse(settings(i).address(Setting.API_LISTEN).localUrl());
    }

    /** The live process of validator {@code i}. */
    Optional<ProcessHandle> process(int i) {
        return PidFile.of(home(i)).running();
    }

    /** The process that watches over this devnet in the foreground, or runs all of it. */
    PidFile owner() {
        return PidFile.of(folder);
    }

    /**
     * The number of the validator that a word names: {@code 2} or {@code v2}.
     *
     * @param verb what was to be done with it, for the advice
     * @throws OperatorError if there is no such validator
     */
    int index(String word, String verb) {
        String digits = word.startsWith("v") ? word.substring(1) : word;
        if (digits.matches("[1-9][0-9]{0,2}") && Integer.parseInt(digits) <= size) {
            return Integer.parseInt(digits);
        }
        throw new OperatorError(
                ExitCode.NOT_FOUND,
                "NO_SUCH_VALIDATOR",
                "there is no validator " + word + " in " + folder,
                "its validators are v1 to v" + size,
                "witan devnet %s I --dir %s, where I is one of these".formatted(verb, folder));
    }
}
