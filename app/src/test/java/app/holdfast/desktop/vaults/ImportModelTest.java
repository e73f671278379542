package app.holdfast.desktop.vaults;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.MemoryDevices;
import app.holdfast.desktop.memory.MemoryVaults;
import app.holdfast.desktop.vaults.ImportModel.Choice;
import app.holdfast.desktop.vaults.ImportModel.Step;
import app.holdfast.desktop.vaults.VaultsModel.State;
import app.holdfast.desktop.vaults.VaultsModel.VaultLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Importing real snapshots, step by step, without a window.
final class ImportModelTest {

    @TempDir
    private Path temporary;
    private Path folder;

    private final Desk desk = new Desk();
    private final VaultsScreen.Models models = desk.vaults(new MemoryDevices(Runnable::run));
    private final VaultsModel vaults = models.vaults();
    private final ImportModel model = models.imports();
    private Path mine;
    private Path theirs;

    @BeforeEach
    void makeTwo() throws IOException {
        folder = temporary.toRealPath();
        mine = MemoryVaults.make(folder.resolve("mine.stronghold"), "wallet/seeds/main=mine", "ssh/hosts/nas=same");
        theirs = MemoryVaults.make(folder.resolve("theirs.stronghold"), "wallet/seeds/main=theirs",
                "wallet/seeds/holiday=new", "work/vpn/office=vpn");
        vaults.list(mine, () -> { }, failure -> { });
    }

    private void open(Path file) {
        model.take(List.of(file));
        model.unlock(MemoryVaults.password(), false);
    }

    private void unlockMine() {
        VaultLine line = vaults.lines().getFirst();
        vaults.unlock(line, MemoryVaults.password(), false);
    }

    private Preview look(Policy policy, Set<String> clients) {
        model.look(new Choice(Optional.of(mine), policy, clients));
        return model.outlook().get().chosen().orElseThrow();
    }

    private String client(String name) {
        return ((Step.Choosing) model.step().get()).opened().content().clients().stream()
                .filter(each -> each.name().filter(name::equals).isPresent()).findFirst().orElseThrow().id();
    }

