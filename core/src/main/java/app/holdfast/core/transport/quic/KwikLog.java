package app.holdfast.core.transport.quic;

import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tech.kwik.core.log.BaseLogger;

/// kwik's log as ours, at the lowest levels: it calls an error what a peer did wrong, and reports as errors what is
/// none. Bytes of packets and secrets are never written.
final class KwikLog extends BaseLogger {

    private static final Logger LOG = LoggerFactory.getLogger(KwikLog.class);

    KwikLog() {
        logWarning(LOG.isDebugEnabled());
        logInfo(LOG.isTraceEnabled());
    }

    @Override
    protected void log(String message) {
        LOG.debug("{}", message);
    }

    @Override
    protected void log(String message, Throwable error) {
        LOG.debug("{}", message, error);
    }

    @Override
    protected void logWithHexDump(String message, byte[] data, int length) {
        LOG.trace("{} ({} bytes)", message, length);
    }

    @Override
    protected void logWithHexDump(String message, ByteBuffer data, int offset, int length) {
        LOG.trace("{} ({} bytes)", message, length);
    }
}
