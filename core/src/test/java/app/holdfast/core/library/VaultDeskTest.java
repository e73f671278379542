package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.CoreException.VaultNotGiven;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.api.VaultTaking;
import app.holdfast.core.clock.RandomSource;
import app.holdfast.core.exchange.ExchangeMessage;
import app.holdfast.core.fake.PipedLink;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.transport.Link;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two desks in one process, with links that break when they are told to.
final class VaultDeskTest {

    private static final DeviceId LAPTOP = TwoDesks.LAPTOP;
    private static final DeviceId DESKTOP = TwoDesks.DESKTOP;
    private static final VaultMerge ALL = VaultMerge.all(Policy.REPLACE);

    @TempDir
    private Path folder;
    private TwoDesks two;
    private RandomSource random;
    private BlockingQueue<CoreEvent> heard;
    private Deque<Integer> breaks;
    private VaultDesk laptop;
    private VaultDesk desktop;
    private OpenVault mine;
    private OpenVault theirs;

    /// The desktop takes, the laptop gives.
    @BeforeEach
    void twoDesks() throws CoreException {
        two = new TwoDesks(folder);
        random = two.random;
        heard = two.heard;
        breaks = two.breaks;
        laptop = two.laptop;
        desktop = two.desktop;
        mine = two.mine;
        theirs = two.theirs;
    }

    @AfterEach
    void close() {
        two.close();
    }

    private static void put(OpenVault vault, String record, byte[] secret) throws CoreException {
        TwoDesks.put(vault, record, secret);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return TwoDesks.get(stage);
    }

    private <T extends CoreEvent> T next(Class<T> kind) throws InterruptedException {
        CoreEvent event = TwoDesks.next(heard);
        assertThat(event).isInstanceOf(kind);
        return kind.cast(event);
    }

