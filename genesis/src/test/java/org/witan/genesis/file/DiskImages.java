package org.witan.genesis.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the disk holds if the power goes before, after or within each write to a folder: copies of
 * it. Within means that one of the files that the write changes has some of its sectors only.
 */
public final class DiskImages implements PersistPoint.Witness {
    /** {@code .ci/run} tears at each sector, a build at few. */
    public static final boolean ALL =
            System.getProperty("sectors") != null || Long.getLong("networks", 0) >= 1_000;

    private static final int SECTOR = 512;

    /** These happen wholly or not at all. */
    private static final Set<PersistPoint> RENAMES =
            EnumSet.of(
                    PersistPoint.MARK_MADE,
                    PersistPoint.BASE_OLD_ASIDE,
                    PersistPoint.BASE_IN_PLACE,
                    PersistPoint.FILE_NAMED,
                    PersistPoint.FILE_REPLACED);

    private static final int TEARS = ALL ? 40 : 1;

    private final Path live;
    private final int every;
    private final List<Image> all = new ArrayList<>();
    private final Set<PersistPoint> points = EnumSet.noneOf(PersistPoint.class);
    private Path before = Path.of("");
    private boolean holes;
    private int step;
    private int count;
    private int taken;

    /** When the power goes. */
    public enum Moment {
        BEFORE,
        TORN,
        AFTER
    }

    /**
     * One state of the disk.
     *
     * @param folder a copy, for its reader to write on
     * @param step how many steps of its story were over
     */
    public record Image(PersistPoint point, Moment moment, Path folder, int step) {
        public boolean isAfter(PersistPoint other) {
            return point == other && moment == Moment.AFTER;
        }

        @Override
        public String toString() {
            return "%s %s, step %d, %s".formatted(moment, point, step, folder.getFileName());
        }
    }

    /**
     * Watches a folder.
     *
     * @param every which share of the images is kept: 1 for all
     */
    public DiskImages(Path live, int every) {
        this.live = live;
        this.every = every;
    }

    /** Also images in which the first sectors of what was written are missing. */
    public DiskImages withHoles() {
        holes = true;
        return this;
    }

    public List<Image> all() {
        return all;
    }

    /** What was written since it began to watch came to the points of the tale and to no other. */
    public void assertTold(PersistTale tale) {
        assertThat(points).as("%s", tale).containsExactlyInAnyOrderElementsOf(tale.points());
    }

    /** Nothing was written. */
    public void assertNothing() {
        assertThat(points).isEmpty();
    }

    /** A step of the story is over. */
    public void stepped() {
        step++;
    }

    @Override
    public void before(PersistPoint point) {
        before = copy(live);
    }

    @Override
    public void after(PersistPoint point) {
        points.add(point);
        Path after = copy(live);
        keep(point, Moment.BEFORE, before);
        if (!RENAMES.contains(point)) {
            files(before, after).forEach(file -> tear(point, file, after));
        }
        keep(point, Moment.AFTER, after);
    }

    private void keep(PersistPoint point, Moment moment, Path folder) {
        if (taken++ % every == 0) {
            all.add(new Image(point, moment, copy(folder), step));
        }
    }

    /** Files of either folder, by their names in it. */
    private static Set<Path> files(Path... folders) {
        Set<Path> names = new TreeSet<>();
        for (Path folder : folders) {
            try (Stream<Path> walk = Files.walk(folder)) {
                walk.filter(Files::isRegularFile).map(folder::relativize).forEach(names::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }

    private void tear(PersistPoint point, Path name, Path after) {
        byte[] old = content(before.resolve(name));
        byte[] fresh = content(after.resolve(name));
        int from = Arrays.mismatch(old, fresh);
        if (from < 0 || fresh.length == 0) {
            return;
        }
        int sectors = Math.max(1, (fresh.length - from) / SECTOR);
        for (int i = 1; i <= Math.min(TEARS, sectors); i++) {
            int cut =
                    from + Math.max(1, (fresh.length - from) * i / (Math.min(TEARS, sectors) + 1));
            byte[] torn = Arrays.copyOf(fresh, Math.max(cut, old.length));
            if (old.length > cut) {
                System.arraycopy(old, cut, torn, cut, old.length - cut);
            }
            keepTorn(point, name, torn);
            if (holes) {
                byte[] holed = fresh.clone();
                for (int at = from; at < cut; at++) {
                    holed[at] = at < old.length ? old[at] : 0;
                }
                keepTorn(point, name, holed);
            }
        }
    }

    private void keepTorn(PersistPoint point, Path name, byte[] torn) {
        Path folder = copy(before);
        try {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.write(folder.resolve(name), torn);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keep(point, Moment.TORN, folder);
    }

    private static byte[] content(Path file) {
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path copy(Path from) {
        Path to = live.resolveSibling("image-" + count++);
        try {
            Files.createDirectories(to);
            for (Path name : files(from)) {
                Files.createDirectories(to.resolve(name).getParent());
                Files.copy(from.resolve(name), to.resolve(name));
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
