package org.witan;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.fuzz.FormatsTarget;
import org.witan.genesis.fuzz.FuzzTarget;

/**
 * Every codec of the program is fuzzed: a seed of some target has it read a value. Seeds are taken
 * here while each codec notes its reads, so that one inside another counts if it is really read.
 */
class FuzzedCodecsTest {
    private static final Path ROOT = Path.of("..");
    private static final Set<String> MODULES =
            Set.of("genesis", "chain-store", "catchup", "validator");

    /** Targets besides those of formats that decode nothing but their input. */
    private static final Set<String> PLAIN_TARGETS =
            Set.of("ProofBundleFuzzTest", "TokenFuzzTest", "AnswerFuzzTest");

    /** Codecs that no seed of those has read, and why they are fuzzed still. */
    private static final Map<String, String> EXCEPTIONS =
            Map.of(
                    "org.witan.validator.node.admit.Admittance.CODEC",
                    "AdmittanceFuzzTest takes it, but reads a ledger of its own as well");

    private final Set<String> read = new TreeSet<>();
    private final Thread own = Thread.currentThread();

    @Test
    void everyCodecReadsASeedOfSomeTarget() throws Exception {
        List<FuzzTarget> targets = targets();
        Map<String, Codec<?>> codecs = codecs();
        assertThat(codecs).hasSizeGreaterThan(60);
        Field reader = Codec.class.getDeclaredField("reader");
        reader.setAccessible(true);
        Map<Codec<?>, Object> before = new IdentityHashMap<>();
        for (Map.Entry<String, Codec<?>> codec : codecs.entrySet()) {
            before.putIfAbsent(codec.getValue(), reader.get(codec.getValue()));
            reader.set(codec.getValue(), noting(codec.getKey(), reader.get(codec.getValue())));
        }
        try {
            for (FuzzTarget target : targets) {
                takeSeeds(target);
            }
        } finally {
            for (Map.Entry<Codec<?>, Object> codec : before.entrySet()) {
                reader.set(codec.getKey(), codec.getValue());
            }
        }
        Set<String> unread = new TreeSet<>(codecs.keySet());
        unread.removeAll(read);
        assertThat(unread).as("codecs that no fuzz target takes").isEqualTo(EXCEPTIONS.keySet());
    }

    @SuppressWarnings("unchecked")
    private Function<Reader, Object> noting(String name, Object reader) {
        return in -> {
            Object value = ((Function<Reader, Object>) reader).apply(in);
            if (Thread.currentThread().equals(own)) {
                read.add(name);
            }
            return value;
        };
    }

    private static void takeSeeds(FuzzTarget target) throws Exception {
        Method seeds = FuzzTarget.class.getDeclaredMethod("seeds");
        Method take = FuzzTarget.class.getDeclaredMethod("take", byte[].class);
        seeds.setAccessible(true);
        take.setAccessible(true);
        for (Object seed : ((Map<?, ?>) seeds.invoke(target)).values()) {
            take.invoke(target, seed);
        }
    }

    private static List<FuzzTarget> targets() throws Exception {
        List<FuzzTarget> targets = new ArrayList<>();
        for (String name : namesOfTargets()) {
            Class<?> type = Class.forName(name);
            if (FormatsTarget.class.isAssignableFrom(type)
                    || PLAIN_TARGETS.contains(type.getSimpleName())) {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                targets.add((FuzzTarget) constructor.newInstance());
            }
        }
        return targets;
    }

    private static List<String> namesOfTargets() throws IOException {
        List<String> names = new ArrayList<>();
        for (String module : MODULES) {
            Path sources = ROOT.resolve(module).resolve("src/test/java");
            try (Stream<Path> files = Files.walk(sources)) {
                files.map(file -> sources.relativize(file).toString())
                        .filter(file -> file.endsWith("FuzzTest.java"))
                        .map(file -> file.replace(".java", "").replace('/', '.'))
                        .forEach(names::add);
            }
        }
        return names;
    }

    /** All static fields of the program that hold a codec, by class and name. */
    private static Map<String, Codec<?>> codecs() throws Exception {
        Map<String, Codec<?>> codecs = new TreeMap<>();
        for (var found :
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(location -> !location.contains("-tests.jar"))
                        .importPackages("org.witan")) {
            if (found.getFields().stream()
                    .noneMatch(field -> field.getRawType().isEquivalentTo(Codec.class))) {
                continue;
            }
            for (Field field : Class.forName(found.getName()).getDeclaredFields()) {
                if (field.getType() == Codec.class && Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    codecs.put(found.getName() + "." + field.getName(), (Codec<?>) field.get(null));
                }
            }
        }
        return codecs;
    }
}
