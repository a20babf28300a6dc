package org.witan.validator.link.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process without a free file descriptor (G13): the library would stop listening for good. */
class FewDescriptorsTest {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin/java") + "";

    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
    private Process process;

    @BeforeEach
    void begin() throws IOException {
        process =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "ulimit -n 128 && exec \"$@\"",
                                "bash",
                                JAVA,
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StarvedServer.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line;
            while ((line = lines.readLine()) != null) {
                said.add(line);
            }
        } catch (IOException ended) {
            said.add("ended");
        }
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    private String hears() throws InterruptedException {
        return said.poll(20, TimeUnit.SECONDS);
    }

    private void order(String word) throws IOException {
        process.getOutputStream().write((word + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    @Test
    void whoCameMeanwhileIsLetInAfterwards() throws Exception {
        int port = Integer.parseInt(hears().substring("port ".length()));
        for (int round = 0; round < 2; round++) {
            try (Attacker first = new Attacker(port)) {
                assertThat(first.upgrade(Attacker.UPGRADE)).contains("101");
                assertThat(hears()).isEqualTo("accepted");
                order("starve");
                assertThat(hears()).isEqualTo("starved");
                try (Attacker waits = new Attacker(port)) {
                    assertThat(hears()).isEqualTo("paused");
                    assertThat(hears()).as("it tries again").isEqualTo("paused");
                    order("feed");
                    String word = hears();
                    while ("paused".equals(word)) {
                        word = hears();
                    }
                    assertThat(word).isEqualTo("fed");
                    assertThat(waits.upgrade(Attacker.UPGRADE)).contains("101");
                    word = hears();
                    while ("paused".equals(word)) {
                        word = hears();
                    }
                    assertThat(word).isEqualTo("accepted");
                }
            }
        }
    }
}
