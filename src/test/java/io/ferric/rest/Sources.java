package io.ferric.rest;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** What the sources of the REST room say that its classes do not: Javadoc, and the statuses a method answers with. */
final class Sources {
    private static final Path ROOM = Path.of("src/main/java/io/ferric/rest");
    private static final Pattern INLINE = Pattern.compile("\\{@\\w+\\s+([^}]*)}");
    private static final Pattern PARAM = Pattern.compile("(?s)@param\\s+(\\w+)\\s+(.*?)(?=\\n\\s*@|$)");
    private static final Pattern CALL = Pattern.compile("(?<![.\\w])(?:\\w+\\.)?(\\w+)\\(");
    private static final Pattern STATUS = Pattern.compile("Response\\.(created|accepted|noContent|ok|status)\\((\\d*)");
    private static final Map<String, Integer> STATUSES =
            Map.of("created", 201, "accepted", 202, "noContent", 204, "ok", 200);

    /** By {@code Class} and {@code Class#method}. */
    private final Map<String, String> docs = new TreeMap<>();

    private final Map<String, String> bodies = new TreeMap<>();

    Sources() {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> files = Files.walk(ROOM);
                var manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = files.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Reader(trees).scan(unit, "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Reader extends TreePathScanner<Void, String> {
        private final DocTrees trees;

        Reader(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree type, String outer) {
            note(type.getSimpleName().toString());
            return super.visitClass(type, type.getSimpleName().toString());
        }

        @Override
        public Void visitMethod(MethodTree method, String type) {
            note(type + "#" + method.getName());
            bodies.merge(type + "#" + method.getName(), String.valueOf(method.getBody()), String::concat);
            return null;
        }

        private void note(String key) {
            String doc = trees.getDocComment(getCurrentPath());
            if (doc != null) {
                docs.putIfAbsent(key, doc);
            }
        }
    }

    /** All that the Javadoc says before its tags, in one paragraph. */
    Optional<String> text(String key) {
        return Optional.ofNullable(docs.get(key))
                .map(doc -> plain(doc.split("\\n\\s*@", 2)[0]))
                .filter(each -> !each.isBlank() && !each.startsWith("@"));
    }

    Optional<String> sentence(String key) {
        return text(key).map(text -> text.split("(?<=[.:])\\s+(?=[A-Z])", 2)[0]);
    }

    /** What a record says of a component. */
    Optional<String> component(String type, String name) {
        Matcher params = PARAM.matcher(docs.getOrDefault(type, ""));
        while (params.find()) {
            if (params.group(1).equals(name)) {
                return Optional.of(plain(params.group(2)));
            }
        }
        return Optional.empty();
    }

    private static String plain(String doc) {
        return INLINE.matcher(doc)
                .replaceAll(each -> Matcher.quoteReplacement(each.group(1).replaceFirst("^#", "")))
                .replaceAll("<[^>]+>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** The statuses a method that builds its own response answers with, looking into the methods it calls. */
    TreeSet<Integer> statuses(String type, String method) {
        TreeSet<Integer> found = statuses(bodies.getOrDefault(type + "#" + method, ""));
        if (found.isEmpty()) {
            CALL.matcher(bodies.getOrDefault(type + "#" + method, ""))
                    .results()
                    .map(call -> type + "#" + call.group(1))
                    .forEach(called -> found.addAll(statuses(bodies.getOrDefault(called, ""))));
        }
        return found;
    }

    private static TreeSet<Integer> statuses(String body) {
        TreeSet<Integer> found = new TreeSet<>();
        Matcher status = STATUS.matcher(body);
        while (status.find()) {
            if (!status.group(1).equals("status")) {
                found.add(STATUSES.get(status.group(1)));
            } else if (!status.group(2).isEmpty()) {
                found.add(Integer.valueOf(status.group(2)));
            }
        }
        return found;
    }
}
