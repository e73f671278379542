package app.holdfast.kwik;

import static java.lang.constant.ConstantDescs.MTD_void;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import tech.kwik.core.QuicConnection;

/// kwik was compiled against agent15; what stands in for that must have every class and member that kwik names, or it
/// fails at run time, and only on the way where it is needed.
class LinkCheckTest {

    private static final String AGENT15 = "tech/kwik/agent15/";

    @Test
    void everyClassAndMemberThatKwikNamesIsThere() throws IOException, URISyntaxException {
        List<ClassModel> kwik = kwikClasses();

        var references = new TreeSet<String>();
        var missing = new TreeSet<String>();
        for (ClassModel type : kwik) {
            for (PoolEntry entry : type.constantPool()) {
                describe(entry).ifPresent(reference -> {
                    references.add(reference);
                    if (!resolves(entry)) {
                        missing.add(reference);
                    }
                });
            }
        }

        assertThat(kwik).hasSizeGreaterThan(200);
        assertThat(references).hasSizeGreaterThan(100);
        assertThat(missing).isEmpty();
    }

    @Test
    void aMissingMemberIsNoticed() {
        ClassDesc ticket = ClassDesc.of("tech.kwik.agent15.NewSessionTicket");
        byte[] caller = ClassFile.of().build(ClassDesc.of("Caller"), type -> type.withMethodBody("call", MTD_void, 0,
                code -> code.new_(ticket).invokevirtual(ticket, "forge", MTD_void).return_()));

        var unresolved = new ArrayList<String>();
        for (PoolEntry entry : ClassFile.of().parse(caller).constantPool()) {
            describe(entry).filter(reference -> !resolves(entry)).ifPresent(unresolved::add);
        }

        assertThat(unresolved).containsExactly("tech/kwik/agent15/NewSessionTicket.forge()V");
    }

    @Test
    void everyClassIsStillValid() throws IOException, URISyntaxException {
        List<ClassModel> kwik = kwikClasses();

        List<VerifyError> errors = kwik.stream().flatMap(type -> ClassFile.of().verify(type).stream()).toList();

        assertThat(errors).isEmpty();
    }

    private static List<ClassModel> kwikClasses() throws IOException, URISyntaxException {
        Path root = Path.of(QuicConnection.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var classes = new ArrayList<ClassModel>();
        try (Stream<Path> files = Files.walk(root.resolve("tech/kwik"))) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".class"))::iterator) {
                classes.add(ClassFile.of().parse(file));
            }
        }
        return classes;
    }

    private static Optional<String> describe(PoolEntry entry) {
        return Optional.ofNullable(switch (entry) {
            case ClassEntry type when type.asInternalName().startsWith(AGENT15) -> type.asInternalName();
            case MemberRefEntry member when member.owner().asInternalName().startsWith(AGENT15) ->
                    member.owner().asInternalName() + "." + member.name() + member.type();
            default -> null;
        });
    }

    private static boolean resolves(PoolEntry entry) {
        return switch (entry) {
            case ClassEntry type -> load(type) != null;
            case MemberRefEntry member -> {
                Class<?> owner = load(member.owner());
                yield owner != null
                        && !(entry instanceof InterfaceMethodRefEntry && !owner.isInterface())
                        && !(entry instanceof MethodRefEntry && owner.isInterface())
                        && has(owner, member.name().stringValue(), member.type().stringValue());
            }
            default -> true;
        };
    }

    private static Class<?> load(ClassEntry type) {
        try {
            return Class.forName(type.asInternalName().replace('/', '.'), false, LinkCheckTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static boolean has(Class<?> type, String name, String descriptor) {
        if (type == null) {
            return false;
        }
        return Arrays.stream(type.getDeclaredFields())
                        .anyMatch(f -> f.getName().equals(name) && f.getType().descriptorString().equals(descriptor))
                || Arrays.stream(type.getDeclaredConstructors())
                        .anyMatch(c -> name.equals("<init>") && descriptor(void.class, c).equals(descriptor))
                || Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(m -> m.getName().equals(name) && descriptor(m.getReturnType(), m).equals(descriptor))
                || has(type.getSuperclass(), name, descriptor)
                || Arrays.stream(type.getInterfaces()).anyMatch(i -> has(i, name, descriptor));
    }

    private static String descriptor(Class<?> result, Executable code) {
        return MethodType.methodType(result, code.getParameterTypes()).descriptorString();
    }
}
