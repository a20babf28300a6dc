package org.witan.genesis.cli.ceremony;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.witan.genesis.cli.TestCli;

/**
 * One founder of a ceremony, with a folder that nobody else looks into.
 *
 * @param id the validator's id
 * @param organisation the organisation's id
 * @param home the folder
 */
record Founder(String id, String organisation, Path home) {
    /** Makes the folder and three keys in it. */
    static Founder withKeys(Path parent, String organisation) {
        Path home = parent.resolve(organisation);
        try {
            Files.createDirectory(home);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Founder founder = new Founder(organisation + "-1", organisation, home);
        for (String name : new String[] {"node", "governance", "recovery"}) {
            TestCli.ok(
                    "key",
                    "new",
                    "--out",
                    founder.key(name),
                    "--make-passphrase",
                    founder.passphrase(name));
        }
        return founder;
    }

    Path key(String name) {
        return home.resolve(name + ".key");
    }

    Path passphrase(String name) {
        return home.resolve(name + ".passphrase");
    }

    Path file(String name) {
        return home.resolve(name);
    }

    /** Makes a card in the own folder; the answer is its file. */
    Path request(Path draft) {
        Path card = file(id + ".request.json");
        TestCli.ok(
                "genesis",
                "request",
                "--draft",
                draft,
                "--id",
                id,
                "--organisation",
                organisation,
                "--organisation-name",
                "The " + organisation + " company",
                "--key",
                key("node"),
                "--passphrase-file",
                passphrase("node"),
                "--governance-key",
                key("governance"),
                "--governance-passphrase-file",
                passphrase("governance"),
                "--recovery-key",
                key("recovery"),
                "--recovery-passphrase-file",
                passphrase("recovery"),
                "--endpoint",
                "ws://" + organisation + ".example:7400",
                "--out",
                card);
        return card;
    }

    /** Endorses in the own folder; the answer is the endorsement's file. */
    Path endorse(Path genesis) {
        Path endorsement = file(organisation + ".endorsement.json");
        TestCli.ok(
                "genesis",
                "endorse",
                genesis,
                "--governance-key",
                key("governance"),
                "--passphrase-file",
                passphrase("governance"),
                "--out",
                endorsement);
        return endorsement;
    }
}
