package app.holdfast.core.transport.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.pairing.InvitationBook.Answer;
import app.holdfast.core.transport.pairing.PairingMessage.Reason;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvitationBookTest {

    private static final DeviceId INVITER = new DeviceId("11".repeat(32));
    private static final DeviceId JOINER = new DeviceId("22".repeat(32));
    private static final DeviceId OTHER = new DeviceId("33".repeat(32));
    private static final long EXPIRES_SECONDS = 1_000;
    private static final long NOW = 500_000;
    private static final long HOUR = 3_600_000;

    private final InvitationBook book = new InvitationBook();

    private static byte[] secret(int number) {
        byte[] secret = new byte[Invitation.SECRET_BYTES];
        Arrays.fill(secret, (byte) number);
        return secret;
    }

    private void invite(int number) {
        book.add(new Invitation(INVITER, List.of(), secret(number), EXPIRES_SECONDS), true);
    }

    private Answer prove(int number, DeviceId joiner, long now) {
        return prove(number, number, joiner, now);
    }

    /// @param secretNumber what the joiner believes the secret to be
    private Answer prove(int number, int secretNumber, DeviceId joiner, long now) {
        var exchange = new PairingProof(INVITER, new byte[16], joiner, new byte[16]);
        return book.prove(PairingProof.nameOf(secret(number)), exchange, exchange.ofJoiner(secret(secretNumber)), now);
    }

    @Test
    void aRightProofIsAnsweredWithACounterproofAndTheSameDigits() {
        invite(1);

        Answer answer = prove(1, JOINER, NOW);

        var exchange = new PairingProof(INVITER, new byte[16], JOINER, new byte[16]);
        assertThat(answer).isInstanceOfSatisfying(Answer.Proven.class, proven -> {
            assertThat(proven.counterproof()).isEqualTo(exchange.ofInviter(secret(1)));
            assertThat(proven.digits()).isEqualTo(exchange.digits(secret(1)));
            assertThat(proven.acceptAtOnce()).isTrue();
        });
    }

    @Test
    void theSameDeviceMayComeAgainAndAnotherMayNot() {
        invite(1);
        prove(1, JOINER, NOW);

        assertThat(prove(1, JOINER, NOW)).isInstanceOf(Answer.Proven.class);
        assertThat(prove(1, OTHER, NOW)).isEqualTo(new Answer.Refused(Reason.USED));
    }

    @Test
    void anInvitationDiesWithItsTimeAndIsForgottenAnHourLater() {
        invite(1);
        long expired = 1_000 * EXPIRES_SECONDS + 1;

        assertThat(prove(1, JOINER, expired - 1)).isInstanceOf(Answer.Proven.class);
        assertThat(prove(1, JOINER, expired)).isEqualTo(new Answer.Refused(Reason.USED));
        invite(2);
        assertThat(prove(2, JOINER, expired)).isEqualTo(new Answer.Refused(Reason.EXPIRED));
        assertThat(book.expectsAnyone(expired + HOUR - 1)).isTrue();
        assertThat(book.expectsAnyone(expired + HOUR)).isFalse();
        assertThat(prove(2, JOINER, expired + HOUR)).isEqualTo(new Answer.Refused(Reason.NO_SUCH_INVITATION));
    }

    @Test
    void anInvitationDiesAfterFiveWrongProofsAndOthersLiveOn() {
        invite(1);
        invite(2);
        for (int i = 0; i < InvitationBook.WRONG_PROOFS_MAX; i++) {
            assertThat(prove(1, 9, OTHER, NOW)).isEqualTo(new Answer.Refused(Reason.WRONG_PROOF));
        }

        assertThat(prove(1, JOINER, NOW)).isEqualTo(new Answer.Refused(Reason.WRONG_PROOF));
        assertThat(prove(2, JOINER, NOW)).isInstanceOf(Answer.Proven.class);
    }

    @Test
    void rightProofsForOneInvitationDoNotCountAsWrongOnesForAnother() {
        invite(1);
        invite(2);
        for (int i = 0; i < 2 * InvitationBook.WRONG_PROOFS_MAX; i++) {
            prove(2, JOINER, NOW);
        }

        assertThat(prove(1, OTHER, NOW)).isInstanceOf(Answer.Proven.class);
    }

    @Test
    void nobodyGetsInWithAnInvitationThatWasDeclined() {
        invite(1);
        prove(1, JOINER, NOW);

        book.declined(PairingProof.nameOf(secret(1)), NOW);

        assertThat(prove(1, JOINER, NOW)).isEqualTo(new Answer.Refused(Reason.DECLINED));
        assertThat(prove(1, OTHER, NOW)).isEqualTo(new Answer.Refused(Reason.DECLINED));
    }

    @Test
    void theOldestIsForgottenWhenThereAreTooMany() {
        for (int i = 0; i <= InvitationBook.INVITATIONS_MAX; i++) {
            invite(i);
        }

        assertThat(prove(0, JOINER, NOW)).isEqualTo(new Answer.Refused(Reason.NO_SUCH_INVITATION));
        assertThat(prove(1, JOINER, NOW)).isInstanceOf(Answer.Proven.class);
    }

    @Test
    void nobodyIsExpectedAfterClosing() {
        invite(1);

        book.close();

        assertThat(book.expectsAnyone(NOW)).isFalse();
        assertThat(prove(1, JOINER, NOW)).isEqualTo(new Answer.Refused(Reason.NO_SUCH_INVITATION));
    }
}
