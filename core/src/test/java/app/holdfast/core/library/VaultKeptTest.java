package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.CoreException.VaultNotGiven;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.api.VaultTaking;
import app.holdfast.core.exchange.ExchangeMessage;
import app.holdfast.core.transport.Link;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long what is given is kept, and a vault that gives stays open.
final class VaultKeptTest {

    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final UUID EXCHANGE = new UUID(5, 5);

    @TempDir
    private Path folder;
    private TwoDesks two;

    @BeforeEach
    void twoDesks() throws CoreException {
        two = new TwoDesks(folder);
        two.laptop.offer(two.theirs, TwoDesks.DESKTOP, Set.of());
    }

    @AfterEach
    void close() {
        two.close();
    }

    @Test
    void aDeliveryThatTakesLongIsGoneOnWithWhenItBreaks() throws Exception {
        TwoDesks.put(two.theirs, "large", two.random.bytes(2_000_000));
        try (VaultTaking taking = TwoDesks.get(two.desktop.ask(two.mine, TwoDesks.LAPTOP))) {
            CompletableFuture<Void> kept = TwoDesks.next(two.keeps);
            two.frameMillis.set(Duration.ofMinutes(3).toMillis());
            two.pausing = true;
            two.breaks.add(7);
            CompletionStage<Void> delivery = taking.take(taking.preview(VaultMerge.all(Policy.REPLACE)), _ -> { });
            CompletableFuture<Void> redial = TwoDesks.next(two.pauses);

            kept.complete(null);
            assertThat(two.keeps).as("it is kept for what is left").hasSize(1);
            redial.complete(null);

            TwoDesks.get(delivery);
        }
        assertThat(two.mine.secret(TwoDesks.at("large"))).hasSize(2_000_000);
    }

    @Test
    void whatNobodyAsksForIsForgotten() throws Exception {
        say(new ExchangeMessage.Ask(EXCHANGE, key(), "a.stronghold"));
        CompletableFuture<Void> kept = TwoDesks.next(two.keeps);
        two.nowMillis.addAndGet(KEPT.toMillis());

        kept.complete(null);

        assertThat(say(new ExchangeMessage.Take(EXCHANGE, key(), 0)))
                .isEqualTo(new ExchangeMessage.Refused(VaultNotGiven.Reason.UNKNOWN));
    }

    @Test
    void nothingIsWaitedForOnceTheLibraryIsClosed() throws Exception {
        say(new ExchangeMessage.Ask(EXCHANGE, key(), "a.stronghold"));
        CompletableFuture<Void> kept = TwoDesks.next(two.keeps);

        two.laptop.close();

        assertThat(kept).isDone();
        assertThat(two.keeps).isEmpty();
    }

    @Test
    void askingKeepsNoVaultOpenThatNobodyUses() throws Exception {
        for (int i = 0; i < 2; i++) {
            two.nowMillis.addAndGet(Duration.ofMinutes(4).toMillis());
            TwoDesks.get(two.desktop.ask(two.mine, TwoDesks.LAPTOP)).close();
        }

        assertThat(two.theirs.lockIfIdle(Duration.ofMinutes(5))).isTrue();
    }

    @Test
    void deliveringKeepsNoVaultOpenThatNobodyUses() throws Exception {
        try (VaultTaking taking = TwoDesks.get(two.desktop.ask(two.mine, TwoDesks.LAPTOP))) {
            two.nowMillis.addAndGet(Duration.ofMinutes(4).toMillis());
            TwoDesks.get(taking.take(taking.preview(VaultMerge.all(Policy.REPLACE)), _ -> { }));
        }
        two.nowMillis.addAndGet(Duration.ofMinutes(4).toMillis());

        assertThat(two.theirs.lockIfIdle(Duration.ofMinutes(5))).isTrue();
        assertThat(two.mine.lockIfIdle(Duration.ofMinutes(5))).as("who takes uses it").isFalse();
    }

    /// A point that is one, since a key of zeros is refused.
    private static byte[] key() {
        byte[] key = new byte[32];
        key[0] = 9;
        return key;
    }

    private ExchangeMessage say(ExchangeMessage message) throws Exception {
        try (Link link = two.linkToLaptop()) {
            link.send(message.encode());
            return ExchangeMessage.decode(link.receive());
        }
    }
}
