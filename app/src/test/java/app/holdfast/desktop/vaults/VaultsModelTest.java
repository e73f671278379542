package app.holdfast.desktop.vaults;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.MemoryDevices;
import app.holdfast.desktop.memory.MemoryVaults;
import app.holdfast.desktop.vaults.VaultsModel.Page;
import app.holdfast.desktop.vaults.VaultsModel.State;
import app.holdfast.desktop.vaults.VaultsModel.VaultLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real vaults, whose keys cost nothing, behind the page without its window.
final class VaultsModelTest {

    @TempDir
    private Path temporary;
    private Path folder;

    private final Desk desk = new Desk();
    private final VaultsModel model = desk.vaults(new MemoryDevices(Runnable::run)).vaults();
    private final List<String> told = new ArrayList<>();
    private Path keys;

    @BeforeEach
    void makeOne() throws IOException {
        folder = temporary.toRealPath();
        keys = MemoryVaults.make(folder.resolve("Personal keys.stronghold"), "wallet/seeds/main=first",
                "ssh/hosts/nas=x");
        model.list(keys, () -> { }, failure -> told.add(failure.toString()));
    }

    private VaultLine line() {
        return model.lines().getFirst();
    }

    private Page.Open opened() {
        model.unlock(line(), MemoryVaults.password(), false);
        return (Page.Open) model.page().get();
    }

    private static RecordPath main() {
        return RecordPath.of("wallet", "seeds", "main");
    }

    @Test
    void aVaultIsLockedUntilItsPasswordIsTyped() {
        State before = line().state();
        String name = line().name();

        Page.Open page = opened();

        assertThat(told).isEmpty();
        assertThat(before).isEqualTo(State.LOCKED);
        assertThat(name).isEqualTo("Personal keys");
        assertThat(page.file()).isEqualTo(keys);
        assertThat(line().state()).isEqualTo(State.OPEN);
        assertThat(line().detail()).endsWith("2 records");
        assertThat(model.summary().get()).isEqualTo("1 vault, 1 unlocked");
    }

    @Test
    void aWrongPasswordIsSaidAndWiped() {
        byte[] wrong = "open, sesame".getBytes(StandardCharsets.UTF_8);

        model.unlock(line(), wrong, false);

        assertThat(model.page().get()).isInstanceOfSatisfying(Page.Locked.class, page -> {
            assertThat(page.problem()).isEqualTo("This password does not open the vault.");
            assertThat(page.busy()).isFalse();
        });
        assertThat(wrong).containsOnly(0);
    }

    @Test
    void theRightPasswordIsWipedToo() {
        byte[] password = MemoryVaults.password();

        model.unlock(line(), password, false);

        assertThat(password).containsOnly(0);
    }

    @Test
    void lockingShutsItForTheWindowAndForWhatIsUnderWay() {
        Page.Open page = opened();

        model.lock(page.file());
        model.deeds().revoke(keys, main(), "main");

        assertThat(line().state()).isEqualTo(State.LOCKED);
        assertThat(desk.toastTitles()).containsExactly("Personal keys was not changed");
        assertThat(MemoryVaults.secret(keys, "wallet/seeds/main")).isEqualTo("first");
    }

    @Test
    void aVaultThatNobodyUsesLocksItself() {
        opened();

        model.lockIdle();
        State used = line().state();
        desk.idle = Duration.ofNanos(1);
        model.lockIdle();
        State unused = line().state();

        assertThat(used).isEqualTo(State.OPEN);
        assertThat(unused).isEqualTo(State.LOCKED);
        assertThat(desk.toastTitles()).containsExactly("Personal keys has locked itself");
    }

    @Test
    void itStaysOpenWhereThatIsChosen() {
        opened();
        desk.idle = Duration.ZERO;

        model.lockIdle();

        assertThat(line().state()).isEqualTo(State.OPEN);
    }

    @Test
    void aRecordIsAddedSavedAndSeen() {
        Page.Open page = opened();
        byte[] secret = "second".getBytes(StandardCharsets.UTF_8);

        model.deeds().put(page.file(), RecordPath.of("wallet", "seeds", "spare"), secret, "Slip-10", told::add);

        assertThat(told).containsExactly("");
        assertThat(secret).containsOnly(0);
        assertThat(MemoryVaults.secret(keys, "wallet/seeds/spare")).isEqualTo("second");
        assertThat(line().detail()).endsWith("3 records");
    }

    @Test
    void aRecordComesFromAFile() throws IOException {
        Page.Open page = opened();
        Path from = Files.writeString(folder.resolve("secret"), "from a file");

        model.deeds().putFrom(page.file(), RecordPath.of("wallet", "seeds", "file"), from, "", told::add);
        model.deeds().putFrom(page.file(), main(), folder.resolve("nothing"), "", told::add);

        assertThat(told).containsExactly("",
                "The file can’t be read or written. It may be gone, or the disk may be full.");
        assertThat(MemoryVaults.secret(keys, "wallet/seeds/file")).isEqualTo("from a file");
        assertThat(MemoryVaults.secret(keys, "wallet/seeds/main")).isEqualTo("first");
    }

