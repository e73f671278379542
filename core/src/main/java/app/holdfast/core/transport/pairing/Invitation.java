package app.holdfast.core.transport.pairing;

import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.pairing.TicketException.Reason;

/// Our own ticket: where the inviting device can be reached, and the secret that shows that its owner gave it to the
/// bearer.
///
/// Whether it has expired or was used already is judged by the inviting device, not here.
///
/// @param device         the inviting device
/// @param addresses      where to try it
/// @param secret         16 random bytes; never in `toString`
/// @param expiresSeconds seconds since 1970-01-01T00:00Z after which the invitation is dead
public record Invitation(DeviceId device, List<InetSocketAddress> addresses, byte[] secret, long expiresSeconds) {

    /// Length of the secret.
    public static final int SECRET_BYTES = 16;

    private static final String PREFIX = "holdfast";
    private static final int VERSION = 0;
    /// The first bytes of SHA-256 over all that comes before: against slips of the hand, not against forgers.
    private static final int CHECK_BYTES = 4;

    public Invitation {
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException("the secret of an invitation is " + SECRET_BYTES + " bytes");
        }
        addresses = List.copyOf(addresses);
        secret = secret.clone();
    }

    /// Reads `holdfast…`; case and surrounding blanks do not matter.
    public static Invitation parse(String text) throws TicketException {
        TicketReader reader = TicketReader.of(text, PREFIX);
        reader.version(VERSION);
        Invitation invitation = new Invitation(reader.device(), reader.addresses(), reader.take(SECRET_BYTES),
                reader.leb128(Long.SIZE));
        int offset = reader.offset();
        byte[] check = reader.take(CHECK_BYTES);
        reader.end();
        if (!Arrays.equals(check, check(reader.without(CHECK_BYTES)))) {
            throw new TicketException(Reason.ALTERED, "the check sum does not fit", offset);
        }
        return invitation;
    }

    /// `holdfast…`: to be shown to the person and to nobody else.
    public String text() {
        byte[] body = new TicketWriter().u8(VERSION).device(device).addresses(addresses).bytes(secret)
                .leb128(expiresSeconds).toBytes();
        return PREFIX + Base32.encode(new TicketWriter().bytes(body).bytes(check(body)).toBytes());
    }

    /// A copy.
    @Override
    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Invitation that && device.equals(that.device) && addresses.equals(that.addresses)
                && MessageDigest.isEqual(secret, that.secret) && expiresSeconds == that.expiresSeconds;
    }

    @Override
    public int hashCode() {
        return device.hashCode() * 31 + Long.hashCode(expiresSeconds);
    }

    @Override
    public String toString() {
        return "Invitation[device=" + device + ", addresses=" + addresses + ", expiresSeconds=" + expiresSeconds + "]";
    }

    private static byte[] check(byte[] body) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(body), CHECK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
