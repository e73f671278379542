package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.api.VaultTaking;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
}
