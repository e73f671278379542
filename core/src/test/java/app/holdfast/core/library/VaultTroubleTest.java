package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.api.VaultTaking;
import app.holdfast.core.exchange.ExchangeMessage;
import app.holdfast.core.transport.Link;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever ends an exchange, who waits for it hears of it.
final class VaultTroubleTest {

    private static final VaultMerge ALL = VaultMerge.all(Policy.REPLACE);

    @TempDir
    private Path folder;
    private TwoDesks two;

    @BeforeEach
    void twoDesks() throws CoreException {
        two = new TwoDesks(folder);
    }

    @AfterEach
    void close() {
        two.close();
    }

    private VaultTaking offered() throws Exception {
        two.laptop.offer(two.theirs, TwoDesks.DESKTOP, Set.of());
        return TwoDesks.get(two.desktop.ask(two.mine, TwoDesks.LAPTOP));
    }

    @Test
    void aListenerThatIsAtFaultEndsTheDeliveryWhichCanBeGoneOnWith() throws Exception {
        TwoDesks.put(two.theirs, "large", two.random.bytes(2_000_000));
        try (VaultTaking taking = offered()) {
            Preview preview = taking.preview(ALL);

            assertThatThrownBy(() -> TwoDesks.get(taking.take(preview, _ -> {
                throw new IllegalArgumentException("a mistake in the listener");
            }))).hasCauseInstanceOf(IllegalArgumentException.class);

            TwoDesks.get(taking.take(preview, _ -> { }));
        }
        assertThat(two.mine.secret(TwoDesks.at("large"))).hasSize(2_000_000);
    }

