package org.witan.validator.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form of a history's lines. */
class RecorderTest {
    @TempDir private Path folder;

    @Test
    void linesAreInTheFileAtOnceAndReadBackEqual() throws Exception {
        Path file = folder.resolve("history.jsonl");
        try (Recorder recorder = new Recorder(file)) {
            String process = recorder.newProcess();
            Said said = Said.of("v1/k", "v2").tx("ab").expected(3).value(7);
            recorder.add(process, Event.Type.INVOKE, "cas", said);
            assertThat(Files.readAllLines(file)).hasSize(1);
            recorder.fault("kill", "v2");
            recorder.add(process, Event.Type.OK, "cas", said.version(4).pos(12, 3));
            recorder.add(recorder.newProcess(), Event.Type.INFO, "read", said.err("no answer"));
            assertThat(Files.readAllLines(file).stream().map(Event::parse))
                    .containsExactlyElementsOf(recorder.events());
        }
        String second = Files.readAllLines(file).get(2);
        assertThat(second.replaceFirst("\"time\":[0-9]+", "\"time\":0"))
                .isEqualTo(
                        "{\"index\":2,\"time\":0,\"process\":0,\"type\":\"ok\",\"f\":\"cas\","
                                + "\"key\":\"v1/k\",\"value\":7,\"expected\":3,\"version\":4,"
                                + "\"node\":\"v2\",\"tx\":\"ab\",\"pos\":[12,3]}");
    }
}
