package org.witan.validator.api.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.witan.validator.api.FakeNode;
import org.witan.validator.api.Snapshots;
import org.witan.validator.api.TestLedger;

/** A server on a free port in front of a fake node with three blocks; base of the tests. */
abstract class Served implements AutoCloseable {
    final TestLedger ledger = new TestLedger();
    final FakeNode node;
    final ApiServer server;

    Served() {
        this(settings());
    }

    Served(ApiSettings settings) {
        ledger.commit(ledger.put("colour", "green"), ledger.put("dir/a b/ü", "x"));
        ledger.commit(ledger.put("binary", new byte[] {(byte) 0xff, 0}));
        ledger.commit();
        node = new FakeNode(ledger);
        server =
                ApiServer.start(
                        settings, node, InstantSource.fixed(Instant.ofEpochMilli(Snapshots.NOW)));
    }

    /** Generous in time, so that a busy machine does not fail a test. */
    static ApiSettings settings() {
        return new ApiSettings(
                "127.0.0.1",
                0,
                List.of("node.example"),
                1024,
                128,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }

    Wire.Reply get(String path, String... headers) throws java.io.IOException {
        try (Wire wire = new Wire(server.port())) {
            return wire.get(path, headers).reply();
        }
    }

    Wire.Reply post(String path, String type, byte[] body) throws java.io.IOException {
        try (Wire wire = new Wire(server.port())) {
            return wire.post(path, type, body).reply();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
