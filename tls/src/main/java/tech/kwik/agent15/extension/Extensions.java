package tech.kwik.agent15.extension;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

import app.holdfast.tls.wire.WireReader;
import app.holdfast.tls.wire.WireWriter;
import tech.kwik.agent15.TlsConstants.AlertDescription;
import tech.kwik.agent15.TlsConstants.HandshakeType;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.alert.DecodeErrorException;
import tech.kwik.agent15.alert.ErrorAlert;

/// The list of extensions in a message.
public final class Extensions {

    /// A message with more is refused; browsers send about 20, iroh 12.
    public static final int COUNT_MAX = 64;

    private Extensions() {}

    /// @param custom null when kwik reads nothing in this message
    public static List<Extension> parse(WireReader message, HandshakeType context, @Nullable ExtensionParser custom)
            throws TlsProtocolException {
        WireReader list = message.vector16("extensions");
        List<Extension> extensions = new ArrayList<>();
        Set<Integer> types = new HashSet<>();
        while (list.hasMore()) {
            int type = list.u16("extension type");
            byte[] body = list.vector16("extension").rest();
            if (!types.add(type)) {
                throw new ErrorAlert("extension " + type + " comes twice", AlertDescription.illegal_parameter);
            }
            if (types.size() > COUNT_MAX) {
                throw new DecodeErrorException("more than " + COUNT_MAX + " extensions");
            }
            extensions.add(parse(type, body, context, custom));
        }
        return extensions;
    }

    /// The encoding of a list, its length first.
    public static byte[] encode(List<? extends Extension> extensions) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        extensions.forEach(extension -> all.writeBytes(extension.getBytes()));
        return new WireWriter().vector16(all.toByteArray()).toBytes();
    }

    /// A reader for the body of the extension of this type, or null when there is none.
    public static @Nullable WireReader find(List<? extends Extension> extensions, int type) {
        for (Extension extension : extensions) {
            if (extension instanceof RawExtension raw && raw.getType() == type) {
                return new WireReader(raw.body());
            }
        }
        return null;
    }

    private static Extension parse(int type, byte[] body, HandshakeType context, @Nullable ExtensionParser custom)
            throws TlsProtocolException {
        Extension known = custom == null ? null : askKwik(new RawExtension(type, body), context, custom);
        if (known != null) {
            return known;
        }
        return type == ApplicationLayerProtocolNegotiationExtension.TYPE
                ? ApplicationLayerProtocolNegotiationExtension.parse(body)
                : new RawExtension(type, body);
    }

    /// kwik's parser reads past the end and allocates negative sizes when the bytes tell it to. It is given these
    /// bytes and no others, and whatever it throws means that they are wrong.
    private static @Nullable Extension askKwik(RawExtension raw, HandshakeType context, ExtensionParser custom)
            throws TlsProtocolException {
        try {
            return custom.apply(ByteBuffer.wrap(raw.getBytes()), context);
        } catch (RuntimeException e) {
            throw new DecodeErrorException("extension " + raw.getType() + " makes no sense: " + e.getClass()
                    .getSimpleName());
        }
    }
}
