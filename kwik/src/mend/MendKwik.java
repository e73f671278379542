// SPDX-License-Identifier: LGPL-3.0-or-later

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/// Mends the published kwik jar while Holdfast is built, and stops the build when anything is not as expected.
///
///     java MendKwik.java JAR SHA256 FOLDER
///
/// Every class of the jar is written to the folder, those named in `MENDS` changed. Each mend says what is wrong; why
/// it matters is ADR 11. A mend must find its place exactly once: a jar in which it does not is another jar, whatever
/// its check sum.
public final class MendKwik {

    /// Datagrams that may wait for kwik's own threads. When full, the newest is dropped, as the network itself would
    /// do.
    private static final int WAITING_DATAGRAMS_MAX = 4096;

    private static final String STREAM_AFTER_THE_END =
            "who reads a stream that was made at the moment at which the connection ended waits for ever";
    private static final String CORE = "tech/kwik/core/";
    private static final ClassDesc OBJECT = ClassDesc.of("java.lang.Object");
    private static final ClassDesc QUEUE = ClassDesc.of("java.util.concurrent.LinkedBlockingQueue");
    private static final ClassDesc SCHEDULER = ClassDesc.of("java.util.concurrent.ScheduledExecutorService");
    private static final ClassDesc LIST = ClassDesc.of("java.util.List");
    private static final ClassDesc LOCK = ClassDesc.of("java.util.concurrent.locks.ReentrantLock");
    private static final ClassDesc CONDITION = ClassDesc.of("java.util.concurrent.locks.Condition");
    private static final ClassDesc INTERRUPTED = ClassDesc.of("java.lang.InterruptedException");
    private static final ClassDesc INPUT = ClassDesc.of("tech.kwik.core.stream.StreamInputStreamImpl");
    private static final ClassDesc SEND_BUFFER = ClassDesc.of("tech.kwik.core.stream.SendBuffer");
    private static final ClassDesc STREAM_MANAGER = ClassDesc.of("tech.kwik.core.stream.StreamManager");
    private static final ClassDesc SERVER_CONNECTION = ClassDesc.of("tech.kwik.core.server.impl.ServerConnectionImpl");
    private static final ClassDesc CLIENT_CONNECTION = ClassDesc.of("tech.kwik.core.impl.QuicClientConnectionImpl");
    private static final ClassDesc SECRETS = ClassDesc.of("tech.kwik.core.crypto.ConnectionSecrets");
    private static final ClassDesc LEVEL = ClassDesc.of("tech.kwik.core.common.EncryptionLevel");
    private static final ClassDesc HELLO_SENDER = ClassDesc.of("tech.kwik.core.impl.QuicClientConnectionImpl$1");
    private static final ClassDesc HANDSHAKE_MESSAGE = ClassDesc.of("tech.kwik.agent15.handshake.HandshakeMessage");
    private static final ClassDesc HELLO = ClassDesc.of("tech.kwik.agent15.handshake.ClientHello");

    /// A place in one method, what stands there instead, and what was wrong.
    private record Mend(String type, String method, String wrong, Change change) {}

    /// How a method changes.
    private sealed interface Change {
        /// One instruction becomes others.
        record At(Predicate<Instruction> place, BiConsumer<CodeBuilder, Instruction> instead) implements Change {}

        /// Something happens before all else.
        record First(Consumer<CodeBuilder> code) implements Change {}

        /// The whole body becomes another.
        record Body(Consumer<CodeBuilder> code) implements Change {}
    }

