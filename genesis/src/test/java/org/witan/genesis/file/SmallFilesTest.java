package org.witan.genesis.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A small file is there whole, as it was, or not at all, wherever its writer ends. */
class SmallFilesTest {
    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final byte[] FRESH = "fresh ".repeat(500).getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    /** The writer's end, at one moment. */
    private record End(PersistPoint point, boolean after) implements PersistPoint.Witness {
        @Override
        public void before(PersistPoint here) {
            if (here == point && !after) {
                throw new Gone();
            }
        }

        @Override
        public void after(PersistPoint here) {
            if (here == point && after) {
                throw new Gone();
            }
        }
    }

    private static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static Stream<End> ends() {
        List<End> ends = new ArrayList<>();
        for (PersistPoint point :
                EnumSet.of(
                        PersistPoint.FILE_CONTENT,
                        PersistPoint.FILE_NAMED,
                        PersistPoint.FILE_REPLACED)) {
            ends.add(new End(point, false));
            ends.add(new End(point, true));
        }
        return ends.stream();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aNewFileIsThereWholeOrNot(End end) throws IOException {
        if (end.point == PersistPoint.FILE_REPLACED) {
            return;
        }
        Path file = folder.resolve("checkpoint.json");
        assertThatThrownBy(() ->
                        PersistPoint.witnessed(end, () -> SafeFiles.createPublic(file, FRESH)))
                .isInstanceOf(Gone.class);
        boolean named = end.point == PersistPoint.FILE_NAMED && end.after;
        assertThat(Files.exists(file)).isEqualTo(named);
        if (!named) {
            SafeFiles.createPublic(file, FRESH);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(FRESH);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void anOlderFileStaysUntilTheNewOneIsWhole(End end) throws IOException {
        if (end.point == PersistPoint.FILE_NAMED) {
            return;
        }
        Path file = folder.resolve("node.key");
        SafeFiles.createPrivate(file, OLD);
        assertThatThrownBy(() ->
                        PersistPoint.witnessed(end, () -> SafeFiles.replacePrivate(file, FRESH)))
                .isInstanceOf(Gone.class);
        boolean replaced = end.point == PersistPoint.FILE_REPLACED && end.after;
        assertThat(Files.readAllBytes(file)).isEqualTo(replaced ? FRESH : OLD);
        SafeFiles.replacePrivate(file, FRESH);
        assertThat(Files.readAllBytes(file)).isEqualTo(FRESH);
    }

    @Test
    void aWitnessSeesEachPointOnce() {
        Set<PersistPoint> seen = EnumSet.noneOf(PersistPoint.class);
        PersistPoint.Witness all =
                new PersistPoint.Witness() {
                    @Override
                    public void before(PersistPoint point) {
                        assertThat(seen).doesNotContain(point);
                    }

                    @Override
                    public void after(PersistPoint point) {
                        seen.add(point);
                    }
                };
        PersistPoint.witnessed(all, () -> SafeFiles.createPublic(folder.resolve("a"), FRESH));
        assertThat(seen).containsExactly(PersistPoint.FILE_CONTENT, PersistPoint.FILE_NAMED);
        SafeFiles.createPublic(folder.resolve("b"), FRESH);
        assertThat(seen).hasSize(2);
    }
}
