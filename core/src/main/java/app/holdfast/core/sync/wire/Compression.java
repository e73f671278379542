package app.holdfast.core.sync.wire;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// zstd, whose contexts are used again: making one costs more than compressing a small body. Any thread.
final class Compression {

    /// Level 3 makes pages of rows a twentieth smaller and a tenth slower.
    private static final int LEVEL = 1;
    /// Contexts of each kind that rest, each with about a megabyte outside of the heap; one more is closed.
    private static final int RESTING_MAX = 2;

    private static final BlockingQueue<ZstdCompressCtx> COMPRESSORS = new ArrayBlockingQueue<>(RESTING_MAX);
    private static final BlockingQueue<ZstdDecompressCtx> DECOMPRESSORS = new ArrayBlockingQueue<>(RESTING_MAX);

    private Compression() {
    }

    static byte[] compress(byte[] body) {
        ZstdCompressCtx rested = COMPRESSORS.poll();
        ZstdCompressCtx context = rested == null ? new ZstdCompressCtx().setLevel(LEVEL) : rested;
        byte[] compressed = context.compress(body);
        if (!COMPRESSORS.offer(context)) {
            context.close();
        }
        return compressed;
    }

    /// @param body to be filled
    /// @return bytes written
    /// @throws com.github.luben.zstd.ZstdException when it is not zstd's, or more than fits; the context is not used
    ///         again
    static int decompress(byte[] body, byte[] frame, int offset) {
        ZstdDecompressCtx rested = DECOMPRESSORS.poll();
        ZstdDecompressCtx context = rested == null ? new ZstdDecompressCtx() : rested;
        boolean isSound = false;
        try {
            int written = context.decompressByteArray(body, 0, body.length, frame, offset, frame.length - offset);
            isSound = true;
            return written;
        } finally {
            if (!isSound || !DECOMPRESSORS.offer(context)) {
                context.close();
            }
        }
    }
}
