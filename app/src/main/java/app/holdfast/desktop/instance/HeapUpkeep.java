package app.holdfast.desktop.instance;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// Has the heap collected once it holds about twice of what was left last time. The serial collector would first let
/// the old objects fill all that the heap may ever take, and a program that runs for days would keep that (ADR 243).
///
/// A thread of its own that looks every few seconds, until it is closed.
public final class HeapUpkeep implements AutoCloseable {

    private static final long EVERY_SECONDS = 5;
    private static final long MIB = 1 << 20;
    /// Less than that is never worth a collection.
    private static final long USED_MIN = 64 * MIB;
    private static final long BEYOND_TWICE = 24 * MIB;

    private final Runtime runtime = Runtime.getRuntime();
    private final Thread thread;
    private long left;

    private HeapUpkeep(ThreadFactory threads) {
        this.thread = threads.newThread(this::run);
    }

    /// @param threads makes platform threads that do not keep the process alive
    public static HeapUpkeep begin(ThreadFactory threads) {
        var upkeep = new HeapUpkeep(threads);
        upkeep.thread.setName("heap-upkeep");
        upkeep.thread.start();
        return upkeep;
    }

    private void run() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(EVERY_SECONDS);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /// Collects if it is worth it.
    private void look() {
        if (isDue(used(), left)) {
            System.gc();
            left = used();
        }
    }

    private long used() {
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /// @param used bytes of objects, those that nobody needs any more among them
    /// @param left bytes that were needed when it was collected last, 0 when it never was
    static boolean isDue(long used, long left) {
        return used > Math.max(USED_MIN, 2 * left + BEYOND_TWICE);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
