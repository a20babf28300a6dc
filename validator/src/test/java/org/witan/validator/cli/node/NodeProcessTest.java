package org.witan.validator.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.genesis.failure.OperatorError;

/** How a node's process is known, ended and heard. */
class NodeProcessTest {
    @TempDir private Path home;

    private static Process child() throws IOException {
        return new ProcessBuilder("sleep", "60").start();
    }

    @Test
    void aClaimedProcessIsFoundUntilItEnds() throws Exception {
        Process child = child();
        PidFile file = PidFile.of(home);
        assertThat(file.running()).isEmpty();
        file.claim(child.toHandle());
        assertThat(file.running()).contains(child.toHandle());
        StopCommand.end(child.toHandle(), Duration.ofSeconds(10));
        assertThat(child.waitFor()).isNotZero();
        assertThat(file.running()).isEmpty();
    }

    @Test
    void aSecondProcessCannotClaimTheHome() throws IOException {
        Process first = child();
        try {
            PidFile.of(home).claim(first.toHandle());
            assertThatThrownBy(() -> PidFile.of(home).claim(ProcessHandle.current()))
                    .hasMessageContaining("is running already");
            PidFile.of(home).release(ProcessHandle.current());
            assertThat(PidFile.of(home).running()).contains(first.toHandle());
            PidFile.of(home).release(first.toHandle());
            assertThat(home).isEmptyDirectory();
        } finally {
            first.destroyForcibly();
        }
    }

    @Test
    void aHomeThatCannotBeWrittenIsNoBug() {
        assertThatThrownBy(() -> PidFile.of(home.resolve("gone")).claim(ProcessHandle.current()))
                .isInstanceOfSatisfying(
                        OperatorError.class,
                        error -> assertThat(error.code()).isEqualTo("FILE_NOT_WRITTEN"))
                .hasMessageContaining("witan.pid");
    }

    @Test
    void aNumberThatWasUsedAgainIsNotTheNode() throws IOException {
        long pid = ProcessHandle.current().pid();
        Files.writeString(home.resolve("witan.pid"), pid + " 12345\n");
        assertThat(PidFile.of(home).running()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "x y", "1 2 3", "99999999999999999999 1"})
    void aTornFileNamesNobody(String content) throws IOException {
        Files.writeString(home.resolve("witan.pid"), content);
        assertThat(PidFile.of(home).running()).isEmpty();
    }

    @Test
    void aLogLineIsOneLine() {
        String line = layout(false, "peer=v2 said=a\nb", null);
        assertThat(line).isEqualTo("2026-01-02T03:04:05.678Z INFO  EVENT peer=v2 said=a\\nb\n");
        assertThat(layout(false, "x", new IllegalStateException("planted")))
                .contains("IllegalStateException: planted")
                .contains("\tat ");
    }

    @Test
    void aLogLineAsJsonHoldsTheTraceToo() {
        assertThat(layout(true, "a=\"b\"", new IllegalStateException("planted")))
                .startsWith("{\"time\":\"2026-01-02T03:04:05.678Z\",\"level\":\"INFO\",")
                .contains("\"message\":\"a=\\\"b\\\"\"", "\"trace\":\"java.lang.Illegal")
                .hasLineCount(1);
    }

    private static String layout(boolean json, String message, @Nullable Throwable thrown) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event =
                new LoggingEvent(
                        "test",
                        context.getLogger("org.witan.EVENT"),
                        Level.INFO,
                        message,
                        thrown,
                        new Object[0]);
        event.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));
        return new LineLayout(json).doLayout(event);
    }
}
