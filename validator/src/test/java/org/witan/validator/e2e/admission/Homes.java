package org.witan.validator.e2e.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.witan.validator.e2e.Network;
import org.witan.validator.e2e.Witan;

/** Nodes beside those of a devnet. */
final class Homes {
    private Homes() {}

    /** Makes a home with a new key for an id. */
    static void init(Network network, Path home, String id, int i)
            throws IOException, InterruptedException {
        Witan.run(
                        "init",
                        "--home",
                        home,
                        "--id",
                        id,
                        "--organisation",
                        "org" + i,
                        "--genesis",
                        network.genesis())
                .ok();
    }

    /** Starts a home with the network's genesis, told of v1; its log is {@code node.log} in it. */
    static Process start(Network network, Path home, String id, int linkPort, int httpPort)
            throws IOException {
        Path log = home.resolve("node.log");
        return Witan.start(
                log,
                log,
                "start",
                "--home",
                home,
                "--id",
                id,
                "--genesis",
                network.genesis(),
                "--listen",
                "127.0.0.1:" + linkPort,
                "--api-listen",
                "127.0.0.1:" + (httpPort == 0 ? network.httpPort(5) : httpPort),
                "--join",
                "v1@ws://127.0.0.1:" + network.linkPort(1));
    }

    /** Ends it in order. */
    static void end(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor()).as("exit code after SIGTERM").isZero();
    }
}
