package app.holdfast.core.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import app.holdfast.core.transport.quic.ConversationThread;
import app.holdfast.core.transport.quic.QuicConversation;
import app.holdfast.core.transport.quic.QuicException;

/// Both sides of `holdfast/ping/1`: one stream, what goes in comes out (`docs/protocol/transport.md`, section 3).
///
/// There are no frames and no preamble, so that any iroh program can ask.
final class Echo {

    /// A stream that is longer is not answered.
    static final int BYTES_MAX = 1024;
    /// How long the asking side may take to ask, and to close when it has its answer.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private Echo() {}

    /// Answers one stream. The connection is closed when this returns.
    static void answer(QuicConversation conversation) {
        ConversationThread.start("echo-limit-" + conversation.peer(), () -> endAfterPatience(conversation));
        try {
            conversation.awaitOpened(PATIENCE);
            byte[] question = conversation.in().readNBytes(BYTES_MAX + 1);
            if (question.length > BYTES_MAX) {
                conversation.close(CloseCode.BAD_FRAME, "more than " + BYTES_MAX + " bytes");
                return;
            }
            try (OutputStream out = conversation.out()) {
                out.write(question);
            }
            // who asks closes when the answer has come; closing from here at once would overtake it
            conversation.awaitEnded(PATIENCE);
        } catch (IOException e) {
            // who asked has gone; nobody is left to tell
        } finally {
            conversation.close(CloseCode.DONE, "done");
        }
    }

    /// Whoever asks slowly is cut off, so that strangers cannot hold on to what is offered to all; and whoever answers
    /// slowly, so that nobody waits for ever.
    private static void endAfterPatience(QuicConversation conversation) {
        conversation.awaitEnded(PATIENCE.multipliedBy(2));
        conversation.close(CloseCode.DONE, "too slow");
    }

    /// Asks once over an open conversation.
    ///
    /// @return round trip time in microseconds
    /// @throws DialException when something else comes back
    static long ask(QuicConversation conversation) throws IOException {
        byte[] question = ByteBuffer.allocate(2 * Long.BYTES).putLong(System.nanoTime()).putLong(0).array();
        byte[] answer;
        ConversationThread.start("echo-limit-" + conversation.peer(), () -> endAfterPatience(conversation));
        long sent = System.nanoTime();
        try {
            try (OutputStream out = conversation.out()) {
                out.write(question);
            }
            answer = conversation.in().readNBytes(BYTES_MAX + 1);
        } catch (QuicException e) {
            throw e;
        } catch (IOException e) {
            throw conversation.ending();
        }
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sent);
        if (!Arrays.equals(question, answer)) {
            throw new DialException(DialException.Reason.OTHER_PROTOCOL, "the device answered something else");
        }
        return micros;
    }
}
