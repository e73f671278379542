package app.holdfast.core.transport.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.pairing.TicketException.Reason;

class TicketTest {

    private static final DeviceId DEVICE =
            new DeviceId("ae58ff8833241ac82d6ff7611046ed67b5072d142c588d0063e942d9a75502b6");
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 1024);
    private static final InetSocketAddress LOOPBACK6 = new InetSocketAddress("::1", 4242);

    @Test
    void readsATicketWithARelayAsIrohWritesIt() throws TicketException {
        // the vector of crate iroh-tickets 1.0
        byte[] bytes = HexFormat.of().parseHex("00" + DEVICE.hex() + "02"
                + "0010687474703a2f2f646572702e6d652e2f" + "01007f0000018008");

        var ticket = EndpointTicket.parse("endpoint" + Base32.encode(bytes));

        assertThat(ticket).isEqualTo(new EndpointTicket(DEVICE, List.of(LOOPBACK)));
    }

    @Test
    void writesWhatIrohWrites() throws TicketException {
        // made by npm @number0/iroh 1.1.0 for the seed of 32 bytes 07
        String fromIroh = "endpointadveu3dd4kofecv66vihwezoyx4zkr3wv27l464siipou2iui3jcyaibab7qaaabrguag";
        var device = new DeviceId("ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c");

        var read = EndpointTicket.parse(fromIroh);
        var written = new EndpointTicket(device, List.of(new InetSocketAddress("127.0.0.1", 54281))).text();

        assertThat(read.device()).isEqualTo(device);
        assertThat(read.addresses()).containsExactly(new InetSocketAddress("127.0.0.1", 54281));
        assertThat(written).isEqualTo(fromIroh);
    }

    @Test
    void ticketsSurviveBeingWrittenAndReadInAnyCaseAndWithBlanks() throws TicketException {
        var ticket = new EndpointTicket(DEVICE, List.of(LOOPBACK, LOOPBACK6));
        var invitation = invitation(List.of(LOOPBACK, LOOPBACK6));

        var shouted = "  " + ticket.text().toUpperCase(Locale.ROOT) + "\n";

        assertThat(EndpointTicket.parse(shouted)).isEqualTo(ticket);
        assertThat(Invitation.parse(invitation.text())).isEqualTo(invitation);
        assertThat(Invitation.parse(invitation.text()).secret()).isEqualTo(invitation.secret());
    }

    @Test
    void addressesAreWrittenInIrohsOrder() {
        var oneWay = new EndpointTicket(DEVICE, List.of(LOOPBACK6, LOOPBACK, LOOPBACK));
        var otherWay = new EndpointTicket(DEVICE, List.of(LOOPBACK, LOOPBACK6));

        assertThat(oneWay.text()).isEqualTo(otherWay.text());
    }

    @Test
    void anInvitationThatIsCutAnywhereIsRefused() {
        String text = invitation(List.of(LOOPBACK)).text();

        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            var failure = catchThrowableOfType(TicketException.class, () -> Invitation.parse(cut));

            assertThat(failure).as(cut).isNotNull();
            assertThat(failure.reason()).as(cut).isIn(Reason.NOT_A_TICKET, Reason.CUT_SHORT, Reason.ALTERED);
        }
    }

    @Test
    void anInvitationCutAtABytesEndIsSaidToBeCutShort() {
        String text = invitation(List.of(LOOPBACK)).text();

        var failure = catchThrowableOfType(TicketException.class,
                () -> Invitation.parse(text.substring(0, "holdfast".length() + 64)));

        assertThat(failure.reason()).isEqualTo(Reason.CUT_SHORT);
        assertThat(failure.offset()).isEqualTo(40);
    }

    @Test
    void anInvitationWithAnyCharacterChangedIsRefused() {
        String text = invitation(List.of(LOOPBACK)).text();

        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'x' ? 'y' : 'x';
            String altered = text.substring(0, i) + other + text.substring(i + 1);

            assertThat(catchThrowableOfType(TicketException.class, () -> Invitation.parse(altered))).as(altered)
                    .isNotNull();
        }
    }

    @Test
    void anUnknownVersionIsSaidToBeOne() {
        byte[] newer = new byte[80];
        newer[0] = 1;

        String text = "holdfast" + Base32.encode(newer);
        var failure = catchThrowableOfType(TicketException.class, () -> Invitation.parse(text));

        assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_VERSION);
    }

    @Test
    void oneKindOfTicketIsNotTheOther() {
        String endpoint = new EndpointTicket(DEVICE, List.of()).text();
        String invitation = invitation(List.of()).text();

        assertThat(catchThrowableOfType(TicketException.class, () -> Invitation.parse(endpoint)).reason())
                .isEqualTo(Reason.NOT_A_TICKET);
        assertThat(catchThrowableOfType(TicketException.class, () -> EndpointTicket.parse(invitation)).reason())
                .isEqualTo(Reason.NOT_A_TICKET);
    }

    @Test
    void theSecretIsNeverShown() {
        var invitation = invitation(List.of(LOOPBACK));
        String hex = HexFormat.of().formatHex(invitation.secret());

        assertThat(invitation.toString()).doesNotContain(hex).doesNotContain(Arrays.toString(invitation.secret()));
        assertThat(invitation.text()).startsWith("holdfast");
    }

    @Test
    void anyBytesAreEitherATicketOrRefused() {
        long seed = System.nanoTime();
        System.out.println("ticket fuzz seed " + seed);
        var random = new Random(seed);

        int accepted = 0;
        for (int round = 0; round < 100_000; round++) {
            byte[] bytes = round % 2 == 0 ? randomBytes(random) : mutated(random);
            accepted += parses("endpoint" + Base32.encode(bytes)) + parses("holdfast" + Base32.encode(bytes));
        }

        System.out.println("ticket fuzz: " + accepted + " of 200000 texts were tickets");
        assertThat(accepted).isPositive();
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(120)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] mutated(Random random) {
        byte[] bytes = new TicketWriter().u8(0).device(DEVICE).addresses(List.of(LOOPBACK, LOOPBACK6)).toBytes();
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
    }

    private static int parses(String text) {
        try {
            if (text.startsWith("endpoint")) {
                EndpointTicket.parse(text);
            } else {
                Invitation.parse(text);
            }
            return 1;
        } catch (TicketException e) {
            assertThat(e.offset()).isBetween(0, text.length());
            return 0;
        }
    }

    private static Invitation invitation(List<InetSocketAddress> addresses) {
        byte[] secret = new byte[Invitation.SECRET_BYTES];
        new Random(5).nextBytes(secret);
        return new Invitation(DEVICE, addresses, secret, 1_795_000_000L);
    }
}
