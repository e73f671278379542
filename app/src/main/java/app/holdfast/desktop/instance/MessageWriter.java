package app.holdfast.desktop.instance;

import java.io.IOException;
import java.io.Writer;
import java.util.function.Function;

/// Sends what is written as messages of a bounded size. Confined to the thread that holds its lock, as every writer.
final class MessageWriter extends Writer {

    /// Even when each takes six bytes in JSON, a piece stays well under [Frames#FRAME_BYTES_MAX].
    private static final int PIECE_CHARS_MAX = 32 * 1024;

    private final Frames frames;
    private final Function<String, Message> wrap;
    private final StringBuilder waiting = new StringBuilder();

    MessageWriter(Frames frames, Function<String, Message> wrap) {
        this.frames = frames;
        this.wrap = wrap;
    }

    @Override
    public void write(char[] chars, int from, int count) throws IOException {
        synchronized (lock) {
            for (int done = 0; done < count;) {
                int room = Math.min(PIECE_CHARS_MAX - waiting.length(), count - done);
                waiting.append(chars, from + done, room);
                done += room;
                if (waiting.length() == PIECE_CHARS_MAX) {
                    send();
                }
            }
        }
    }

    @Override
    public void flush() throws IOException {
        synchronized (lock) {
            send();
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    /// Keeps back the first half of a pair until its second half comes.
    private void send() throws IOException {
        int end = waiting.length();
        if (end > 0 && Character.isHighSurrogate(waiting.charAt(end - 1))) {
            end--;
        }
        if (end == 0) {
            return;
        }
        String piece = waiting.substring(0, end);
        waiting.delete(0, end);
        try {
            frames.write(wrap.apply(piece));
        } catch (MalformedMessage e) {
            throw new IllegalStateException("a piece is longer than a message may be", e);
        }
    }
}
