package app.holdfast.core.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// The engine with one rule taken out: a class of it is compiled from its own source with one text replaced, and
/// loaded beside the real one with the simulation around it. The shipped engine has no switch for any of this.
final class PlantedEngine extends ClassLoader {

    static final Path SOURCES = Path.of("src/main/java/app/holdfast/core");
    private static final String OURS = "app.holdfast.core.";
    /// These deal in bytes alone and cost much to load or make: jOOQ's tables, the empty files that Flyway makes, the
    /// fleets that every engine begins with.
    private static final List<String> SHARED = List.of("app.holdfast.core.store.catalogue.",
            "app.holdfast.core.store.synclog.", "app.holdfast.core.store.MemoryImages",
            "app.holdfast.core.simulation.Founding");

    private final Map<String, byte[]> planted = new HashMap<>();

    /// @throws IllegalArgumentException when the text is not there exactly once, or what takes its place does not
    ///         compile
    PlantedEngine(Planting planting) throws IOException {
        super(PlantedEngine.class.getClassLoader());
        var sources = new ArrayList<Source>();
        for (String file : planting.files()) {
            sources.add(new Source(file, planting.plantedIn(file, Files.readString(SOURCES.resolve(file)))));
        }
        compile(sources);
    }

    /// What a seed finds wrong with this engine, in one word.
    String findings(long seed, Path scratch) {
        return findings("of", new Class<?>[] {long.class, boolean.class, Path.class}, seed, false, scratch);
    }

    /// What a scenario of [Directed] finds wrong with it.
    String findings(String scenario, Path scratch) {
        return findings("directed", new Class<?>[] {String.class, Path.class}, scenario, scratch);
    }

    /// What an ordinary test finds wrong with it.
    ///
    /// @param test class and method, below `app.holdfast.core`
    String complaint(String test, Path scratch) {
        int dot = test.lastIndexOf('.');
        try {
            Class<?> type = loadClass(OURS + test.substring(0, dot));
            return new PlantedTest(type, PlantedTest.makeFolder(scratch)).complaint(test.substring(dot + 1));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private String findings(String method, Class<?>[] types, Object... arguments) {
        try {
            Class<?> run = loadClass(Run.class.getName());
            Object result = run.getMethod(method, types).invoke(null, arguments);
            String findings = (String) run.getMethod("findings").invoke(result);
            if (findings.contains("BUG")) {
                System.out.println("planted: " + run.getMethod("details").invoke(result));
            }
            return findings;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS) || SHARED.stream().anyMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = planted.get(name);
        if (bytes == null) {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                bytes = in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private void compile(List<Source> sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = new InMemory(compiler.getStandardFileManager(null, null, null))) {
            boolean compiled = compiler.getTask(said, files, null,
                    List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path")), null,
                    sources).call();
            if (!compiled) {
                throw new IllegalArgumentException("what was planted does not compile: " + said);
            }
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        private Source(String file, String text) {
            super(URI.create("memory:///" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

        private InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind,
                FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            planted.put(name, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
