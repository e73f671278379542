package app.holdfast.core.peer;

import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.sync.wire.SyncCodec;
import app.holdfast.core.transport.Link;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a device hears that links up while it is paused here: a word, so that it does not take this one for broken.
final class PausedWord {

    private static final Logger LOG = LoggerFactory.getLogger(PausedWord.class);

    private PausedWord() {
    }

    /// For a link that is to be closed at once.
    static void say(Link link) {
        try {
            link.send(SyncCodec.encode(new SyncMessage.Goodbye(Ending.PAUSED)));
        } catch (IOException e) {
            LOG.debug("not told that it is paused here peer={} cause={}", link.peer(), e.getMessage());
        }
    }

    /// Says it on a thread of its own, because the peer may not read, and ends the link.
    static void dismiss(Meeting meeting) {
        Thread.ofVirtual().name("peer-dismiss-" + meeting.link().peer()).start(() -> {
            say(meeting.link());
            meeting.end();
        });
    }
}
