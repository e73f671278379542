package app.holdfast.kwik;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tech.kwik.core.common.EncryptionLevel;
import tech.kwik.core.crypto.ConnectionSecrets;
import tech.kwik.core.impl.Role;
import tech.kwik.core.impl.Version;
import tech.kwik.core.impl.VersionHolder;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.packet.HandshakePacket;
import tech.kwik.core.packet.InitialPacket;
import tech.kwik.core.packet.QuicPacket;
import tech.kwik.core.packet.ShortHeaderPacket;

/// Several packets in one datagram, of which the first cannot be read.
class PacketBytesTest {

    private static final QuicPacket INITIAL = new InitialPacket(Version.QUIC_version_1);
    private static final QuicPacket HANDSHAKE = new HandshakePacket(Version.QUIC_version_1);
    /// A packet of 3 bytes behind ids of 8 and 2 bytes.
    private static final byte[] HEADER = {(byte) 0xC0, 0, 0, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8, 2, 9, 9};

    private static final VersionHolder VERSION = VersionHolder.with(Version.QUIC_version_1);

    private ConnectionSecrets secrets;

    @BeforeEach
    void keys() {
        secrets = new ConnectionSecrets(VersionHolder.withDefault(), Role.Client, null, new NullLogger());
        secrets.computeInitialKeys(new byte[8]);
    }

    private static ByteBuffer packet(int... rest) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER.length + rest.length).put(HEADER);
        for (int each : rest) {
            bytes.put((byte) each);
        }
        return bytes.flip();
    }

    private int passed(QuicPacket packet, ByteBuffer data) {
        int begin = data.position();
        PacketBytes.pass(secrets, VERSION, packet, data);
        return data.position() - begin;
    }

    @Test
    void aPacketWhoseKeysAreGoneIsPassed() {
        secrets.discardKeys(EncryptionLevel.Initial);

        assertThat(passed(INITIAL, packet(0, 3, 7, 7, 7, 1, 1, 1))).isEqualTo(HEADER.length + 5);
        assertThat(passed(INITIAL, packet(2, 5, 5, 3, 7, 7, 7))).isEqualTo(HEADER.length + 7);
        assertThat(passed(INITIAL, packet(0, 0x40, 3, 7, 7, 7, 1))).isEqualTo(HEADER.length + 6);
        assertThat(passed(HANDSHAKE, packet(3, 7, 7, 7, 1))).isEqualTo(HEADER.length + 4);
        assertThat(passed(INITIAL, packet(0, 3, 9, 0, 3, 7, 7, 7, 1).position(0))).isEqualTo(HEADER.length + 5);
    }

    @Test
    void oneThatCanBeReadIsLeftWhereItIs() {
        assertThat(passed(INITIAL, packet(0, 3, 7, 7, 7, 1, 1, 1))).isZero();
    }

    @Test
    void oneThatDoesNotEndInItsDatagramIsLeftWhereItIs() {
        secrets.discardKeys(EncryptionLevel.Initial);
        ByteBuffer whole = packet(2, 5, 5, 3, 7, 7, 7);

        for (int length = 0; length < whole.capacity(); length++) {
            assertThat(passed(INITIAL, whole.duplicate().limit(length))).as("%d bytes", length).isZero();
        }
        assertThat(passed(INITIAL, packet(0, 4, 7, 7, 7))).isZero();
        assertThat(passed(INITIAL, packet(0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1))).isZero();
        assertThat(passed(new ShortHeaderPacket(Version.QUIC_version_1), ByteBuffer.wrap(new byte[] {0x40, 1, 2})))
                .isZero();
    }

    @Test
    void oneOfAnotherVersionIsLeftWhereItIs() {
        secrets.discardKeys(EncryptionLevel.Initial);

        assertThat(passed(new InitialPacket(Version.QUIC_version_2), packet(0, 3, 7, 7, 7))).isZero();
    }

    @Test
    void anyBytesAreTaken() {
        secrets.discardKeys(EncryptionLevel.Initial);
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("coalesced packets fuzz seed " + seed);
        Random random = new Random(seed);

        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            ByteBuffer data = ByteBuffer.wrap(bytes);
            PacketBytes.pass(secrets, VERSION, i % 2 == 0 ? INITIAL : HANDSHAKE, data);
            assertThat(data.position()).isBetween(0, bytes.length);
            assertThat(data.limit()).isEqualTo(bytes.length);
        }
    }
}