    @Test
    void nothingIsAskedOfAFileThatIsNoSnapshot() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "nothing of the kind");

        model.take(List.of(text));

        assertThat(model.step().get()).isEqualTo(new Step.Refused(text, "This file is no Stronghold snapshot."));
    }

    @Test
    void aFileThatIsGoneIsSaid() {
        model.take(List.of(folder.resolve("gone.stronghold")));

        assertThat(model.step().get()).isInstanceOf(Step.Refused.class);
    }

    @Test
    void kindVersionAndSizeAreSaidBeforeThePassword() throws IOException {
        long size = Files.size(theirs);

        model.take(List.of(theirs));

        assertThat(model.step().get()).isInstanceOfSatisfying(Step.Asking.class, asking -> {
            assertThat(asking.facts().version()).isEqualTo(3);
            assertThat(asking.facts().size()).isEqualTo(size);
            assertThat(asking.problem()).isEmpty();
        });
    }

    @Test
    void aWrongPasswordAsksAgainAndIsWiped() {
        byte[] wrong = {1, 2, 3};
        model.take(List.of(theirs));

        model.unlock(wrong, false);

        assertThat(model.step().get()).isInstanceOfSatisfying(Step.Asking.class, asking ->
                assertThat(asking.problem()).isEqualTo("This password does not open the vault."));
        assertThat(wrong).containsOnly(0);
    }

    @Test
    void aSnapshotThatIsKeptStaysOpenAndTheListHearsOfItFromThenOn() {
        open(theirs);

        model.keep();
        VaultLine kept = vaults.lines().stream().filter(line -> line.name().equals("theirs")).findFirst().orElseThrow();
        vaults.choose(kept.row().id());
        vaults.deeds().verify(theirs);

        assertThat(kept.state()).isEqualTo(State.OPEN);
        assertThat(desk.library.vaults.rows()).anyMatch(row -> row.name().equals("theirs.stronghold")
                && row.facts().verified().isPresent());
    }

    @Test
    void allIsMergedOnlyWhenItIsConfirmed() throws IOException {
        byte[] before = Files.readAllBytes(mine);
        byte[] source = Files.readAllBytes(theirs);
        unlockMine();
        open(theirs);
        Preview preview = look(Policy.REPLACE, Set.of());
        String would = model.sentence(preview, false);
        byte[] looked = Files.readAllBytes(mine);
        int listed = vaults.lines().size();

        model.merge(mine);

        assertThat(would).startsWith("Adds ").contains("replaces 1");
        assertThat(looked).isEqualTo(before);
        assertThat(listed).isEqualTo(1);
        assertThat(model.step().get()).isEqualTo(new Step.Idle());
        assertThat(MemoryVaults.secret(mine, "wallet/seeds/main")).isEqualTo("theirs");
        assertThat(MemoryVaults.secret(mine, "work/vpn/office")).isEqualTo("vpn");
        assertThat(MemoryVaults.secret(mine, "ssh/hosts/nas")).isEqualTo("same");
        assertThat(Files.readAllBytes(theirs)).isEqualTo(source);
        assertThat(desk.toastTitles().getFirst()).startsWith("theirs.stronghold is merged into mine.");
    }

    @Test
    void onlyTheChosenClientIsMergedAndTheOldIsKept() {
        unlockMine();
        open(theirs);
        look(Policy.KEEP_OLD, Set.of(client("wallet")));

        model.merge(mine);

        assertThat(MemoryVaults.secret(mine, "wallet/seeds/main")).isEqualTo("mine");
        assertThat(MemoryVaults.secret(mine, "wallet/seeds/holiday")).isEqualTo("new");
        assertThat(vaults.open().at(mine).orElseThrow().content().clients())
                .noneMatch(each -> each.name().filter("work"::equals).isPresent());
    }

    @Test
    void thePreviewShowsAllClientsWhicheverAreChosen() {
        unlockMine();
        open(theirs);

        look(Policy.KEEP_BOTH, Set.of(client("work")));
        Preview all = model.outlook().get().all().orElseThrow();
        List<MergeRows.Group> groups = new MergeRows(desk.words,
                ((Step.Choosing) model.step().get()).opened().content().clients()).of(Optional.of(all));

        assertThat(groups).extracting(group -> group.line().name()).contains("wallet", "work");
        MergeRows.Group wallet = groups.stream().filter(group -> group.line().name().equals("wallet")).findFirst()
                .orElseThrow();
        assertThat(wallet.line().difference()).isEqualTo("1 new, 1 differs");
        assertThat(wallet.steps()).extracting(MergeRows.Line::difference)
                .containsExactlyInAnyOrder("+ New", "+ Added beside yours");
    }

    @Test
    void mergingWhatIsThereChangesNothing() {
        unlockMine();
        open(theirs);
        look(Policy.KEEP_BOTH, Set.of());
        model.merge(mine);
        open(theirs);

        Preview again = look(Policy.KEEP_BOTH, Set.of());

        assertThat(again.changes()).isFalse();
        assertThat(model.sentence(again, false)).isEqualTo("Nothing would change: all of it is there.");
    }

    @Test
    void aLockedVaultIsNotMergedInto() {
        open(theirs);

        model.look(new Choice(Optional.of(mine), Policy.KEEP_OLD, Set.of()));

        assertThat(model.outlook().get().problem()).isEqualTo("This vault is locked. Open it again with its password.");
        assertThat(model.targets()).hasSize(1);
    }

    @Test
    void anImportThatIsLeftChangesNothingAndShutsTheSnapshot() throws IOException {
        byte[] before = Files.readAllBytes(mine);
        unlockMine();
        open(theirs);
        OpenVaults.Opened source = ((Step.Choosing) model.step().get()).opened();
        look(Policy.REPLACE, Set.of());

        model.cancel();

        assertThat(source.vault().lockIfIdle(Duration.ofDays(1))).isTrue();
        assertThat(Files.readAllBytes(mine)).isEqualTo(before);
        assertThat(vaults.lines()).hasSize(1);
    }

    @Test
    void keptItIsAVaultOfItsOwn() {
        open(theirs);

        model.keep();

        assertThat(vaults.lines()).extracting(VaultLine::name).containsExactly("mine", "theirs");
        assertThat(desk.toastTitles()).containsExactly("theirs is on the list of vaults");
    }

    @Test
    void copiedItIsAVaultElsewhere() {
        open(theirs);

        model.copy(folder.resolve("copy.stronghold"));

        assertThat(vaults.lines()).extracting(VaultLine::name).containsExactly("mine", "copy");
        assertThat(MemoryVaults.secret(folder.resolve("copy.stronghold"), "work/vpn/office")).isEqualTo("vpn");
    }

    @Test
    void severalFilesComeOneAfterTheOther() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "nothing of the kind");

        model.take(List.of(text, theirs));
        Step first = model.step().get();
        model.cancel();
        Step second = model.step().get();
        model.cancel();

        assertThat(first).isInstanceOf(Step.Refused.class);
        assertThat(second).isInstanceOf(Step.Asking.class);
        assertThat(model.step().get()).isEqualTo(new Step.Idle());
    }

    @Test
    void filesBeyondTheLimitAreLeftOutAndTold() {
        model.take(Collections.nCopies(ImportModel.WAITING_MAX + 5, theirs));

        assertThat(desk.toastTitles()).containsExactly("Some files were left out");
        assertThat(model.waiting()).isEqualTo(ImportModel.WAITING_MAX - 1);
    }
}
