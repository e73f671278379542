package tech.kwik.agent15.extension;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

import app.holdfast.tls.wire.WireReader;
import app.holdfast.tls.wire.WireWriter;
import tech.kwik.agent15.alert.DecodeErrorException;

/// Names of application protocols, most wanted first (RFC 7301).
///
/// kwik takes names as strings; as ISO 8859-1 any bytes survive.
public final class ApplicationLayerProtocolNegotiationExtension extends Extension {

    public static final int TYPE = 16;

    private final List<String> protocols;

    public ApplicationLayerProtocolNegotiationExtension(String protocol) {
        this(List.of(protocol));
    }

    private ApplicationLayerProtocolNegotiationExtension(List<String> protocols) {
        this.protocols = List.copyOf(protocols);
    }

    public static ApplicationLayerProtocolNegotiationExtension parse(byte[] body) throws DecodeErrorException {
        WireReader reader = new WireReader(body);
        WireReader list = reader.vector16("protocol names");
        reader.end("protocol names");
        List<String> names = new ArrayList<>();
        do {
            byte[] name = list.vector8("protocol name").rest();
            if (name.length == 0) {
                throw new DecodeErrorException("empty protocol name");
            }
            names.add(new String(name, ISO_8859_1));
        } while (list.hasMore());
        return new ApplicationLayerProtocolNegotiationExtension(names);
    }

    public List<String> getProtocols() {
        return protocols;
    }

    @Override
    public byte[] getBytes() {
        WireWriter names = new WireWriter();
        protocols.forEach(name -> names.vector8(name.getBytes(ISO_8859_1)));
        byte[] body = new WireWriter().vector16(names.toBytes()).toBytes();
        return new WireWriter().u16(TYPE).vector16(body).toBytes();
    }
}