    @Test
    void aMistakeIsNotCalledABrokenConnection() throws Exception {
        try (VaultTaking taking = offered()) {

            assertThatThrownBy(() -> TwoDesks.get(taking.take(taking.preview(ALL), _ -> {
                throw new IllegalStateException("a mistake in the listener");
            }))).hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aDialThatIsAtFaultEndsTheQuestionAndTheDelivery() throws Exception {
        two.breaks.add(TwoDesks.BROKEN);

        assertThatThrownBy(() -> TwoDesks.get(two.desktop.ask(two.mine, TwoDesks.LAPTOP)))
                .hasCauseInstanceOf(IllegalArgumentException.class);
        try (VaultTaking taking = offered()) {
            two.breaks.add(TwoDesks.BROKEN);
            assertThatThrownBy(() -> TwoDesks.get(taking.take(taking.preview(ALL), _ -> { })))
                    .hasCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aLibraryThatClosesEndsADeliveryThatWaitsForALink() throws Exception {
        try (VaultTaking taking = offered()) {
            two.pausing = true;
            two.breaks.add(TwoDesks.NOBODY);
            CompletionStage<Void> delivery = taking.take(taking.preview(ALL), _ -> { });
            CompletableFuture<Void> pause = TwoDesks.next(two.pauses);

            two.desktop.close();

            assertThatThrownBy(() -> TwoDesks.get(delivery)).hasCauseInstanceOf(CoreException.ExchangeCut.class);
            assertThat(pause).isDone();
        }
    }

    @Test
    void aPauseThatEndsAfterTheProgramEndsTheDelivery() throws Exception {
        try (VaultTaking taking = offered()) {
            two.pausing = true;
            two.breaks.add(TwoDesks.NOBODY);
            CompletionStage<Void> delivery = taking.take(taking.preview(ALL), _ -> { });
            CompletableFuture<Void> pause = TwoDesks.next(two.pauses);
            two.work.shutdownNow();

            pause.complete(null);

            assertThatThrownBy(() -> TwoDesks.get(delivery)).hasCauseInstanceOf(CoreException.ExchangeCut.class);
        }
    }

    @Test
    void aLibraryThatClosesEndsAQuestionAndTakesItBack() throws Exception {
        CompletionStage<VaultTaking> asking = two.desktop.ask(two.mine, TwoDesks.LAPTOP);
        assertThat(TwoDesks.next(two.heard)).isInstanceOf(CoreEvent.VaultAsked.class);

        two.desktop.close();

        assertThatThrownBy(() -> TwoDesks.get(asking)).hasCauseInstanceOf(CoreException.ExchangeCut.class);
        assertThat(TwoDesks.next(two.heard)).isInstanceOf(CoreEvent.VaultAskedNoMore.class);
    }

    @Test
    void aLibraryThatIsClosedAsksAndTakesNothing() throws Exception {
        try (VaultTaking taking = offered()) {
            Preview preview = taking.preview(ALL);
            two.desktop.close();
            two.work.shutdownNow();
            int before = two.dialled.size();

            for (CompletionStage<?> late : List.of(two.desktop.ask(two.mine, TwoDesks.LAPTOP),
                    taking.take(preview, _ -> { }))) {
                assertThatThrownBy(() -> TwoDesks.get(late)).hasCauseInstanceOf(CoreException.ExchangeCut.class);
            }
            assertThat(two.dialled).hasSize(before);
        }
    }

    @Test
    void doneIsNotSaidOfWhatCouldNotBeMerged() throws Exception {
        CompletionStage<VaultTaking> asking = two.desktop.ask(two.mine, TwoDesks.LAPTOP);
        UUID exchange = ((CoreEvent.VaultAsked) TwoDesks.next(two.heard)).exchange();
        two.laptop.accept(exchange, two.theirs, Set.of());
        try (VaultTaking taking = TwoDesks.get(asking)) {
            Preview preview = taking.preview(ALL);

            assertThatThrownBy(() -> TwoDesks.get(taking.take(preview, _ -> putMeanwhile())))
                    .hasCauseInstanceOf(CoreException.Refused.class);
        }

        try (Link link = two.linkToLaptop()) {
            link.send(new ExchangeMessage.Done(exchange).encode());
            assertThat(link.receive()).as("the exchange is still known").isNull();
        }
        assertThat(two.heard).hasSize(2).last().isInstanceOf(CoreEvent.VaultGiven.class);
    }

    private void putMeanwhile() {
        try {
            TwoDesks.put(two.mine, "meanwhile", TwoDesks.utf8("1"));
        } catch (CoreException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aLinkThatBreaksWithTheLastWordBreaksNothing() throws Exception {
        try (VaultTaking taking = offered()) {
            two.losesDone.set(true);

            TwoDesks.get(taking.take(taking.preview(ALL), _ -> { }));
        }

        assertThat(two.mine.secret(TwoDesks.at("seed"))).isEqualTo(TwoDesks.utf8("correct horse"));
        assertThat(((CoreEvent.VaultGiven) TwoDesks.next(two.heard)).records()).isEqualTo(1);
    }

    @Test
    void aValueThatExpiresAfterThePreviewChangesNothingOfIt() throws Exception {
        two.mine.putValue("wallet", "setting", TwoDesks.utf8("ours"), Optional.of(Duration.ofSeconds(1)));
        two.theirs.putValue("wallet", "setting", TwoDesks.utf8("theirs"), Optional.empty());
        two.theirs.putValue("wallet", "other", TwoDesks.utf8("brief"), Optional.of(Duration.ofSeconds(1)));
        try (VaultTaking taking = offered()) {
            Preview preview = taking.preview(VaultMerge.all(Policy.KEEP_OLD));

            TwoDesks.get(taking.take(preview, _ -> two.nowMillis.addAndGet(5_000)));

            assertThat(preview.count(VaultMerge.Effect.KEPT)).isEqualTo(1);
        }
        assertThat(two.mine.secret(TwoDesks.at("seed"))).isEqualTo(TwoDesks.utf8("correct horse"));
        assertThat(two.mine.content().clients().getFirst().store()).extracting(VaultContent.Value::size)
                .containsExactlyInAnyOrder(4, 5);
    }
}
