package org.witan.validator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.api.FakeNode;
import org.witan.validator.api.Snapshots;
import org.witan.validator.api.TestLedger;
import org.witan.validator.api.http.ApiServer;
import org.witan.validator.api.http.ApiSettings;
import org.witan.validator.cli.http.Fields;

/** The command line beside a node that shows a ledger and remembers what it is handed. */
public abstract class ShowingNode {
    /** The folder that every call names as its home. */
    @TempDir protected Path home;

    /** What the node shows. */
    protected final TestLedger ledger = new TestLedger();

    /** Behind the API. */
    protected final FakeNode node = new FakeNode(ledger);

    /** What the last call printed. */
    protected StringWriter out = new StringWriter();

    /** What the last call said beside it. */
    protected StringWriter err = new StringWriter();

    private final ApiServer server =
            ApiServer.start(
                    ApiSettings.on("127.0.0.1", 0, List.of()),
                    node,
                    InstantSource.fixed(Instant.ofEpochMilli(Snapshots.NOW)));

    @AfterEach
    final void stop() {
        server.close();
    }

    /** Where the node is asked. */
    protected final String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Calls {@code witan} with these words, the node and the home; answers its exit code. */
    protected final int witan(List<String> words) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--node", url()));
        all.addAll(List.of("--home", home.toString()));
        return Main.run(all.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
    }

    /** What the last call printed, as an object. */
    protected final Fields json() throws IOException {
        return Fields.parse(out.toString().getBytes(StandardCharsets.UTF_8));
    }
}
