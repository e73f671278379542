package app.holdfast.core.volume;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/// Linux tells of mounts: `poll` on the kernel's table wakes with POLLPRI when it has changed since it was opened or
/// last polled. Confined to one thread, which must not be a virtual one: the call holds it.
///
/// @see "Linux man-pages, proc_pid_mounts(5), poll(2)"
final class MountPoll implements Volumes.Changes {

    private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;
    private static final short POLLPRI = 2;
    private static final short POLLERR = 8;
    private static final StructLayout POLLFD = MemoryLayout.structLayout(ValueLayout.JAVA_INT.withName("fd"),
            ValueLayout.JAVA_SHORT.withName("events"), ValueLayout.JAVA_SHORT.withName("revents"));
    private static final long REVENTS = POLLFD.byteOffset(MemoryLayout.PathElement.groupElement("revents"));

    /// The calls, bound once.
    private record Calls(MethodHandle open, MethodHandle poll, MethodHandle close) {

        private static final Optional<Calls> BOUND = bind();

        @SuppressWarnings("restricted") // calls into the C library are what it is for
        private static Optional<Calls> bind() {
            Linker linker = Linker.nativeLinker();
            SymbolLookup library = linker.defaultLookup();
            Optional<MemorySegment> open = library.find("open");
            Optional<MemorySegment> poll = library.find("poll");
            Optional<MemorySegment> close = library.find("close");
            if (open.isEmpty() || poll.isEmpty() || close.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Calls(
                    linker.downcallHandle(open.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                            ValueLayout.JAVA_INT), Linker.Option.firstVariadicArg(2)),
                    linker.downcallHandle(poll.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT)),
                    linker.downcallHandle(close.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT))));
        }
    }

    private final Arena arena = Arena.ofConfined();
    private final Calls calls;
    private final MemorySegment polled;
    private final int file;

    static boolean isPossible() {
        return Calls.BOUND.isPresent();
    }

    MountPoll(Path table) throws IOException {
        this.calls = Calls.BOUND.orElseThrow();
        int opened = call(calls.open, arena.allocateFrom(table.toString()), READ_ONLY_CLOSE_ON_EXEC);
        if (opened < 0) {
            arena.close();
            throw new IOException(table + " cannot be watched");
        }
        this.file = opened;
        this.polled = arena.allocate(POLLFD);
        polled.set(ValueLayout.JAVA_INT, 0, file);
        polled.set(ValueLayout.JAVA_SHORT, Integer.BYTES, (short) (POLLPRI | POLLERR));
    }

    @Override
    public boolean await(int millisMax) {
        polled.set(ValueLayout.JAVA_SHORT, REVENTS, (short) 0);
        int ready = call(calls.poll, polled, 1L, millisMax);
        return ready > 0; // less than 0 when a signal came: nothing is lost, the next call tells
    }

    @Override
    public void close() {
        call(calls.close, file);
        arena.close();
    }

    private static int call(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the system could not be made", e);
        }
    }
}
