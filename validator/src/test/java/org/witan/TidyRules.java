package org.witan;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** The rules that one source file can break by itself. */
final class TidyRules extends TreePathScanner<@Nullable Void, @Nullable Void> {
    static final int MAX_MAIN_LINES = 300;
    static final int MAX_TEST_LINES = 500;
    static final int MAX_COLUMNS = 100;
    static final int MAX_METHOD_LINES = 40;
    static final int MAX_PARAMETERS = 5;

    /** Trees that are held at a time. */
    private static final int AT_ONCE = 100;

    static final Set<String> EMPTY_NAMES =
            Set.of("util", "common", "impl", "model", "manager", "helper", "helpers");

    // Character classes keep this file from finding itself.
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO[D]O|FIX[M]E)\\b");

    private final SourceFile file;
    private final SourceFile.Parsed parsed;
    private final List<String> broken = new ArrayList<>();

    private TidyRules(SourceFile file, SourceFile.Parsed parsed) {
        this.file = file;
        this.parsed = parsed;
    }

    /** One sentence for each breach, starting with {@code path:line}; empty if there is none. */
    static List<String> breaches(List<SourceFile> files) throws IOException {
        List<String> broken = new ArrayList<>();
        for (int from = 0; from < files.size(); from += AT_ONCE) {
            List<SourceFile> some = files.subList(from, Math.min(from + AT_ONCE, files.size()));
            List<SourceFile.Parsed> parsed = SourceFile.parsed(some);
            for (int i = 0; i < some.size(); i++) {
                TidyRules rules = new TidyRules(some.get(i), parsed.get(i));
                rules.lines();
                rules.scan(parsed.get(i).unit(), null);
                broken.addAll(rules.broken);
            }
        }
        return broken;
    }

    private void lines() {
        List<String> lines = file.text().lines().toList();
        int limit = file.isTest() ? MAX_TEST_LINES : MAX_MAIN_LINES;
        if (lines.size() > limit) {
            report(lines.size(), "a file of %d lines, of at most %d", lines.size(), limit);
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int columns = line.codePointCount(0, line.length());
            if (columns > MAX_COLUMNS) {
                report(i + 1, "a line of %d columns, of at most %d", columns, MAX_COLUMNS);
            }
            if (UNFINISHED.matcher(line).find()) {
                report(i + 1, "a note of unfinished work: finish it or file it");
            }
        }
    }

    @Override
    public @Nullable Void visitPackage(PackageTree tree, @Nullable Void unused) {
        String name = tree.getPackageName().toString();
        for (String part : name.split("\\.", -1)) {
            if (EMPTY_NAMES.contains(part)) {
                report(tree, "a package named '%s' says nothing about what is in it", part);
            }
        }
        if (file.isPackageInfo()
                && tree.getAnnotations().stream().noneMatch(a -> isNamed(a, "NullMarked"))) {
            report(tree, "package-info.java without @NullMarked");
        }
        return super.visitPackage(tree, unused);
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
        boolean isPublic = tree.getModifiers().getFlags().contains(Modifier.PUBLIC);
        boolean documented = parsed.trees().getDocComment(getCurrentPath()) != null;
        if (isPublic && !documented && !file.isTest()) {
            report(tree, "public type %s without Javadoc", tree.getSimpleName());
        }
        return super.visitClass(tree, unused);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
        // From the name, so that long annotations do not count.
        Tree first = tree.getReturnType() == null ? tree : tree.getReturnType();
        long lines = 1 + line(end(tree)) - line(start(first));
        if (lines > MAX_METHOD_LINES) {
            report(
                    first,
                    "%s has %d lines, of at most %d",
                    tree.getName(),
                    lines,
                    MAX_METHOD_LINES);
        }
        int parameters = tree.getParameters().size();
        if (parameters > MAX_PARAMETERS && !isRecordConstructor(tree)) {
            report(first, "%s has %d parameters: make a record", tree.getName(), parameters);
        }
        return super.visitMethod(tree, unused);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
        String called = "";
        boolean sleeps = false;
        if (tree.getMethodSelect() instanceof MemberSelectTree selected) {
            called = selected.getIdentifier().toString();
            String on = called.equals("sleep") ? selected.getExpression().toString() : "";
            sleeps = on.equals("Thread") || on.contains("TimeUnit");
        } else if (tree.getMethodSelect() instanceof IdentifierTree plain) {
            called = plain.getName().toString();
        }
        if (file.isTest() && sleeps) {
            report(tree, "a test that sleeps: wait for the event, with a deadline");
        }
        if (called.equals("assertTrue") && tree.getArguments().get(0).toString().equals("true")) {
            report(tree, "an assertion that cannot fail");
        }
        return super.visitMethodInvocation(tree, unused);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree tree, @Nullable Void unused) {
        if (isNamed(tree, "Disabled")) {
            report(tree, "a disabled test: repair or delete it");
        }
        return super.visitAnnotation(tree, unused);
    }

    private boolean isRecordConstructor(MethodTree tree) {
        TreePath parent = getCurrentPath().getParentPath();
        return tree.getReturnType() == null && parent.getLeaf().getKind() == Kind.RECORD;
    }

    private static boolean isNamed(AnnotationTree tree, String simpleName) {
        String name = tree.getAnnotationType().toString();
        return name.equals(simpleName) || name.endsWith("." + simpleName);
    }

    private long start(Tree tree) {
        return parsed.trees().getSourcePositions().getStartPosition(parsed.unit(), tree);
    }

    private long end(Tree tree) {
        return parsed.trees().getSourcePositions().getEndPosition(parsed.unit(), tree);
    }

    private long line(long position) {
        // A compact constructor's parameters have no place in the source.
        return position < 0 ? 1 : parsed.unit().getLineMap().getLineNumber(position);
    }

    private void report(Tree tree, String sentence, Object... values) {
        report(line(start(tree)), sentence, values);
    }

    private void report(long line, String sentence, Object... values) {
        broken.add(file.path() + ":" + line + " " + sentence.formatted(values));
    }
}
