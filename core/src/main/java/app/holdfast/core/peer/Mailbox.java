package app.holdfast.core.peer;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// What an engine is told, in order. Anyone tells, the engine's thread takes; nobody waits for room.
final class Mailbox {

    /// A link tells at most three things at a time and a peer has at most five links; the rest are people's wishes.
    /// More than this is a bug, and telling fails.
    private static final int MAILBOX_MAX = 4_096;

    private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>(MAILBOX_MAX);
    private final AtomicBoolean closed = new AtomicBoolean();

    void tell(Mail mail) {
        mails.add(mail);
        if (closed.get() && mails.remove(mail)) {
            mail.returnToSender();
        }
    }

    /// The last thing that is taken. May be called twice.
    void close() {
        if (closed.compareAndSet(false, true)) {
            mails.add(new Mail.Close());
        }
    }

    Mail take() throws InterruptedException {
        return mails.take();
    }

    /// @return null when nothing came in time
    @Nullable Mail take(long waitNanos) throws InterruptedException {
        return mails.poll(waitNanos, TimeUnit.NANOSECONDS);
    }

    /// Nobody takes any more.
    void returnAll() {
        closed.set(true);
        for (Mail late = mails.poll(); late != null; late = mails.poll()) {
            late.returnToSender();
        }
    }
}
