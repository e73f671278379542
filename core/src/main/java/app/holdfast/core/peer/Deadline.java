package app.holdfast.core.peer;

import app.holdfast.core.transport.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Waits for a peer, but not for ever.
final class Deadline {

    private Deadline() {
    }

    /// The next frame; a link that brings none in time is closed.
    ///
    /// @return null when the peer ended the conversation in order
    /// @throws IOException when the time is over or the link is lost
    static byte @Nullable [] receive(Link link, Duration longest) throws IOException {
        var done = new CountDownLatch(1);
        var late = new AtomicBoolean();
        Thread.ofVirtual().name("deadline-" + link.peer()).start(() -> {
            try {
                if (!done.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                    late.set(true);
                    link.close();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            byte[] frame = link.receive();
            if (frame == null && late.get()) {
                throw new IOException("the peer said nothing for " + longest.toSeconds() + " s");
            }
            return frame;
        } finally {
            done.countDown();
        }
    }
}