    private static final List<Mend> MENDS = List.of(
            new Mend("stream/StreamOutputStreamImpl", "scheduleSendStreamFrameRequest",
                    "a stream stalls for ever: the count of queued requests may be -1 for a moment, == 0 must be <= 0",
                    new Change.At(i -> i.opcode() == Opcode.IFNE, (code, i) ->
                            code.branch(Opcode.IFGT, ((BranchInstruction) i).target()))),
            new Mend("recovery/LossDetector", "detectLostPackets",
                    "with a round trip below 1 ms the loss delay is 0; RFC 9002 section 6.1.2 wants 1 ms at least",
                    new Change.At(i -> i.opcode() == Opcode.F2I, (code, i) ->
                            code.with(i).iconst_1().invokestatic(ClassDesc.of("java.lang.Math"), "max",
                                    MethodTypeDesc.of(CD_int, CD_int, CD_int)))),
            new Mend("server/impl/ServerConnectorImpl", "lambda$new$0",
                    "an error of the socket ends the whole program",
                    new Change.At(i -> calls(i, "java/lang/System", "exit"), (code, i) -> code.pop())),
            new Mend("server/impl/ServerConnectorImpl", "close(Ljava/time/Duration;)V",
                    "a thread that is no daemon waits up to 30 s for what has become pointless",
                    new Change.At(i -> calls(i, "java/util/concurrent/ScheduledExecutorService", "shutdown"),
                            (code, i) -> code
                                    .invokeinterface(SCHEDULER, "shutdownNow", MethodTypeDesc.of(LIST)).pop())),
            new Mend("server/impl/ServerConnectionImpl", "abortConnection",
                    "who reads from a connection that failed inside hears of it only when it has been idle for long",
                    new Change.First(code -> code.aload(0).getfield(SERVER_CONNECTION, "streamManager", STREAM_MANAGER)
                            .invokevirtual(STREAM_MANAGER, "abortAll", MTD_void))),
            new Mend("server/impl/ServerConnectionImpl", "process(Ltech/kwik/core/packet/HandshakePacket;"
                    + "Ltech/kwik/core/packet/PacketMetaData;)Ltech/kwik/core/impl/PacketProcessor$ProcessResult;",
                    "who is refused may never hear of it: the refusal leaves behind one with the first keys, which the"
                            + " client no longer has, and kwik's clients drop both; RFC 9001 section 4.9.1",
                    new Change.At(i -> calls(i, "tech/kwik/core/send/SenderImpl", "discard"),
                            MendKwik::discardFirstKeys)),
            new Mend("impl/QuicConnectionImpl",
                    "immediateCloseWithError(JLtech/kwik/core/impl/QuicConnectionImpl$ErrorType;Ljava/lang/String;)V",
                    "refused in its first packet, a connection keeps its threads until one more comes: end it by time",
                    new Change.At(i -> i.opcode() == Opcode.IF_ACMPEQ, (code, i) -> code.pop2())),
            new Mend("impl/QuicClientConnectionImpl$1", "send(Ltech/kwik/agent15/handshake/ClientHello;)V",
                    "a handshake that is over before this method goes on is taken for one that failed: the state"
                            + " becomes Handshaking after the hello has left, not before",
                    new Change.Body(MendKwik::sendHello)),
            new Mend("crypto/CryptoStream", "<init>",
                    "the thread that sends may lose a message of the handshake that is written at the same moment",
                    new Change.At(i -> i instanceof FieldInstruction field && field.opcode() == Opcode.PUTFIELD
                            && field.name().equalsString("dataToSend"), (code, i) -> code.invokestatic(
                                    ClassDesc.of("java.util.Collections"), "synchronizedList",
                                    MethodTypeDesc.of(LIST, LIST)).with(i))),
            new Mend("stream/StreamInputStreamImpl", "read([BII)I",
                    "a reader that comes to wait just after the stream was closed waits for ever",
                    new Change.At(i -> calls(i, "java/lang/Object", "wait"), MendKwik::waitUnlessEnded)),
            new Mend("stream/StreamInputStreamImpl", "interruptBlockingReader",
                    "closing interrupts a thread that may have left long ago",
                    new Change.Body(MendKwik::wakeReaders)),
            new Mend("stream/SendBuffer", "write",
                    "a writer that comes to wait just after the stream was closed waits for ever",
                    new Change.At(i -> calls(i, "java/util/concurrent/locks/Condition", "await"),
                            MendKwik::awaitUnlessReleased)),
            new Mend("stream/SendBuffer", "interruptBlockedWriter",
                    "closing interrupts a thread that may have left long ago",
                    new Change.Body(MendKwik::releaseWriters)),
            new Mend("stream/StreamManager", "abortAll", STREAM_AFTER_THE_END,
                    new Change.First(code -> code.aload(0).iconst_1().putfield(STREAM_MANAGER, "ended", CD_boolean))),
            new Mend("stream/StreamManager", "createStream", STREAM_AFTER_THE_END,
                    new Change.At(i -> calls(i, "java/util/Map", "put"), MendKwik::abortUnlessGoingOn)),
            new Mend("stream/StreamManager", "createPeerInitiatedStreams", STREAM_AFTER_THE_END,
                    new Change.At(i -> calls(i, "java/util/Map", "put"), MendKwik::abortUnlessGoingOn)),
            new Mend("receive/Receiver", "<init>", "datagrams wait in a queue without limit",
                    new Change.At(MendKwik::makesQueue, MendKwik::makeLimitedQueue)),
            new Mend("receive/Receiver", "run", "datagrams wait in a queue without limit",
                    new Change.At(MendKwik::addsToQueue, MendKwik::offer)),
            new Mend("server/impl/ServerConnectionThread", "<init>", "datagrams wait in a queue without limit",
                    new Change.At(MendKwik::makesQueue, MendKwik::makeLimitedQueue)),
            new Mend("server/impl/ServerConnectionThread", "parsePackets", "datagrams wait in a queue without limit",
                    new Change.At(MendKwik::addsToQueue, MendKwik::offer)));

