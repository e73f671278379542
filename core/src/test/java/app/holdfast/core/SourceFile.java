package app.holdfast.core;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// One Java source as the tidy test sees it: its text, and what javac's parser says of its methods.
///
/// @param path from the repository's root, with slashes
record SourceFile(String path, String text) {

    /// @param file        where it stands
    /// @param type        simple name of the innermost class around the method
    /// @param parameters  how many; 0 for a record's constructor, which takes what the record holds
    /// @param lineCount   from the first line of the declaration, without its comment, to the closing brace
    /// @param caught      simple names of the types in its catch clauses
    record Method(SourceFile file, String type, String name, long line, int parameters, long lineCount,
                  List<String> caught) {
    }

    List<String> lines() {
        return text.lines().toList();
    }

    boolean isTest() {
        return path.contains("/src/test/") || path.contains("/src/house/");
    }

    /// The methods of all files, parsed at once.
    static List<Method> methods(List<SourceFile> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var sources = files.stream().map(Source::new).toList();
        var byUri = sources.stream().collect(Collectors.toMap(Source::toUri, source -> source.file));
        var task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, sources);
        var found = new ArrayList<Method>();
        for (CompilationUnitTree unit : task.parse()) {
            SourceFile file = byUri.get(unit.getSourceFile().toUri());
            new Methods(file, unit, Trees.instance(task).getSourcePositions(), found).scan(new TreePath(unit), null);
        }
        return found;
    }

    private static final class Source extends SimpleJavaFileObject {

        private final SourceFile file;

        Source(SourceFile file) {
            super(URI.create("source:///" + file.path()), JavaFileObject.Kind.SOURCE);
            this.file = file;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return file.text();
        }
    }

    private static final class Methods extends TreePathScanner<Void, Void> {

        private final SourceFile file;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Method> found;

        Methods(SourceFile file, CompilationUnitTree unit, SourcePositions positions, List<Method> found) {
            this.file = file;
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            var type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            boolean takesComponents = type.getKind() == Tree.Kind.RECORD && method.getReturnType() == null;
            long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
            long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
            var caught = new Caught();
            caught.scan(method, null);
            found.add(new Method(file, type.getSimpleName().toString(), method.getName().toString(), first,
                    takesComponents ? 0 : method.getParameters().size(), last - first + 1, caught.types));
            return super.visitMethod(method, none);
        }
    }

    private static final class Caught extends TreeScanner<Void, Void> {

        private final List<String> types = new ArrayList<>();

        @Override
        public Void visitTry(TryTree attempt, Void none) {
            attempt.getCatches().stream().map(clause -> clause.getParameter().getType())
                    .flatMap(type -> type instanceof UnionTypeTree union ? union.getTypeAlternatives().stream()
                            : Stream.of(type))
                    .map(Tree::toString).forEach(types::add);
            return super.visitTry(attempt, none);
        }

        /// A class within the method has methods of its own.
        @Override
        public Void visitClass(ClassTree type, Void none) {
            return null;
        }
    }
}
