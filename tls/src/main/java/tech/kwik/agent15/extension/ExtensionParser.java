package tech.kwik.agent15.extension;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

import tech.kwik.agent15.TlsConstants.HandshakeType;
import tech.kwik.agent15.TlsProtocolException;

/// kwik's own reading of an extension: the transport parameters.
public interface ExtensionParser {

    /// @param buffer stands at the extension's type
    /// @return null when the extension is none of kwik's; the buffer is then where it was
    @Nullable Extension apply(ByteBuffer buffer, HandshakeType context) throws TlsProtocolException;
}