    private static VaultNotGiven.Reason reason(CompletionStage<?> stage) {
        try {
            get(stage);
            throw new AssertionError("it was given");
        } catch (ExecutionException e) {
            return ((VaultNotGiven) e.getCause()).reason();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String secret(OpenVault vault, String record) throws CoreException {
        return new String(vault.secret(RecordPath.of("wallet", "keys", record)), StandardCharsets.UTF_8);
    }

    @Test
    void whatAPersonAgreesToIsTaken() throws Exception {
        CompletionStage<VaultTaking> asking = desktop.ask(mine, LAPTOP);
        CoreEvent.VaultAsked asked = next(CoreEvent.VaultAsked.class);
        assertThat(asked.device()).isEqualTo(DESKTOP);
        assertThat(asked.name()).isEqualTo("desktop");
        assertThat(asked.vault()).isEqualTo("desktop.stronghold");

        laptop.accept(asked.exchange(), theirs, Set.of());

        try (VaultTaking taking = get(asking)) {
            get(taking.take(taking.preview(ALL), _ -> { }));
        }
        assertThat(secret(mine, "seed")).isEqualTo("correct horse");
        next(CoreEvent.VaultAskedNoMore.class);
        assertThat(next(CoreEvent.VaultGiven.class).records()).isEqualTo(1);
    }

    @Test
    void whatIsKeptBesideDoesNotTakeTheNameFromWhatWasThere() throws Exception {
        for (int i = 0; i < 10; i++) {
            put(mine, "key " + i, utf8("mine"));
            put(theirs, "key " + i, utf8("theirs"));
        }
        laptop.offer(theirs, DESKTOP, Set.of());

        try (VaultTaking taking = get(desktop.ask(mine, LAPTOP))) {
            get(taking.take(taking.preview(VaultMerge.all(Policy.KEEP_BOTH)), _ -> { }));
        }

        for (int i = 0; i < 10; i++) {
            assertThat(secret(mine, "key " + i)).isEqualTo("mine");
        }
    }

    @Test
    void whoSaysNoGivesNothing() throws Exception {
        CompletionStage<VaultTaking> asking = desktop.ask(mine, LAPTOP);

        laptop.refuse(next(CoreEvent.VaultAsked.class).exchange());

        assertThat(reason(asking)).isEqualTo(VaultNotGiven.Reason.DECLINED);
        next(CoreEvent.VaultAskedNoMore.class);
    }

    @Test
    void anOpenQuestionIsNotAskedTwice() throws Exception {
        CompletionStage<VaultTaking> asking = desktop.ask(mine, LAPTOP);
        UUID first = next(CoreEvent.VaultAsked.class).exchange();

        assertThat(reason(desktop.ask(mine, LAPTOP))).isEqualTo(VaultNotGiven.Reason.BUSY);

        laptop.accept(first, theirs, Set.of());
        get(asking).close();
    }

    @Test
    void aQuestionEndsWhenTheOtherDeviceHangsUp() throws Exception {
        Link link = two.linkToLaptop();
        link.send(new ExchangeMessage.Ask(new UUID(1, 1), new byte[32], "a.stronghold").encode());
        UUID exchange = next(CoreEvent.VaultAsked.class).exchange();

        link.close();

        assertThat(next(CoreEvent.VaultAskedNoMore.class).exchange()).isEqualTo(exchange);
        assertThatExceptionOfType(CoreException.NotFound.class)
                .isThrownBy(() -> laptop.accept(exchange, theirs, Set.of()));
    }

    @Test
    void anOfferAnswersWithoutAskingUntilItEnds() throws Exception {
        Subscription offer = laptop.offer(theirs, DESKTOP, Set.of());
        get(desktop.ask(mine, LAPTOP)).close();
        get(desktop.ask(mine, LAPTOP)).close();
        assertThat(heard).isEmpty();

        offer.close();
        CompletionStage<VaultTaking> asking = desktop.ask(mine, LAPTOP);

        laptop.refuse(next(CoreEvent.VaultAsked.class).exchange());
        assertThat(reason(asking)).isEqualTo(VaultNotGiven.Reason.DECLINED);
    }

    @Test
    void aLockedVaultIsNotGivenThoughItWasOffered() throws Exception {
        laptop.offer(theirs, DESKTOP, Set.of());
        theirs.close();

        assertThat(reason(desktop.ask(mine, LAPTOP))).isEqualTo(VaultNotGiven.Reason.LOCKED);
    }

    @Test
    void aDeliveryThatBreaksGoesOnByItself() throws Exception {
        put(theirs, "large", random.bytes(2_000_000));
        laptop.offer(theirs, DESKTOP, Set.of());
        List<Long> progress = new ArrayList<>();
        try (VaultTaking taking = get(desktop.ask(mine, LAPTOP))) {
            Preview preview = taking.preview(ALL);
            breaks.addAll(List.of(3, 2));

            get(taking.take(preview, now -> progress.add(now.received())));
        }

        assertThat(two.dialled).hasSize(4);
        assertThat(progress).isSorted().doesNotHaveDuplicates().hasSize(8);
        assertThat(mine.secret(RecordPath.of("wallet", "keys", "large"))).hasSize(2_000_000);
    }

    @Test
    void aDeliveryThatBrokeForGoodIsGoneOnWithLater() throws Exception {
        put(theirs, "large", random.bytes(2_000_000));
        laptop.offer(theirs, DESKTOP, Set.of());
        List<Long> progress = new ArrayList<>();
        try (VaultTaking taking = get(desktop.ask(mine, LAPTOP))) {
            Preview preview = taking.preview(ALL);
            breaks.addAll(List.of(5, 0, 0, 0, 0, 0));
            assertThatThrownBy(() -> get(taking.take(preview, now -> progress.add(now.received()))))
                    .hasCauseInstanceOf(CoreException.ExchangeCut.class);
            assertThat(mine.content().clients()).isEmpty();

            get(taking.take(preview, now -> progress.add(now.received())));
        }

        assertThat(progress).isSorted().doesNotHaveDuplicates().hasSize(8);
        assertThat(secret(mine, "seed")).isEqualTo("correct horse");
    }

    @Test
    void anExchangeThatWasThereBeforeIsRefused() throws Exception {
        laptop.offer(theirs, DESKTOP, Set.of());
        byte[] ask = new ExchangeMessage.Ask(new UUID(5, 5), key(), "a.stronghold").encode();

        assertThat(answer(ask)).isInstanceOf(ExchangeMessage.Offered.class);
        assertThat(answer(ask)).isEqualTo(new ExchangeMessage.Refused(VaultNotGiven.Reason.REPEATED));
    }

    @Test
    void whatNobodyAgreedToIsNotDelivered() throws Exception {
        byte[] take = new ExchangeMessage.Take(new UUID(6, 6), new byte[32], 0).encode();

        assertThat(answer(take)).isEqualTo(new ExchangeMessage.Refused(VaultNotGiven.Reason.UNKNOWN));
    }

    @Test
    void whoLacksNothingSaysSoAndNothingTravels() throws Exception {
        put(mine, "seed", utf8("correct horse"));
        laptop.offer(theirs, DESKTOP, Set.of());
        try (VaultTaking taking = get(desktop.ask(mine, LAPTOP))) {
            Preview preview = taking.preview(ALL);

            get(taking.take(preview, _ -> { }));

            assertThat(preview.isToBeSaved()).isFalse();
        }
        assertThat(next(CoreEvent.VaultGiven.class).records()).isZero();
        assertThat(two.done).containsExactly("laptop.stronghold SEEN", "desktop.stronghold SEEN",
                "desktop.stronghold SYNCED", "laptop.stronghold SYNCED");
    }

    @Test
    void whatNeedsNoDeliveryIsDoneThoughTheGiverIsGone() throws Exception {
        put(mine, "seed", utf8("correct horse"));
        laptop.offer(theirs, DESKTOP, Set.of());
        try (VaultTaking taking = get(desktop.ask(mine, LAPTOP))) {
            breaks.add(TwoDesks.NOBODY);

            get(taking.take(taking.preview(ALL), _ -> { }));
        }

        assertThat(heard).isEmpty();
    }

    @Test
    void doneIsBelievedOnlyOfTheExchangeThatIsKept() throws Exception {
        laptop.offer(theirs, DESKTOP, Set.of());
        get(desktop.ask(mine, LAPTOP)).close();

        assertThat(answer(new ExchangeMessage.Done(new UUID(9, 9)).encode()))
                .isEqualTo(new ExchangeMessage.Refused(VaultNotGiven.Reason.UNKNOWN));
        assertThat(heard).isEmpty();
    }

    @Test
    void aQuestionThatIsCancelledIsTakenBackAtOnce() throws Exception {
        CompletionStage<VaultTaking> asking = desktop.ask(mine, LAPTOP);
        UUID exchange = next(CoreEvent.VaultAsked.class).exchange();

        asking.toCompletableFuture().cancel(false);

        assertThat(next(CoreEvent.VaultAskedNoMore.class).exchange()).isEqualTo(exchange);
    }

    @Test
    void nonsenseIsCalledThat() throws Exception {
        laptop.offer(theirs, DESKTOP, Set.of());
        var nonsense = new ExchangeMessage.Refused(VaultNotGiven.Reason.NONSENSE);

        assertThat(answer(utf8("GET / HTTP/1.1"))).isEqualTo(nonsense);
        assertThat(answer(new ExchangeMessage.Part(ExchangeMessage.Load.WISH, 0, 1, new byte[17]).encode()))
                .isEqualTo(nonsense);
        assertThat(answer(new ExchangeMessage.Ask(new UUID(8, 8), new byte[32], "a").encode())).isEqualTo(nonsense);
    }

    @Test
    void nonsenseFromTheGiverIsAnErrorAndChangesNothing() throws Exception {
        var liar = new VaultDesk(two.surroundings(DESKTOP, _ -> {
            var ends = PipedLink.Ends.of(DESKTOP, LAPTOP, Integer.MAX_VALUE);
            ends.second().send(new ExchangeMessage.Offered(key(), key()).encode());
            ends.second().send(new ExchangeMessage.Part(ExchangeMessage.Load.OUTLINE, 0, 5, new byte[21]).encode());
            return ends.first();
        }, new Moments()));

        assertThatThrownBy(() -> get(liar.ask(mine, LAPTOP))).hasCauseInstanceOf(CoreException.BadExchange.class)
                .hasMessageContaining("at byte 0 of the outline");
    }

    @Test
    void onlyOtherMembersAreAskedAndOffered() {
        var stranger = new DeviceId("cc".repeat(32));

        assertThat(laptop.service().admits().test(stranger)).isFalse();
        assertThatThrownBy(() -> get(desktop.ask(mine, stranger))).hasCauseInstanceOf(CoreException.NotFound.class);
        assertThatThrownBy(() -> get(desktop.ask(mine, DESKTOP))).hasCauseInstanceOf(CoreException.NotFound.class);
        assertThatExceptionOfType(CoreException.NotFound.class)
                .isThrownBy(() -> laptop.offer(theirs, stranger, Set.of()));
    }

    /// A point that is one, since a key of zeros is refused.
    private static byte[] key() {
        byte[] key = new byte[32];
        key[0] = 9;
        return key;
    }

    private ExchangeMessage answer(byte[] frame) throws Exception {
        try (Link link = two.linkToLaptop()) {
            link.send(frame);
            return ExchangeMessage.decode(link.receive());
        }
    }
}
