// SPDX-License-Identifier: LGPL-3.0-or-later

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What is wrong in the published kwik, where, and what stands there instead; why it matters is ADR 11.
final class Mends {

    /// Datagrams that may wait for kwik's own threads. When full, the newest is dropped, as the network itself would
    /// do.
    private static final int WAITING_DATAGRAMS_MAX = 4096;

    /// RFC 9000 section 18.2 lets a peer say 16 s, and 25 ms is what it means when it says nothing.
    private static final int ACK_DELAY_MILLIS_MAX = 1_000;

    /// How long what is closed waits for what is still on its way: three times what the peer makes of the round trip.
    private static final int END_MILLIS_MAX = 10_000;

    private static final String ANYBODYS_BYTES =
            "a datagram of anybody's that is no packet ends the connection, as what the peer says does";
    private static final String LONG_END = "a peer that answers late has a connection that is closed keep its threads";
    private static final String PASSED_OVER =
            "what follows a packet whose keys are gone is not looked at; RFC 9000 section 12.2";
    private static final String STREAM_AFTER_THE_END =
            "who reads a stream that was made at the moment at which the connection ended waits for ever";
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
    private static final ClassDesc STATUS = ClassDesc.of("tech.kwik.core.impl.QuicConnectionImpl$Status");
    private static final ClassDesc PARSER = ClassDesc.of("tech.kwik.core.packet.PacketParser");
    private static final ClassDesc PACKET = ClassDesc.of("tech.kwik.core.packet.QuicPacket");
    private static final ClassDesc VERSION = ClassDesc.of("tech.kwik.core.impl.VersionHolder");
    private static final ClassDesc PACKET_BYTES = ClassDesc.of("app.holdfast.kwik.PacketBytes");
    private static final ClassDesc BUFFER = ClassDesc.of("java.nio.ByteBuffer");
    private static final ClassDesc HELLO_SENDER = ClassDesc.of("tech.kwik.core.impl.QuicClientConnectionImpl$1");
    private static final ClassDesc HANDSHAKE_MESSAGE = ClassDesc.of("tech.kwik.agent15.handshake.HandshakeMessage");
    private static final ClassDesc HELLO = ClassDesc.of("tech.kwik.agent15.handshake.ClientHello");

    /// A place in one method, what stands there instead, and what was wrong.
    record Mend(String type, String method, String wrong, Change change) {}

    /// How a method changes.
    sealed interface Change {
        /// One instruction becomes others.
        record At(Predicate<Instruction> place, BiConsumer<CodeBuilder, Instruction> instead) implements Change {}

        /// Something happens before all else.
        record First(Consumer<CodeBuilder> code) implements Change {}

        /// The whole body becomes another.
        record Body(Consumer<CodeBuilder> code) implements Change {}
    }

