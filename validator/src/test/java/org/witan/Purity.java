package org.witan;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/**
 * What code that must give the same effects for the same inputs may not touch: sockets, files,
 * clocks, threads, logs, chance, and collections whose order differs between two runs.
 */
final class Purity {
    private static final String[] WORLD = {
        "java.net..",
        "java.nio.file..",
        "java.nio.channels..",
        "java.util.concurrent..",
        "java.util.logging..",
        "java.util.zip..",
        "org.slf4j..",
        "ch.qos.logback..",
        "org.rocksdb..",
        "org.java_websocket..",
        "io.helidon..",
        "io.prometheus..",
        "info.picocli..",
        "picocli.."
    };

    private static final Set<String> TYPES =
            Set.of(
                    "java.io.Console",
                    "java.io.File",
                    "java.io.FileInputStream",
                    "java.io.FileOutputStream",
                    "java.io.FileReader",
                    "java.io.FileWriter",
                    "java.io.RandomAccessFile",
                    "java.lang.Process",
                    "java.lang.ProcessBuilder",
                    "java.lang.Runtime",
                    "java.lang.System$Logger",
                    "java.lang.Thread",
                    "java.time.Clock",
                    "java.util.Random",
                    "java.util.SplittableRandom",
                    "java.util.Timer",
                    "java.util.random.RandomGeneratorFactory",
                    // Their order follows hash codes, which may follow memory addresses.
                    "java.util.HashMap",
                    "java.util.HashSet",
                    "java.util.IdentityHashMap",
                    "java.util.WeakHashMap");

    /** Methods by owner. The order of {@code Set.of} and its kind is drawn anew in each JVM. */
    private static final Map<String, Set<String>> METHODS =
            Map.of(
                    "java.lang.System",
                    Set.of("nanoTime", "currentTimeMillis", "identityHashCode", "getenv", "exit"),
                    "java.lang.Math",
                    Set.of("random"),
                    "java.util.UUID",
                    Set.of("randomUUID"),
                    "java.util.Set",
                    Set.of("of", "copyOf"),
                    "java.util.Map",
                    Set.of("of", "copyOf", "ofEntries"),
                    "java.util.stream.Collectors",
                    Set.of("toUnmodifiableSet", "toUnmodifiableMap", "toSet"),
                    "java.util.random.RandomGenerator",
                    Set.of("getDefault", "of"),
                    "java.util.Collection",
                    Set.of("parallelStream"));

    private Purity() {}

    /** The rule for the classes in these packages, each as {@code org.witan.x..}. */
    static ArchRule of(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat(world().or(namedType()))
                .orShould()
                .accessTargetWhere(asksTheWorld())
                .allowEmptyShould(true)
                .because("the same inputs must give the same effects, so a seed replays any run");
    }

    /** Drawing from the system's secure source; keys are drawn from a generator passed in. */
    static ArchRule noSecureRandomMadeIn(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .accessTargetWhere(makesSecureRandom())
                .allowEmptyShould(true)
                .because("the caller says where chance comes from");
    }

    private static DescribedPredicate<JavaClass> world() {
        DescribedPredicate<JavaClass> uri =
                DescribedPredicate.describe(
                        "are java.net.URI", type -> type.getName().startsWith("java.net.URI"));
        return resideInAnyPackage(WORLD).and(DescribedPredicate.not(uri)).as("belong to the world");
    }

    private static DescribedPredicate<JavaClass> namedType() {
        return DescribedPredicate.describe(
                "are one of the impure types of the JDK",
                type -> TYPES.contains(type.getBaseComponentType().getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> asksTheWorld() {
        return DescribedPredicate.describe(
                "asks for time, chance or the environment",
                access -> {
                    AccessTarget target = access.getTarget();
                    String owner = target.getOwner().getName();
                    return METHODS.getOrDefault(owner, Set.of()).contains(target.getName())
                                    && !holdsAtMostOne(target)
                            || isNow(owner, target.getName())
                            || isStandardStream(owner, target.getName())
                            || isHashCollector(access);
                });
    }

    /** With one element there is only one order: {@code Set.of(a)}, {@code Map.of(k, v)}. */
    private static boolean holdsAtMostOne(AccessTarget target) {
        return Set.of(
                        "java.util.Set.of()",
                        "java.util.Set.of(java.lang.Object)",
                        "java.util.Map.of()",
                        "java.util.Map.of(java.lang.Object, java.lang.Object)")
                .contains(target.getFullName());
    }

    private static boolean isNow(String owner, String name) {
        return owner.startsWith("java.time.") && name.equals("now");
    }

    private static boolean isStandardStream(String owner, String name) {
        return owner.equals("java.lang.System") && Set.of("in", "out", "err").contains(name);
    }

    /** {@code toMap} and {@code groupingBy} without a map of the caller's make a HashMap. */
    private static boolean isHashCollector(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        if (!target.getOwner().getName().equals("java.util.stream.Collectors")) {
            return false;
        }
        boolean makesMap = Set.of("toMap", "groupingBy").contains(target.getName());
        return makesMap && !target.getFullName().contains("java.util.function.Supplier");
    }

    private static DescribedPredicate<JavaAccess<?>> makesSecureRandom() {
        DescribedPredicate<JavaClass> security = resideInAPackage("java.security..");
        return DescribedPredicate.describe(
                "makes a SecureRandom",
                access ->
                        security.test(access.getTargetOwner())
                                && access.getTargetOwner().getSimpleName().equals("SecureRandom")
                                && Set.of("<init>", "getInstance", "getInstanceStrong")
                                        .contains(access.getTarget().getName()));
    }
}