    /// As the method does when it has answered the packet; doing it twice does nothing.
    private static void discardFirstKeys(CodeBuilder code, Instruction discardSpace) {
        code.with(discardSpace)
                .aload(0).getfield(SERVER_CONNECTION, "connectionSecrets", SECRETS)
                .getstatic(LEVEL, "Initial", LEVEL)
                .invokevirtual(SECRETS, "discardKeys", MethodTypeDesc.of(CD_void, LEVEL));
    }

    /// What the method did, in another order: what the answer to the hello changes or needs is there before it leaves.
    private static void sendHello(CodeBuilder code) {
        ClassDesc status = ClassDesc.of("tech.kwik.core.impl.QuicConnectionImpl$Status");
        ClassDesc stream = ClassDesc.of("tech.kwik.core.crypto.CryptoStream");
        ClassDesc log = ClassDesc.of("tech.kwik.core.log.Logger");
        code.aload(0).getfield(HELLO_SENDER, "this$0", CLIENT_CONNECTION).astore(2)
                .aload(2).getstatic(status, "Handshaking", status)
                .putfield(CLIENT_CONNECTION, "connectionState", status)
                .aload(2).aload(1).putfield(CLIENT_CONNECTION, "originalClientHello", HELLO)
                .aload(2).getfield(CLIENT_CONNECTION, "connectionSecrets", SECRETS)
                .aload(1).invokevirtual(HELLO, "getClientRandom", MethodTypeDesc.of(CD_byte.arrayType()))
                .invokevirtual(SECRETS, "setClientRandom", MethodTypeDesc.of(CD_void, CD_byte.arrayType()))
                .aload(2).getstatic(LEVEL, "Initial", LEVEL)
                .invokevirtual(CLIENT_CONNECTION, "getCryptoStream", MethodTypeDesc.of(stream, LEVEL)).astore(3)
                .aload(3).aload(1).iconst_1()
                .invokevirtual(stream, "write", MethodTypeDesc.of(CD_void, HANDSHAKE_MESSAGE, CD_boolean))
                .aload(0).getfield(HELLO_SENDER, "val$log", log)
                .aload(3).invokevirtual(stream, "toStringSent", MethodTypeDesc.of(CD_String))
                .invokeinterface(log, "sentPacketInfo", MethodTypeDesc.of(CD_void, CD_String)).return_();
    }

    /// `if (aborted || closed || reset) skip the wait`; the loop around it then ends. Holds the monitor, as the
    /// wakers below do.
    private static void waitUnlessEnded(CodeBuilder code, Instruction wait) {
        var ended = code.newLabel();
        var done = code.newLabel();
        for (String flag : List.of("aborted", "closed", "reset")) {
            code.aload(0).getfield(INPUT, flag, CD_boolean).ifne(ended);
        }
        code.with(wait).goto_(done).labelBinding(ended).pop2().pop().labelBinding(done);
    }

    /// `synchronized (addMonitor) { addMonitor.notifyAll(); }`, which cannot throw while the monitor is held.
    private static void wakeReaders(CodeBuilder code) {
        code.aload(0).getfield(INPUT, "addMonitor", OBJECT).astore(1)
                .aload(1).monitorenter()
                .aload(1).invokevirtual(OBJECT, "notifyAll", MTD_void)
                .aload(1).monitorexit().return_();
    }

    /// `if (released) throw new InterruptedException();` before the wait. Holds the lock, as the waker below does.
    private static void awaitUnlessReleased(CodeBuilder code, Instruction await) {
        var goOn = code.newLabel();
        code.aload(0).getfield(SEND_BUFFER, "released", CD_boolean).ifeq(goOn)
                .new_(INTERRUPTED).dup().invokespecial(INTERRUPTED, "<init>", MTD_void).athrow()
                .labelBinding(goOn).with(await);
    }

