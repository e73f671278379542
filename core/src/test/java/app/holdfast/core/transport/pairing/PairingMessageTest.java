package app.holdfast.core.transport.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.holdfast.core.change.RandomChanges;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.LibraryId;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PairingMessageTest {

    private static final long SEED = Long.getLong("seed", 20260804);

    private static List<PairingMessage> messages(RandomChanges random) {
        var member = new PairingMessage.Member(DeviceId.of(random.bytes(32)), "größe", List.of("127.0.0.1:4242"));
        return List.of(
                new PairingMessage.Knock(random.bytes(8), random.bytes(16)),
                new PairingMessage.Challenge(random.bytes(16)),
                new PairingMessage.Proof(random.bytes(32), "studio-pc"),
                new PairingMessage.Counterproof(random.bytes(32), "laptop", "Photos"),
                new PairingMessage.Agreed(List.of("127.0.0.1:1", "[::1]:65535")),
                new PairingMessage.Welcome(new LibraryId(random.uuid()), "Photos", List.of(member, member)),
                new PairingMessage.Done(),
                new PairingMessage.Refused(PairingMessage.Reason.USED));
    }

    @Test
    void decodingGivesBackEveryMessageThatWasEncoded() throws CborException {
        var random = new RandomChanges(new SplittableRandom(SEED));

        for (PairingMessage message : messages(random)) {
            PairingMessage decoded = PairingMessage.decode(message.encode());

            assertThat(decoded).hasSameClassAs(message);
            assertThat(decoded.encode()).isEqualTo(message.encode());
        }
    }

    @Test
    void bytesAreThoseOfTheProtocolDocument() {
        byte[] nonce = HexFormat.of().parseHex("b0b1b2b3b4b5b6b7b8b9babbbcbdbebf");

        byte[] knock = new PairingMessage.Knock(new byte[8], nonce).encode();

        // docs/protocol/pairing.md, section 2
        assertThat(HexFormat.of().formatHex(knock))
                .isEqualTo("83" + "00" + "480000000000000000" + "50b0b1b2b3b4b5b6b7b8b9babbbcbdbebf");
    }

    @Test
    void brokenMessagesAreRefusedOrAreOtherMessages() {
        System.out.println("PairingMessageTest seed " + SEED);
        var random = new RandomChanges(new SplittableRandom(SEED));
        List<PairingMessage> messages = messages(random);
        int refused = 0;

        for (int i = 0; i < 100_000; i++) {
            byte[] broken = random.mutated(messages.get(i % messages.size()).encode());
            try {
                PairingMessage.decode(broken);
            } catch (CborException e) {
                refused++;
                assertThat(e.offset()).isBetween(0, broken.length);
            }
        }

        assertThat(refused).isBetween(30_000, 95_000);
    }

    @Test
    void moreMembersThanAreTakenAreRefusedBeforeAnyIsMade() {
        var out = new CborWriter().array(4).unsigned(5).id(new UUID(1, 2)).text("Photos").array(1_001);
        for (int i = 0; i < 1_001; i++) {
            out.nothing();
        }

        assertThatExceptionOfType(CborException.class).isThrownBy(() -> PairingMessage.decode(out.toBytes()))
                .withMessageContaining("1001 items where at most 1000 are taken");
    }
}
