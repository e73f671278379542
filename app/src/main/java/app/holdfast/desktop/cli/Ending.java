package app.holdfast.desktop.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// Turns SIGTERM and SIGINT into an orderly end: they let [#await] return or interrupt a command, and the process stays
/// until [#done].
///
/// The exit status is then the system's own for the signal, 143 or 130.
final class Ending {

    /// Longer than core's deadlines for closing, added up; what was committed is on disk even when it is not enough.
    private static final long CLOSING_SECONDS_MAX = 20;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    private Ending() {}

    static Ending onSignal(ThreadFactory threads) {
        var ending = new Ending();
        Runtime.getRuntime().addShutdownHook(threads.newThread(ending::waitForClosing));
        return ending;
    }

    /// @param command told to end by an interrupt, if it still runs
    static Ending interrupting(Thread command, ThreadFactory threads) {
        var ending = new Ending();
        Runtime.getRuntime().addShutdownHook(threads.newThread(() -> {
            if (ending.done.getCount() > 0) {
                command.interrupt();
            }
            ending.waitForClosing();
        }));
        return ending;
    }

    /// Blocks until the process is told to end.
    void await() throws CliException {
        try {
            asked.await();
        } catch (InterruptedException e) {
            throw Waiting.interrupted();
        }
    }

    /// Everything is closed.
    void done() {
        done.countDown();
    }

    private void waitForClosing() {
        asked.countDown();
        try {
            if (!done.await(CLOSING_SECONDS_MAX, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(CommandTree.FAILED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
