package app.holdfast.core.model;

import java.util.HexFormat;
import java.util.UUID;

/// A device's identity: the Ed25519 public key by which it is known on the network (iroh's EndpointId).
///
/// @param hex 64 lower-case hexadecimal digits: the 32-byte compressed Edwards point of RFC 8032 section 5.1.2
public record DeviceId(String hex) implements Comparable<DeviceId> {

    /// Length of the binary form.
    public static final int BYTES = 32;

    /// @throws IllegalArgumentException when this is not 64 lower-case hexadecimal digits
    public DeviceId {
        if (hex.length() != 2 * BYTES || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException("a device id is 64 lower-case hexadecimal digits");
        }
    }

    /// @param bytes the 32 bytes of the public key
    public static DeviceId of(byte[] bytes) {
        return new DeviceId(HexFormat.of().formatHex(bytes));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /// The id under which this device's own stream is claimed: the first 128 bits of the key, marked as a version 8
    /// UUID (RFC 9562 section 5.8), so that every device computes the same one.
    public UUID subject() {
        long high = Long.parseUnsignedLong(hex, 0, 16, 16);
        long low = Long.parseUnsignedLong(hex, 16, 32, 16);
        return new UUID(high & ~0xF000L | 0x8000L, low & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
    }

    /// The first ten digits, as people compare and logs print them.
    public String shortHex() {
        return hex.substring(0, 10);
    }

    @Override
    public int compareTo(DeviceId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return shortHex();
    }
}
