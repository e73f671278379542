// SPDX-License-Identifier: LGPL-3.0-or-later

import static java.lang.constant.ConstantDescs.CD_boolean;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/// Mends the published kwik jar while Holdfast is built, and stops the build when anything is not as expected.
///
///     java MendKwik.java JAR SHA256 FOLDER
///
/// Every class of the jar is written to the folder, those named in [Mends] changed. A mend must find its place exactly
/// once: a jar in which it does not is another jar, whatever its check sum.
public final class MendKwik {

    private static final String CORE = "tech/kwik/core/";

    private final Map<Mends.Mend, Integer> found = new TreeMap<>(Comparator.comparing(Mends.ALL::indexOf));

    public static void main(String[] arguments) throws IOException {
        new MendKwik().mend(Path.of(arguments[0]), arguments[1], Path.of(arguments[2]));
    }

    private void mend(Path jar, String expectedSum, Path folder) throws IOException {
        String sum = sha256(jar);
        if (!sum.equals(expectedSum)) {
            throw new IllegalStateException(jar + " has the SHA-256 " + sum + ", not " + expectedSum);
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            ClassFile classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver
                    .ofResourceParsing((ClassDesc type) -> open(file, type))
                    .orElse(ClassHierarchyResolver.defaultResolver())));
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                // the descriptor names agent15 as a module; Holdfast runs on the class path
                if (entry.getName().endsWith(".class") && !entry.getName().equals("module-info.class")) {
                    byte[] original = file.getInputStream(entry).readAllBytes();
                    write(folder.resolve(entry.getName()), mended(classFile, entry.getName(), original));
                }
            }
        }
        for (Mends.Mend mend : Mends.ALL) {
            if (found.getOrDefault(mend, 0) != 1) {
                throw new IllegalStateException("found " + found.getOrDefault(mend, 0) + " places to mend, not 1, in "
                        + mend.type() + "." + mend.method() + ": " + mend.wrong());
            }
        }
    }

    /// @return null for what is not in the jar
    private static InputStream open(JarFile file, ClassDesc type) {
        String descriptor = type.descriptorString();
        JarEntry entry = file.getJarEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
        try {
            return entry == null ? null : file.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] mended(ClassFile classFile, String entry, byte[] original) {
        byte[] current = original;
        for (Mends.Mend mend : Mends.ALL) {
            if (entry.equals(CORE + mend.type() + ".class")) {
                current = classFile.transformClass(classFile.parse(current), transform(mend));
            }
        }
        return switch (entry) {
            case CORE + "stream/SendBuffer.class" -> withFlag(current, "released", ClassFile.ACC_PRIVATE);
            case CORE + "stream/StreamManager.class" ->
                    withFlag(current, "ended", ClassFile.ACC_PRIVATE | ClassFile.ACC_VOLATILE);
            default -> current;
        };
    }

    private static byte[] withFlag(byte[] type, String name, int flags) {
        ClassFile classFile = ClassFile.of();
        return classFile.transformClass(classFile.parse(type),
                ClassTransform.endHandler(builder -> builder.withField(name, CD_boolean, flags)));
    }

    private ClassTransform transform(Mends.Mend mend) {
        Predicate<MethodModel> here = method -> mend.method().equals(method.methodName().stringValue())
                || mend.method().equals(method.methodName().stringValue() + method.methodType().stringValue());
        return switch (mend.change()) {
            case Mends.Change.At at -> ClassTransform.transformingMethodBodies(here, (code, element) -> {
                if (element instanceof Instruction i && at.place().test(i)) {
                    count(mend);
                    at.instead().accept(code, i);
                } else {
                    code.with(element);
                }
            });
            case Mends.Change.First first -> ClassTransform.transformingMethodBodies(here, new CodeTransform() {
                @Override
                public void atStart(CodeBuilder code) {
                    count(mend);
                    first.code().accept(code);
                }

                @Override
                public void accept(CodeBuilder code, CodeElement element) {
                    code.with(element);
                }
            });
            case Mends.Change.Body body -> ClassTransform.transformingMethods(here, replacement(mend, body.code()));
        };
    }

    private MethodTransform replacement(Mends.Mend mend, Consumer<CodeBuilder> code) {
        return (method, element) -> {
            if (element instanceof CodeModel) {
                count(mend);
                method.withCode(code);
            } else {
                method.with(element);
            }
        };
    }

    private void count(Mends.Mend mend) {
        found.merge(mend, 1, Integer::sum);
    }

    /// Leaves a file alone that is already right, so that the build sees nothing new where nothing is new.
    private static void write(Path file, byte[] content) throws IOException {
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