    @Test
    void whereSavingFailsTheVaultIsLockedAndTheFileIsAsItWas() throws IOException {
        Page.Open page = opened();
        byte[] theirs = Files.readAllBytes(MemoryVaults.make(folder.resolve("other.stronghold"), "a/b/c=d"));
        Files.write(keys, theirs);

        model.deeds().put(page.file(), main(), "mine".getBytes(StandardCharsets.UTF_8), "", told::add);

        assertThat(told).containsExactly("Another program changed this vault meanwhile. Nothing was written."
                + " Open it again.");
        assertThat(line().state()).isEqualTo(State.LOCKED);
        assertThat(Files.readAllBytes(keys)).isEqualTo(theirs);
    }

    @Test
    void aSecretIsSavedToAFileOfItsOwnerAlone() throws IOException {
        Page.Open page = opened();
        Path to = Files.writeString(folder.resolve("out"), "before");

        model.deeds().save(page.file(), main(), to);

        assertThat(to).hasContent("first");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to))).isEqualTo("rw-------");
        assertThat(desk.toastTitles()).containsExactly("The secret is in out");
    }

    @Test
    void revokedIsGoneFromTheFileWhenItIsTakenOut() {
        Page.Open page = opened();

        model.deeds().revoke(page.file(), main(), "main");
        model.deeds().collect(page.file());
        model.deeds().verify(page.file());

        assertThat(desk.toastTitles()).containsExactly("main is revoked", "1 was taken out", "The one record opens");
        assertThat(line().row().facts().verified()).isPresent();
    }

    @Test
    void anotherPasswordReplacesTheOld() {
        Page.Open page = opened();
        byte[] other = "another one".getBytes(StandardCharsets.UTF_8);

        model.deeds().password(page.file(), other, told::add);
        model.lock(page.file());
        model.unlock(line(), MemoryVaults.password(), false);
        State old = line().state();
        model.unlock(line(), "another one".getBytes(StandardCharsets.UTF_8), false);

        assertThat(told).containsExactly("");
        assertThat(other).containsOnly(0);
        assertThat(old).isEqualTo(State.LOCKED);
        assertThat(line().state()).isEqualTo(State.OPEN);
    }

    @Test
    void aNewVaultIsMadeOpenedAndChosen() {
        model.create(folder.resolve("New.stronghold"), MemoryVaults.password(), told::add);

        assertThat(told).containsExactly("");
        assertThat(model.page().get()).isInstanceOfSatisfying(Page.Open.class, page ->
                assertThat(page.line().name()).isEqualTo("New"));
    }

    @Test
    void aFileThatIsThereIsNotOverwrittenByANewVault() throws IOException {
        byte[] before = Files.readAllBytes(keys);

        model.create(keys, MemoryVaults.password(), told::add);

        assertThat(told.getFirst()).isNotEmpty();
        assertThat(Files.readAllBytes(keys)).isEqualTo(before);
    }

    @Test
    void whatIsOnAnotherDeviceOrGoneCannotBeOpened() {
        desk.library.change(library -> {
            library.vaults.away("/home/jonas/family.stronghold", "studio-pc");
            library.vaults.lose(keys);
        });

        assertThat(model.lines()).extracting(VaultLine::state).containsExactly(State.MISSING, State.AWAY);
        assertThat(model.lines().get(1).detail()).isEqualTo("On studio-pc");
        assertThat(model.page().get()).isInstanceOf(Page.Elsewhere.class);
    }

    @Test
    void takenOffTheListTheFileStays() {
        opened();

        model.forget(line());

        assertThat(model.lines()).isEmpty();
        assertThat(keys).exists();
        assertThat(model.page().get()).isInstanceOf(Page.Nothing.class);
    }

    @Test
    void theHistoryTellsDeedsAndNeverNamesOrSecrets() {
        Page.Open page = opened();
        model.deeds().revoke(page.file(), main(), "main");
        model.lock(page.file());

        List<String> lines = model.history(line()).stream().map(VaultHistory.Line::what).toList();

        assertThat(lines).containsExactly("Locked", "Changed here", "Unlocked", "The file was written last");
    }

    @Test
    void theContentIsShownByNamesWithoutAnySecret() {
        Page.Open page = opened();

        List<ContentRows.Branch> branches = new ContentRows(desk.words).of(page.content());

        assertThat(branches).extracting(branch -> branch.line().name()).contains("wallet", "ssh");
        assertThat(branches.getFirst().below().getFirst().below().getFirst().line().spoken())
                .isEqualTo("main, 5\u00a0B, just now");
        assertThat(branches.toString()).doesNotContain("first");
    }

    @Test
    void closingTheWindowLocksAll() {
        OpenVaults.Opened before = model.open().at(opened().file()).orElseThrow();

        model.close();

        assertThat(before.vault().lockIfIdle(Duration.ofDays(1))).isTrue();
    }
}
