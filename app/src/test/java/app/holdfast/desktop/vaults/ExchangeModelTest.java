package app.holdfast.desktop.vaults;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.Holdfast;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.api.Vaults;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.memory.MemoryDevices;
import app.holdfast.desktop.memory.MemoryVaults;
import app.holdfast.desktop.vaults.ExchangeModel.Step;
import app.holdfast.desktop.vaults.VaultsModel.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Synchronizing a real vault with another one, whose device is in memory.
final class ExchangeModelTest {

    private static final UUID EXCHANGE = new UUID(5, 5);

    @TempDir
    private Path temporary;

    private final Desk desk = new Desk();
    private final MemoryDevices devices = new MemoryDevices(Runnable::run);
    private final VaultsScreen.Models models = desk.vaults(devices);
    private final ExchangeModel model = models.exchange();
    private Path mine;

    @BeforeEach
    void makeTwo() throws Exception {
        new Maren(desk.library);
        Path folder = temporary.toRealPath();
        mine = MemoryVaults.make(folder.resolve("mine.stronghold"), "wallet/seeds/main=mine");
        Path theirs = MemoryVaults.make(folder.resolve("theirs.stronghold"), "wallet/seeds/holiday=new");
        devices.exchanges.gives = Optional.of(Holdfast.vaults().open(theirs, MemoryVaults.password(),
                Vaults.Opening.usual()));
        models.vaults().list(mine, () -> { }, failure -> { });
        models.vaults().unlock(models.vaults().lines().getFirst(), MemoryVaults.password(), false);
    }

    private void ask() {
        model.begin((Page.Open) models.vaults().page().get());
        model.ask(online());
    }

    private DeviceRow online() {
        return ((Step.Devices) model.step().get()).devices().stream().filter(DeviceRow::online).findFirst()
                .orElseThrow();
    }

    private static CoreEvent.VaultAsked question() {
        return new CoreEvent.VaultAsked(EXCHANGE, MemoryDevices.KITCHEN, "studio-pc", "mine.stronghold");
    }

    @Test
    void whatIsLackingIsTakenWhenItIsConfirmed() {
        ask();
        model.look(Policy.KEEP_OLD, Set.of());
        String before = models.vaults().lines().getFirst().detail();

        model.take();

        assertThat(before).endsWith("1 record");
        assertThat(model.step().get()).isEqualTo(new Step.Idle());
        assertThat(MemoryVaults.secret(mine, "wallet/seeds/holiday")).isEqualTo("new");
        assertThat(desk.toastTitles()).containsExactly("mine has what it lacked from attic-nas");
        assertThat(devices.exchanges.closed).isEqualTo(1);
    }

    @Test
    void whatLacksNothingIsSaidToBeDoneAndTheFileStaysAsItWas() throws Exception {
        ask();
        model.look(Policy.KEEP_OLD, Set.of());
        model.take();
        byte[] before = Files.readAllBytes(mine);

        ask();
        model.look(Policy.KEEP_OLD, Set.of());
        model.take();

        assertThat(Files.readAllBytes(mine)).isEqualTo(before);
        assertThat(devices.exchanges.taken).isEqualTo(2);
        assertThat(desk.toastTitles()).contains("mine has all that attic-nas gave");
    }

    @Test
    void aQuestionThatNobodyAnsweredYetIsTakenBack() {
        devices.exchanges.silent = true;
        ask();
        Step during = model.step().get();

        model.cancel();

        assertThat(during).isInstanceOf(Step.Asking.class);
        assertThat(devices.exchanges.withdrawn).isEqualTo(1);
        assertThat(model.step().get()).isEqualTo(new Step.Idle());
    }

    @Test
    void aNoFromThereIsSaidAndAnotherDeviceCanBeAsked() {
        devices.exchanges.gives = Optional.empty();

        ask();

        assertThat(model.step().get()).isInstanceOfSatisfying(Step.Devices.class, step ->
                assertThat(step.problem()).isNotEmpty());
    }

    @Test
    void aBrokenLinkChangesNothingAndCanBeTriedAgain() {
        ask();
        model.look(Policy.KEEP_OLD, Set.of());
        devices.exchanges.cut = true;

        model.take();
        Step after = model.step().get();
        String unchanged = models.vaults().lines().getFirst().detail();
        model.take();

        assertThat(after).isInstanceOf(Step.Choosing.class);
        assertThat(unchanged).endsWith("1 record");
        assertThat(MemoryVaults.secret(mine, "wallet/seeds/holiday")).isEqualTo("new");
    }

    @Test
    void anExchangeThatIsLeftIsClosed() {
        ask();

        model.cancel();

        assertThat(devices.exchanges.closed).isEqualTo(1);
        assertThat(model.step().get()).isEqualTo(new Step.Idle());
    }

    @Test
    void whoAsksIsGivenOnlyWhatIsAgreedTo() {
        model.heard(question());
        Step asked = model.step().get();

        model.accept(mine, Set.of("one"));

        assertThat(asked).isEqualTo(new Step.Asked(question(), ""));
        assertThat(devices.exchanges.answers).containsExactly("accept 1");
        assertThat(model.step().get()).isEqualTo(new Step.Idle());
    }

    @Test
    void aLockedVaultGivesNothing() {
        models.vaults().lock(mine);
        model.heard(question());

        model.accept(mine, Set.of());

        assertThat(model.step().get()).isInstanceOfSatisfying(Step.Asked.class, step ->
                assertThat(step.problem()).isNotEmpty());
        assertThat(devices.exchanges.answers).isEmpty();
    }

    @Test
    void leavingTheQuestionSaysNo() {
        model.heard(question());

        model.cancel();

        assertThat(devices.exchanges.answers).containsExactly("refuse");
    }

    @Test
    void aQuestionThatIsOverIsNotShownAnyMore() {
        model.heard(question());

        model.heard(new CoreEvent.VaultAskedNoMore(EXCHANGE));

        assertThat(model.step().get()).isEqualTo(new Step.Idle());
        assertThat(devices.exchanges.answers).isEmpty();
    }

    @Test
    void whoAsksWhileSomethingIsUnderWayWaits() {
        ask();
        model.heard(question());
        Step during = model.step().get();

        model.cancel();

        assertThat(during).isInstanceOf(Step.Choosing.class);
        assertThat(model.step().get()).isEqualTo(new Step.Asked(question(), ""));
    }

    @Test
    void closingTheWindowSaysNoToAllWhoWait() throws CoreException {
        model.heard(question());
        model.heard(new CoreEvent.VaultAsked(new UUID(6, 6), MemoryDevices.KITCHEN, "studio-pc", "x.stronghold"));

        model.close();

        assertThat(devices.exchanges.answers).hasSize(2).containsOnly("refuse");
        assertThat(List.of(model.step().get())).containsExactly(new Step.Idle());
    }
}
