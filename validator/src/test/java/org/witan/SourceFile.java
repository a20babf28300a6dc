package org.witan;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One Java source of this repository.
 *
 * @param path relative to the root of the repository, such as {@code genesis/src/main/java/…}
 * @param text the whole file
 */
record SourceFile(Path path, String text) {

    /** Every Java source of every module, sorted by path. */
    static List<SourceFile> all() throws IOException {
        Path root = root();
        try (Stream<Path> modules = Files.list(root)) {
            return modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(SourceFile::javaBelow)
                    .sorted()
                    .map(file -> new SourceFile(root.relativize(file), read(file)))
                    .toList();
        }
    }

    boolean isTest() {
        return !path.toString().replace('\\', '/').contains("src/main/");
    }

    boolean isPackageInfo() {
        return path.endsWith("package-info.java");
    }

    /** The folder: one package in one source set of one module. */
    Path folder() {
        Path parent = path.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /**
     * The syntax tree of each file, in their order; one compiler for all, which takes time to make.
     */
    static List<Parsed> parsed(List<SourceFile> files) throws IOException {
        JavacTask task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(
                                        null,
                                        null,
                                        problem -> {},
                                        null,
                                        null,
                                        files.stream().map(SourceFile::source).toList());
        DocTrees trees = DocTrees.instance(task);
        List<Parsed> parsed = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            parsed.add(new Parsed(unit, trees));
        }
        return parsed;
    }

    private JavaFileObject source() {
        return new SimpleJavaFileObject(
                URI.create("string:///" + path.toString().replace('\\', '/')),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** A syntax tree, and what finds positions and Javadoc in it. */
    record Parsed(CompilationUnitTree unit, DocTrees trees) {}

    private static Path root() {
        Path at = Path.of(System.getProperty("witan.root", "")).toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            Path parent = at.getParent();
            if (parent == null) {
                throw new IllegalStateException("no mvnw above " + Path.of("").toAbsolutePath());
            }
            at = parent;
        }
        return at;
    }

    private static Stream<Path> javaBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(SourceFile::isJava).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isJava(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".java");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