    static final List<Mend> ALL = List.of(
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
                            Mends::discardFirstKeys)),
            new Mend("impl/QuicConnectionImpl",
                    "immediateCloseWithError(JLtech/kwik/core/impl/QuicConnectionImpl$ErrorType;Ljava/lang/String;)V",
                    "refused in its first packet, a connection keeps its threads until one more comes: end it by time",
                    new Change.At(i -> i.opcode() == Opcode.IF_ACMPEQ, (code, i) -> code.pop2())),
            new Mend("impl/QuicClientConnectionImpl$1", "send(Ltech/kwik/agent15/handshake/ClientHello;)V",
                    "a handshake that is over before this method goes on is taken for one that failed: the state"
                            + " becomes Handshaking after the hello has left, not before",
                    new Change.Body(Mends::sendHello)),
            new Mend("crypto/CryptoStream", "<init>",
                    "the thread that sends may lose a message of the handshake that is written at the same moment",
                    new Change.At(i -> i instanceof FieldInstruction field && field.opcode() == Opcode.PUTFIELD
                            && field.name().equalsString("dataToSend"), (code, i) -> code.invokestatic(
                                    ClassDesc.of("java.util.Collections"), "synchronizedList",
                                    MethodTypeDesc.of(LIST, LIST)).with(i))),
            new Mend("stream/StreamInputStreamImpl", "read([BII)I",
                    "a reader that comes to wait just after the stream was closed waits for ever",
                    new Change.At(i -> calls(i, "java/lang/Object", "wait"), Mends::waitUnlessEnded)),
            new Mend("stream/StreamInputStreamImpl", "interruptBlockingReader",
                    "closing interrupts a thread that may have left long ago",
                    new Change.Body(Mends::wakeReaders)),
            new Mend("stream/SendBuffer", "write",
                    "a writer that comes to wait just after the stream was closed waits for ever",
                    new Change.At(i -> calls(i, "java/util/concurrent/locks/Condition", "await"),
                            Mends::awaitUnlessReleased)),
            new Mend("stream/SendBuffer", "interruptBlockedWriter",
                    "closing interrupts a thread that may have left long ago",
                    new Change.Body(Mends::releaseWriters)),
            new Mend("impl/QuicClientConnectionImpl", "abortConnection",
                    "who dialled is not told that a connection failed inside, and it cannot be closed any more",
                    new Change.First(Mends::tellOfTheEnd)),
            new Mend("impl/QuicClientConnectionImpl", "checkForStatelessResetToken",
                    "a datagram of less than 16 bytes ends a connection, since the last 16 are looked at; and what"
                            + " follows a packet that cannot be read is passed over, since they are taken out",
                    new Change.Body(Mends::lookForResetToken)),
            new Mend("packet/ClientRolePacketParser", "getAead", PASSED_OVER, new Change.First(Mends::goOnBehind)),
            new Mend("packet/ServerRolePacketParser", "getAead", PASSED_OVER, new Change.First(Mends::goOnBehind)),
            new Mend("packet/ClientRolePacketParser", "getAead",
                    "a packet of another version is read with keys that everybody knows",
                    new Change.First(Mends::checkVersion)),
            new Mend("packet/PacketParser", "parseAndProcessPackets", ANYBODYS_BYTES,
                    new Change.At(i -> calls(i, "tech/kwik/core/packet/PacketParser", "parsePacket"),
                            Mends::parseCarefully)),
            new Mend("packet/LongHeaderPacket", "parse", ANYBODYS_BYTES,
                    new Change.At(i -> calls(i, "tech/kwik/core/impl/TransportError", "<init>"),
                            Mends::dropInstead)),
            new Mend("impl/QuicConnectionImpl",
                    "immediateCloseWithError(JLtech/kwik/core/impl/QuicConnectionImpl$ErrorType;Ljava/lang/String;)V",
                    LONG_END, new Change.At(i -> i.opcode() == Opcode.IMUL, Mends::limitToTheEnd)),
            new Mend("impl/QuicConnectionImpl", "drain", LONG_END,
                    new Change.At(i -> i.opcode() == Opcode.IMUL, Mends::limitToTheEnd)),
            new Mend("send/SenderImpl", "setReceiverMaxAckDelay",
                    "a peer says how long a connection that is closed keeps its threads, and one that is dead lives on:"
                            + " 49 s for 16 s that its acknowledgements may take",
                    new Change.First(code -> code.iload(1).loadConstant(ACK_DELAY_MILLIS_MAX)
                            .invokestatic(ClassDesc.of("java.lang.Math"), "min",
                                    MethodTypeDesc.of(CD_int, CD_int, CD_int)).istore(1))),
            new Mend("stream/StreamManager", "abortAll", STREAM_AFTER_THE_END,
                    new Change.First(code -> code.aload(0).iconst_1().putfield(STREAM_MANAGER, "ended", CD_boolean))),
            new Mend("stream/StreamManager", "createStream", STREAM_AFTER_THE_END,
                    new Change.At(i -> calls(i, "java/util/Map", "put"), Mends::abortUnlessGoingOn)),
            new Mend("stream/StreamManager", "createPeerInitiatedStreams", STREAM_AFTER_THE_END,
                    new Change.At(i -> calls(i, "java/util/Map", "put"), Mends::abortUnlessGoingOn)),
            new Mend("receive/Receiver", "<init>", "datagrams wait in a queue without limit",
                    new Change.At(Mends::makesQueue, Mends::makeLimitedQueue)),
            new Mend("receive/Receiver", "run", "datagrams wait in a queue without limit",
                    new Change.At(Mends::addsToQueue, Mends::offer)),
            new Mend("server/impl/ServerConnectionThread", "<init>", "datagrams wait in a queue without limit",
                    new Change.At(Mends::makesQueue, Mends::makeLimitedQueue)),
            new Mend("server/impl/ServerConnectionThread", "parsePackets", "datagrams wait in a queue without limit",
                    new Change.At(Mends::addsToQueue, Mends::offer)));

    /// As the method does when it has answered the packet; doing it twice does nothing.
    private static void discardFirstKeys(CodeBuilder code, Instruction discardSpace) {
        code.with(discardSpace)
                .aload(0).getfield(SERVER_CONNECTION, "connectionSecrets", SECRETS)
                .getstatic(LEVEL, "Initial", LEVEL)
                .invokevirtual(SECRETS, "discardKeys", MethodTypeDesc.of(CD_void, LEVEL));
    }

    /// What the method did, in another order: what the answer to the hello changes or needs is there before it leaves.
    private static void sendHello(CodeBuilder code) {
        ClassDesc stream = ClassDesc.of("tech.kwik.core.crypto.CryptoStream");
        ClassDesc log = ClassDesc.of("tech.kwik.core.log.Logger");
        code.aload(0).getfield(HELLO_SENDER, "this$0", CLIENT_CONNECTION).astore(2)
                .aload(2).getstatic(STATUS, "Handshaking", STATUS)
                .putfield(CLIENT_CONNECTION, "connectionState", STATUS)
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

    /// `if (!connectionState.closingOrDraining()) emit(new ConnectionTerminatedEvent(this, ConnectionLost, false));`
    private static void tellOfTheEnd(CodeBuilder code) {
        ClassDesc event = ClassDesc.of("tech.kwik.core.ConnectionTerminatedEvent");
        ClassDesc reason = event.nested("CloseReason");
        var over = code.newLabel();
        code.aload(0).getfield(CLIENT_CONNECTION, "connectionState", STATUS)
                .invokevirtual(STATUS, "closingOrDraining", MethodTypeDesc.of(CD_boolean)).ifne(over)
                .aload(0).new_(event).dup().aload(0).getstatic(reason, "ConnectionLost", reason).iconst_0()
                .invokespecial(event, "<init>", MethodTypeDesc.of(CD_void,
                        ClassDesc.of("tech.kwik.core.QuicConnection"), reason, CD_boolean))
                .invokevirtual(CLIENT_CONNECTION, "emit", MethodTypeDesc.of(CD_void, event)).labelBinding(over);
    }

    /// The last 16 bytes, where they are; none where there are fewer.
    private static void lookForResetToken(CodeBuilder code) {
        ClassDesc ids = ClassDesc.of("tech.kwik.core.cid.ConnectionIdManager");
        var longEnough = code.newLabel();
        code.aload(1).invokevirtual(BUFFER, "limit", MethodTypeDesc.of(CD_int)).bipush(16).if_icmpge(longEnough)
                .iconst_0().ireturn()
                .labelBinding(longEnough).bipush(16).newarray(TypeKind.BYTE).astore(2)
                .aload(1).aload(1).invokevirtual(BUFFER, "limit", MethodTypeDesc.of(CD_int)).bipush(16).isub().aload(2)
                .invokevirtual(BUFFER, "get", MethodTypeDesc.of(BUFFER, CD_int, CD_byte.arrayType())).pop()
                .aload(0).getfield(CLIENT_CONNECTION, "connectionIdManager", ids).aload(2)
                .invokevirtual(ids, "isStatelessResetToken", MethodTypeDesc.of(CD_boolean, CD_byte.arrayType()))
                .ireturn();
    }

    /// In a parser of packets, before the keys for one are looked for.
    private static void goOnBehind(CodeBuilder code) {
        code.aload(0).getfield(PARSER, "connectionSecrets", SECRETS).aload(0).getfield(PARSER, "quicVersion", VERSION)
                .aload(1).aload(2).invokestatic(PACKET_BYTES, "pass",
                        MethodTypeDesc.of(CD_void, SECRETS, VERSION, PACKET, BUFFER));
    }

    private static void checkVersion(CodeBuilder code) {
        code.aload(1).aload(0).getfield(PARSER, "quicVersion", VERSION).invokestatic(PACKET_BYTES, "checkVersion",
                MethodTypeDesc.of(CD_void, PACKET, VERSION));
    }

    private static void parseCarefully(CodeBuilder code, Instruction parse) {
        code.invokestatic(PACKET_BYTES, "parse", MethodTypeDesc.of(PACKET, PARSER, BUFFER));
    }

    /// What follows throws what is made here.
    private static void dropInstead(CodeBuilder code, Instruction init) {
        ClassDesc invalid = ClassDesc.of("tech.kwik.core.impl.InvalidPacketException");
        code.with(init).pop().new_(invalid).dup().invokespecial(invalid, "<init>", MTD_void);
    }

    private static void limitToTheEnd(CodeBuilder code, Instruction multiply) {
        code.with(multiply).loadConstant(END_MILLIS_MAX).invokestatic(ClassDesc.of("java.lang.Math"), "min",
                MethodTypeDesc.of(CD_int, CD_int, CD_int));
    }

    /// `if (ended) abortAll();` after the stream is in the map. Whoever ends the connection sets `ended` first and then
    /// looks through the map, so that one of the two aborts the stream.
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

    private Mends() {}
}