    /// `bufferLock.lock(); released = true; notFull.signalAll(); bufferLock.unlock();`, none of which can throw here.
    private static void releaseWriters(CodeBuilder code) {
        code.aload(0).getfield(SEND_BUFFER, "bufferLock", LOCK).invokevirtual(LOCK, "lock", MTD_void)
                .aload(0).iconst_1().putfield(SEND_BUFFER, "released", CD_boolean)
                .aload(0).getfield(SEND_BUFFER, "notFull", CONDITION).invokeinterface(CONDITION, "signalAll", MTD_void)
                .aload(0).getfield(SEND_BUFFER, "bufferLock", LOCK).invokevirtual(LOCK, "unlock", MTD_void).return_();
    }

    /// `if (ended) abortAll();` after the stream is in the map. Whoever ends the connection sets `ended` first and looks
    /// through the map then, so that one of the two aborts the stream.
    private static void abortUnlessGoingOn(CodeBuilder code, Instruction put) {
        var goOn = code.newLabel();
        code.with(put).aload(0).getfield(STREAM_MANAGER, "ended", CD_boolean).ifeq(goOn)
                .aload(0).invokevirtual(STREAM_MANAGER, "abortAll", MTD_void).labelBinding(goOn);
    }

    private static boolean makesQueue(Instruction i) {
        return calls(i, "java/util/concurrent/LinkedBlockingQueue", "<init>");
    }

    private static void makeLimitedQueue(CodeBuilder code, Instruction init) {
        code.loadConstant(WAITING_DATAGRAMS_MAX).invokespecial(QUEUE, "<init>", MethodTypeDesc.of(CD_void, CD_int));
    }

    private static boolean addsToQueue(Instruction i) {
        return calls(i, "java/util/concurrent/BlockingQueue", "add");
    }

    private static void offer(CodeBuilder code, Instruction add) {
        code.invokeinterface(ClassDesc.of("java.util.concurrent.BlockingQueue"), "offer",
                MethodTypeDesc.of(CD_boolean, OBJECT));
    }

    private static boolean calls(Instruction i, String owner, String method) {
        return i instanceof InvokeInstruction call && call.owner().asInternalName().equals(owner)
                && call.name().equalsString(method);
    }

    private final Map<Mend, Integer> found = new TreeMap<>(Comparator.comparing(MENDS::indexOf));

    public static void main(String[] arguments) throws IOException {
        new MendKwik().mend(Path.of(arguments[0]), arguments[1], Path.of(arguments[2]));
    }

    private void mend(Path jar, String expectedSum, Path folder) throws IOException {
        String sum = sha256(jar);
        if (!sum.equals(expectedSum)) {
            throw new IllegalStateException(jar + " has the SHA-256 " + sum + ", not " + expectedSum);
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                // the descriptor names agent15 as a module; Holdfast runs on the class path
                if (entry.getName().endsWith(".class") && !entry.getName().equals("module-info.class")) {
                    byte[] original = file.getInputStream(entry).readAllBytes();
                    write(folder.resolve(entry.getName()), mended(entry.getName(), original));
                }
            }
        }
        for (Mend mend : MENDS) {
            if (found.getOrDefault(mend, 0) != 1) {
                throw new IllegalStateException("found " + found.getOrDefault(mend, 0) + " places to mend, not 1, in "
                        + mend.type() + "." + mend.method() + ": " + mend.wrong());
            }
        }
    }

    private byte[] mended(String entry, byte[] original) {
        byte[] current = original;
        ClassFile classFile = ClassFile.of();
        for (Mend mend : MENDS) {
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

    private ClassTransform transform(Mend mend) {
        Predicate<MethodModel> here = method -> mend.method().equals(method.methodName().stringValue())
                || mend.method().equals(method.methodName().stringValue() + method.methodType().stringValue());
        return switch (mend.change()) {
            case Change.At at -> ClassTransform.transformingMethodBodies(here, (code, element) -> {
                if (element instanceof Instruction i && at.place().test(i)) {
                    count(mend);
                    at.instead().accept(code, i);
                } else {
                    code.with(element);
                }
            });
            case Change.First first -> ClassTransform.transformingMethodBodies(here, new CodeTransform() {
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
            case Change.Body body -> ClassTransform.transformingMethods(here, (MethodTransform) (method, element) -> {
                if (element instanceof CodeModel) {
                    count(mend);
                    method.withCode(body.code());
                } else {
                    method.with(element);
                }
            });
        };
    }

    private void count(Mend mend) {
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
