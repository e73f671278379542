package app.holdfast.core.peer;

import app.holdfast.core.sync.SyncMessage;
import app.holdfast.core.sync.wire.SyncCodec;
import app.holdfast.core.transport.Link;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a device hears whose link is not used, because it is paused here or another program says that it is it: a word,
/// so that it does not take this one for broken.
final class LastWord {

    private static final Logger LOG = LoggerFactory.getLogger(LastWord.class);

    private LastWord() {
    }

    /// For a link that is to be closed at once.
    static void say(Link link, String word) {
        try {
            link.send(SyncCodec.encode(new SyncMessage.Goodbye(word)));
        } catch (IOException e) {
            LOG.debug("not told peer={} word={} cause={}", link.peer(), word, e.getMessage());
        }
    }

    /// Says it on a thread of its own, because the peer may not read, and ends the link.
    static void dismiss(Meeting meeting, String word) {
        Thread.ofVirtual().name("peer-dismiss-" + meeting.link().peer()).start(() -> {
            say(meeting.link(), word);
            meeting.end();
        });
    }
}
