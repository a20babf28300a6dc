package org.witan.genesis.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small file is there whole, as it was, or not at all, wherever the power goes while it is
 * written; and what is left beside it is in nobody's way and open to nobody.
 */
@Tag("sim")
class SmallFilesTest {
    private static final String NAME = "node.key";
    private static final byte[] OLD = "older ".repeat(400).getBytes(StandardCharsets.UTF_8);
    private static final byte[] FRESH = "fresh ".repeat(500).getBytes(StandardCharsets.UTF_8);

    @TempDir Path place;
    private Path home = Path.of("");

    @BeforeEach
    void home() throws IOException {
        home = Files.createDirectory(place.resolve("home"));
    }

    /** What the disk may hold if the power goes while the file is written. */
    private List<DiskImages.Image> written(PersistTale tale, BiConsumer<Path, byte[]> writer) {
        DiskImages images = new DiskImages(home, 1).withHoles();
        PersistPoint.witnessed(images, () -> writer.accept(home.resolve(NAME), FRESH));
        images.assertTold(tale);
        assertThat(images.all().stream().map(DiskImages.Image::moment))
                .as("two points, and one of them torn in two ways at least")
                .hasSizeGreaterThanOrEqualTo(6)
                .contains(DiskImages.Moment.values());
        return images.all();
    }

    @Test
    void aNewFileIsThereWholeOrNot() throws IOException {
        for (DiskImages.Image image : written(PersistTale.NEW_FILE, SafeFiles::createPrivate)) {
            Path file = image.folder().resolve(NAME);
            boolean named = image.isAfter(PersistPoint.FILE_NAMED);
            assertThat(Files.exists(file)).as("%s", image).isEqualTo(named);
            if (!named) {
                SafeFiles.createPrivate(file, FRESH);
            }
            assertWhole(image, FRESH);
        }
    }

    @Test
    void anOlderFileStaysUntilTheNewOneIsWhole() throws IOException {
        SafeFiles.createPrivate(home.resolve(NAME), OLD);
        for (DiskImages.Image image : written(PersistTale.NEWER_FILE, SafeFiles::replacePrivate)) {
            assertWhole(image, image.isAfter(PersistPoint.FILE_REPLACED) ? FRESH : OLD);
            SafeFiles.replacePrivate(image.folder().resolve(NAME), FRESH);
            assertWhole(image, FRESH);
        }
    }

    /** What replaces a file also makes the first one. */
    @Test
    void theFirstOneIsThereWholeOrNot() throws IOException {
        for (DiskImages.Image image : written(PersistTale.NEWER_FILE, SafeFiles::replacePrivate)) {
            Path file = image.folder().resolve(NAME);
            assertThat(Files.exists(file))
                    .as("%s", image)
                    .isEqualTo(image.isAfter(PersistPoint.FILE_REPLACED));
            SafeFiles.replacePrivate(file, FRESH);
            assertWhole(image, FRESH);
        }
    }

    private static void assertWhole(DiskImages.Image image, byte[] content) throws IOException {
        Path file = image.folder().resolve(NAME);
        assertThat(SafeFiles.read(file, 1 << 16)).as("%s", image).isEqualTo(content);
        try (Stream<Path> all = Files.list(image.folder())) {
            List<Path> others = all.filter(path -> !path.equals(file)).toList();
            assertThat(others).as("%s", image).hasSizeLessThanOrEqualTo(1);
            for (Path left : others) {
                assertThat(left.getFileName().toString()).startsWith(".witan-").endsWith(".tmp");
                SafeFiles.checkPrivate(left);
            }
        }
        SafeFiles.checkPrivate(file);
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
        PersistPoint.witnessed(all, () -> SafeFiles.createPublic(home.resolve("a"), FRESH));
        assertThat(seen).containsExactly(PersistPoint.FILE_CONTENT, PersistPoint.FILE_NAMED);
        SafeFiles.createPublic(home.resolve("b"), FRESH);
        assertThat(seen).hasSize(2);
    }
}
