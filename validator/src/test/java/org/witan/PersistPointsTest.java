package org.witan;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.witan.genesis.file.PersistPoint;
import org.witan.genesis.file.PersistTale;

/**
 * Nothing is written to a disk without a name: every call that changes a file or the database
 * stands in {@code persist-points.txt} with the {@link PersistPoint}s that it is, or with why it
 * needs none. A new call fails here until somebody has thought about a power cut at it.
 */
class PersistPointsTest {
    private static final Path LIST = Path.of("src/test/resources/org/witan/persist-points.txt");

    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(PersistPointsTest::isNoTestJar)
                    .importPackages("org.witan");

    /** What changes a disk, by the class that offers it. */
    private static final List<Pattern> WRITERS =
            Stream.of(
                            "java\\.nio\\.file\\.Files\\.(write|create|move|copy|delete|set)\\w*",
                            "java\\.nio\\.file\\.Files\\.new(OutputStream|BufferedWriter"
                                    + "|ByteChannel)",
                            "java\\.nio\\.channels\\.FileChannel\\.(open|write|truncate|transfer"
                                    + "From|map)",
                            "java\\.io\\.(FileOutputStream|RandomAccessFile|FileWriter)\\..*",
                            "java\\.io\\.PrintWriter\\.<init>\\(java\\.(lang\\.String|io\\.File).*",
                            "java\\.io\\.File\\.(delete|mkdir|rename|create|set)\\w*",
                            "org\\.rocksdb\\.RocksDB\\.(open|write|put|merge|delete|singleDelete"
                                    + "|ingest|flush|compact|create|drop|sync)\\w*",
                            "org\\.rocksdb\\.(Checkpoint|BackupEngine|SstFileWriter)\\..*",
                            "org\\.witan\\.chain\\.rocks\\.column\\.Database\\.(write|flush)",
                            "org\\.witan\\.chain\\.rocks\\.guard\\.HighWaterMark\\.(write|create)")
                    .map(Pattern::compile)
                    .toList();

    private static boolean isNoTestJar(Location location) {
        return !location.contains("-tests.jar")
                && !location.contains("test-classes")
                && !location.contains("/test/org/witan/");
    }

    /** Caller, what it calls and how often, as the list has it. */
    private static SortedMap<String, Integer> calls() {
        SortedMap<String, Integer> calls = new TreeMap<>();
        Stream.concat(
                        OURS.stream().flatMap(type -> type.getMethodCallsFromSelf().stream()),
                        OURS.stream().flatMap(type -> type.getConstructorCallsFromSelf().stream()))
                .filter(call -> isWriter(called(call.getTarget().getFullName())))
                .forEach(call ->
                        calls.merge(
                                "%s.%s > %s"
                                        .formatted(
                                                call.getOriginOwner().getName(),
                                                call.getOrigin().getName(),
                                                brief(call.getTarget().getFullName())),
                                1,
                                Integer::sum));
        SortedMap<String, Integer> counted = new TreeMap<>();
        calls.forEach((call, times) -> counted.put(call + (times > 1 ? " x" + times : ""), times));
        return counted;
    }

    /** Without its parameters, but for constructors, of which some write and some do not. */
    private static String called(String target) {
        return target.contains("<init>") ? target : target.substring(0, target.indexOf('('));
    }

    private static String brief(String target) {
        String name = target.substring(0, target.indexOf('('));
        return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    }

    private static boolean isWriter(String target) {
        return WRITERS.stream().anyMatch(writer -> writer.matcher(target).matches());
    }

    /** Each line: a call, two blanks or more, points or {@code -} and a reason. */
    private static SortedMap<String, String> listed() throws IOException {
        SortedMap<String, String> listed = new TreeMap<>();
        for (String line : Files.readAllLines(LIST, StandardCharsets.UTF_8)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" {2,}", 2);
                assertThat(parts).as(line).hasSize(2);
                assertThat(listed.put(parts[0], parts[1].strip())).as("twice: %s", line).isNull();
            }
        }
        return listed;
    }

    private static boolean isNamed(String said) {
        return !said.startsWith("-");
    }

    @Test
    void everyWriteToADiskIsListed() throws IOException {
        SortedMap<String, Integer> calls = calls();
        assertThat(calls).hasSizeGreaterThan(30);
        assertThat(calls.keySet())
                .as("calls that change a disk, and the lines of %s", LIST)
                .isEqualTo(listed().keySet());
    }

    @Test
    void everyPointIsInTheListAndEveryReasonIsOne() throws IOException {
        SortedSet<String> named = new TreeSet<>();
        listed().forEach((call, said) -> {
            if (isNamed(said)) {
                named.addAll(List.of(said.split(" ")));
            } else {
                assertThat(said).as(call).hasSizeGreaterThan(12);
            }
        });
        assertThat(named)
                .isEqualTo(
                        Arrays.stream(PersistPoint.values())
                                .map(Enum::name)
                                .collect(toCollection(TreeSet::new)));
    }

    /** A named line is no promise alone: the class goes through the points that it names. */
    @Test
    void whoIsNamedGoesThroughThePoint() throws IOException {
        listed().forEach((call, said) -> {
            if (isNamed(said) && !said.equals("HANDED_IN")) {
                String caller = call.substring(0, call.lastIndexOf('.', call.indexOf(" > ")));
                assertThat(pointsOf(caller)).as(call).containsAll(Set.of(said.split(" ")));
            }
        });
    }

    private static Set<String> pointsOf(String caller) {
        Set<String> points = new TreeSet<>();
        OURS.get(caller)
                .getFieldAccessesFromSelf()
                .forEach(access -> {
                    if (access.getTargetOwner().isEquivalentTo(PersistPoint.class)) {
                        points.add(access.getTarget().getName());
                    }
                });
        return points;
    }

    /** Tests let the power go at each point: the tales are all points, and each of them is told. */
    @Test
    void thePowerGoesAtEachPoint() {
        Set<PersistPoint> told = EnumSet.noneOf(PersistPoint.class);
        for (PersistTale tale : PersistTale.values()) {
            told.addAll(tale.points());
        }
        assertThat(told).containsExactlyInAnyOrder(PersistPoint.values());
        Set<String> tellers = new TreeSet<>();
        new ClassFileImporter()
                .importPackages("org.witan").stream()
                        .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                        .filter(access ->
                                access.getTargetOwner().isEquivalentTo(PersistTale.class)
                                        && access.getOriginOwner().getSimpleName().endsWith("Test"))
                        .forEach(access -> tellers.add(access.getTarget().getName()));
        assertThat(tellers)
                .isEqualTo(
                        Arrays.stream(PersistTale.values())
                                .map(Enum::name)
                                .collect(toCollection(TreeSet::new)));
    }

    /** A rule that nothing breaks proves nothing. */
    @Test
    void aWriteIsSeen() {
        JavaClasses one = new ClassFileImporter().importClasses(Sinner.class);
        long seen =
                one.stream()
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .map(JavaMethodCall::getTarget)
                        .filter(target -> isWriter(called(target.getFullName())))
                        .count();
        assertThat(seen).isEqualTo(2);
    }

    /** Writes, once behind a lambda. */
    static final class Sinner {
        static void sin(Path place) throws IOException {
            Files.writeString(place, "x");
            PersistPoint.FILE_CONTENT.write(() -> Files.delete(place));
        }
    }
}
