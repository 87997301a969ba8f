package io.sluice;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What only an interface's source knows: the order of its methods, and their Javadoc; of interfaces in it, too. */
final class DocumentedMethods extends TreePathScanner<Void, DocTrees> {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern CODE = Pattern.compile("\\{@code ([^{}]+)}");
    private static final Pattern NO_TEXT = Pattern.compile("[{}<>|]|(^|\\s)@");

    private final Map<String, Map<String, String>> texts = new HashMap<>();

    private DocumentedMethods() {}

    static DocumentedMethods of(Class<?> type) throws IOException {
        Path source = SOURCES.resolve(type.getName().replace('.', '/') + ".java");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(source));
            DocumentedMethods methods = new DocumentedMethods();
            for (CompilationUnitTree unit : task.parse()) {
                methods.scan(unit, DocTrees.instance(task));
            }
            return methods;
        }
    }

    /** As declared. */
    List<String> names(Class<?> type) {
        return List.copyOf(texts.get(type.getSimpleName()).keySet());
    }

    /** The method's Javadoc as one line of Markdown. */
    String text(Class<?> type, String method) {
        String javadoc = texts.get(type.getSimpleName()).get(method);
        String what = type.getName() + '.' + method;
        if (javadoc.isEmpty()) {
            throw new AssertionError(what + " has no Javadoc");
        }
        String text = CODE.matcher(javadoc.strip().replaceAll("\\s+", " ")).replaceAll("`$1`");
        if (NO_TEXT.matcher(text).find() || !text.endsWith(".")) {
            throw new AssertionError(what + ": not sentences with {@code} alone as markup: " + text);
        }
        return text;
    }

    @Override
    public Void visitMethod(MethodTree method, DocTrees trees) {
        ClassTree type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
        String javadoc = trees.getDocComment(getCurrentPath());
        texts.computeIfAbsent(type.getSimpleName().toString(), name -> new LinkedHashMap<>())
                .put(method.getName().toString(), javadoc == null ? "" : javadoc);
        return super.visitMethod(method, trees);
    }
}
