package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.desktop.fake.FakeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What commands do to a library, and what they say when they cannot.
final class CommandsTest {

    private final Typing typing = new Typing();
    private final FakeLibrary library = typing.library;

    @Test
    void optionsAreTakenBeforeAndAfterTheCommand() {
        Typing.Said before = typing.text("--json", "--data", "/elsewhere", "status");
        Typing.Said after = typing.text("status", "--json", "--data=/elsewhere");

        assertThat(before.status()).isZero();
        assertThat(after.status()).isZero();
    }

    @Test
    void aDirectoryNamedLikeACommandIsADirectory() {
        Typing.Said said = typing.text("--data", "library", "status");

        assertThat(said.status()).isZero();
    }

    @Test
    void anUnknownCommandIsAUsageError() {
        Typing.Said said = typing.json("explode");

        assertThat(said.status()).isEqualTo(2);
        assertThat(said.errorCode()).isEqualTo("usage");
        assertThat(said.errorMessage()).contains("explode");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void aMissingArgumentIsAUsageErrorInWordsToo() {
        Typing.Said said = typing.text("location", "add");

        assertThat(said.status()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("PATH").contains("holdfast location add --help");
    }

    @Test
    void numbersOutOfRangeAreUsageErrors() {
        assertThat(typing.json("search", "x", "--limit", "-1").errorCode()).isEqualTo("usage");
        assertThat(typing.json("search", "x", "--limit", "many").errorCode()).isEqualTo("usage");
        assertThat(typing.json("device", "invite", "--accept", "--valid", "0").errorCode()).isEqualTo("usage");
        assertThat(typing.json("device", "ping", "endpointx", "--count", "1001").errorCode()).isEqualTo("usage");
    }

    @Test
    void aPathMeansTheCallersDirectory(@TempDir Path folder) throws IOException {
        typing.directory = folder;
        Files.createDirectory(folder.resolve("Pictures"));

        Typing.Said said = typing.json("location", "add", "./Pictures", "--name", "Photos");

        assertThat(said.json().get("absolutePath").asString()).isEqualTo(folder.resolve("Pictures").toString());
        assertThat(said.json().get("name").asString()).isEqualTo("Photos");
    }

    @Test
    void aFolderThatIsNotThereIsABadFolder() {
        Typing.Said said = typing.json("location", "add", "/nowhere/at/all");

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.errorCode()).isEqualTo("bad_folder");
        assertThat(said.errorMessage()).contains("/nowhere/at/all");
    }

    @Test
    void addingInAnInstanceDoesNotWaitForTheScan(@TempDir Path folder) {
        library.scanEnds = Optional.empty();

        Typing.Said said = typing.json("location", "add", folder.toString());

        assertThat(said.status()).isZero();
    }

    @Test
    void addingInAProcessOfItsOwnWaitsForTheScan(@TempDir Path folder) {
        typing.host = Session.Host.COMMAND;
        library.scanEnds = Optional.of(ScanProgress.State.FAILED);

        Typing.Said said = typing.json("location", "add", folder.toString());

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.errorCode()).isEqualTo("scan_failed");
        assertThat(said.errorMessage()).contains("the drive is gone");
    }

    @Test
    void aLocationIsMeantByItsNameOrItsId(@TempDir Path folder) {
        LocationId location = library.addLocation("Pictures", folder);

        Typing.Said byName = typing.json("location", "rescan", "Pictures");
        Typing.Said byId = typing.json("location", "cancel", location.toString());

        assertThat(byName.status()).isZero();
        assertThat(byId.status()).isZero();
        assertThat(library.submitted).containsExactly(new Command.RescanLocation(location),
                new Command.CancelScan(location));
    }

    @Test
    void aNameOfTwoLocationsIsAmbiguous() {
        library.addLocation("Pictures", Path.of("/a"));
        LocationId second = library.addLocation("Pictures", Path.of("/b"));

        Typing.Said said = typing.json("location", "remove", "Pictures");

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.errorCode()).isEqualTo("ambiguous");
        assertThat(said.errorMessage()).contains(second.toString());
        assertThat(library.submitted).isEmpty();
    }

    @Test
    void aTagIsMadeBelowAnother() {
        TagId trips = library.addTag("Trips", Optional.empty());

        Typing.Said said = typing.json("tag", "create", "Iceland", "--parent", "Trips", "--color", "green");

        assertThat(said.status()).isZero();
        assertThat(said.json().get("parent").asString()).isEqualTo(trips.toString());
        assertThat(said.json().get("color").asString()).isEqualTo("green");
    }

    @Test
    void aColourThatDoesNotExistIsRefusedWithTheListOfThoseThatDo() {
        Typing.Said said = typing.json("tag", "create", "Trips", "--color", "mauve");

        assertThat(said.errorCode()).isEqualTo("refused");
        assertThat(said.errorMessage()).contains("mauve").contains(TagColor.PINK.code());
        assertThat(library.submitted).isEmpty();
    }

    @Test
    void aTagNameUsedTwiceNeedsItsPath() {
        TagId work = library.addTag("Work", Optional.empty());
        TagId top = library.addTag("Trips", Optional.empty());
        TagId below = library.addTag("Trips", Optional.of(work));

        assertThat(typing.json("tag", "delete", "Trips").errorCode()).isEqualTo("ambiguous");
        assertThat(typing.json("tag", "delete", "Work/Trips").json().get("deleted").asString())
                .isEqualTo(below.toString());
        assertThat(typing.json("tag", "delete", "/Trips").json().get("deleted").asString()).isEqualTo(top.toString());
    }

    @Test
    void taggingAFileByPathShowsItsTags() {
        LocationId location = library.addLocation("Pictures", Path.of("/home/ada/Pictures"));
        EntryId entry = library.addEntry(location, "beach.jpg", EntryKind.FILE, 1);
        TagId trips = library.addTag("Trips", Optional.empty());

        Typing.Said said = typing.json("tag", "add", "Pictures/beach.jpg", "Trips");

        assertThat(said.json().get("tags").get(0).asString()).isEqualTo("Trips");
        assertThat(library.submitted).containsExactly(new Command.AssignTags(List.of(entry), List.of(trips)));
    }

    @Test
    void aFileOfAnotherDeviceIsMeantByItsId() {
        LocationId location = library.addLocation("Pictures", Path.of("/home/ada/Pictures"));
        EntryId entry = library.addEntry(location, "beach.jpg", EntryKind.FILE, 1);
        library.addTag("Trips", Optional.empty());

        Typing.Said added = typing.json("tag", "add", "entry:" + entry, "Trips");
        Typing.Said removed = typing.json("tag", "remove", "entry:" + entry, "Trips");

        assertThat(added.json().get("tags")).hasSize(1);
        assertThat(removed.json().get("tags")).isEmpty();
    }

    @Test
    void aTagThatDoesNotExistIsNotMadeByTheWay() {
        LocationId location = library.addLocation("Pictures", Path.of("/home/ada/Pictures"));
        EntryId entry = library.addEntry(location, "beach.jpg", EntryKind.FILE, 1);

        Typing.Said said = typing.json("tag", "add", "entry:" + entry, "Tirps");

        assertThat(said.errorCode()).isEqualTo("not_found");
        assertThat(said.errorMessage()).contains("holdfast tag create");
        assertThat(library.submitted).isEmpty();
    }

    @Test
    void aFileNobodyHoldsIsNotFound() {
        assertThat(typing.json("tag", "add", "missing.jpg", "Trips").errorCode()).isEqualTo("not_found");
        assertThat(typing.json("tag", "add", "entry:nonsense", "Trips").errorCode()).isEqualTo("not_found");
    }

    @Test
    void aFileThatItsLocationDoesNotKnowYetIsToldToBeReadFirst() {
        library.addLocation("Pictures", Path.of("/home/ada/Pictures"));

        assertThat(typing.json("tag", "add", "/home/ada/Pictures/new.jpg", "Trips").errorMessage())
                .contains("holdfast location rescan Pictures");
        assertThat(typing.json("tag", "add", "/home/ada/Music/new.ogg", "Trips").errorMessage())
                .contains("holdfast location add");
    }

    @Test
    void aFileMayBeginWithAnAtSign() {
        LocationId location = library.addLocation("Pictures", Path.of("/home/ada"));
        library.addEntry(location, "@home.jpg", EntryKind.FILE, 1);
        library.addTag("Trips", Optional.empty());

        Typing.Said said = typing.json("tag", "add", "@home.jpg", "Trips");

        assertThat(said.json().get("name").asString()).isEqualTo("@home.jpg");
    }

    @Test
    void theCoresFailuresKeepTheirCodes() {
        library.refuse(new CoreException.Busy());

        Typing.Said said = typing.json("device", "rename", "tower");

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.errorCode()).isEqualTo("busy");
    }

    @Test
    void aBadTicketKeepsItsCode() {
        typing.devices.failure = Optional.of(new CoreException.BadTicket("it is cut short"));

        assertThat(typing.json("device", "ping", "endpoint").errorCode()).isEqualTo("bad_ticket");
        assertThat(typing.json("device", "join", "endpoint", "--yes").errorCode()).isEqualTo("bad_ticket");
    }

    @Test
    void aDeviceIsMeantByItsFirstDigits() {
        Typing.Said said = typing.json("device", "forget", "cdcdcd");

        assertThat(said.json().get("forgotten").asString()).isEqualTo(library.other.hex());
    }

    @Test
    void joiningWithoutATerminalNeedsYes() {
        Typing.Said said = typing.json("device", "join", "endpointb");

        assertThat(said.errorCode()).isEqualTo("no_terminal");
        assertThat(typing.devices.calls).isEmpty();
    }

    @Test
    void joiningAsksAboutTheDigits() {
        typing.answers.add("y");

        Typing.Said said = typing.json("device", "join", "endpointb");

        assertThat(said.status()).isZero();
        assertThat(typing.questions).singleElement().asString().contains("studio-pc").contains("314159");
    }

    @Test
    void anythingButYesSharesNothing() {
        typing.answers.add("");

        Typing.Said said = typing.json("device", "join", "endpointb");

        assertThat(said.errorCode()).isEqualTo("pairing_declined");
    }

    @Test
    void invitingWithoutATerminalNeedsAccept() {
        Typing.Said said = typing.json("device", "invite");

        assertThat(said.errorCode()).isEqualTo("no_terminal");
        assertThat(typing.devices.calls).isEmpty();
    }

    @Test
    void theWindowAsksForItself() {
        typing.host = Session.Host.WINDOW;

        Typing.Said said = typing.json("device", "invite");

        assertThat(said.status()).isZero();
        assertThat(said.json().get("ticket").asString()).startsWith("endpoint");
    }

    @Test
    void aHeadlessInstanceAsksWhoeverInvited() throws Exception {
        typing.answers.add("yes");
        var inviting = CompletableFuture.supplyAsync(() -> typing.json("device", "invite"));

        while (typing.devices.answers.isEmpty()) {
            library.tell(new CoreEvent.PairingAsked(library.other, "studio-pc", "271828"));
            Thread.onSpinWait();
        }
        library.tell(new CoreEvent.DeviceJoined(library.other, "studio-pc"));

        assertThat(inviting.get(60, TimeUnit.SECONDS).status()).isZero();
        assertThat(typing.devices.answers).first().isEqualTo(true);
        assertThat(typing.questions).first().asString().contains("271828");
    }

    @Test
    void syncNowAnswersWithTheStatus() {
        Typing.Said said = typing.json("sync", "now");

        assertThat(typing.devices.calls).containsExactly("sync");
        assertThat(said.json().get("state").asString()).isEqualTo("ready");
    }

    @Test
    void showingNeedsAWindow() {
        assertThat(typing.json("show").errorCode()).isEqualTo("in_use");

        typing.host = Session.Host.WINDOW;

        assertThat(typing.json("show").status()).isZero();
        assertThat(typing.shown).isEqualTo(1);
    }

    @Test
    void anInstanceDoesNotServeTwice() {
        assertThat(typing.json("serve").errorCode()).isEqualTo("in_use");
        assertThat(typing.json("init", "--name", "x").errorCode()).isEqualTo("in_use");
        assertThat(typing.json("demo").errorCode()).isEqualTo("in_use");
    }

    @Test
    void whatATerminalWouldObeyIsNotPrinted() {
        LocationId location = library.addLocation("Pictures", Path.of("/home/ada/Pictures"));
        library.addEntry(location, "evil\u001B[2J\nname", EntryKind.FILE, 1);

        Typing.Said said = typing.text("search", "evil");

        assertThat(said.out()).doesNotContain("\u001B").contains("evil\uFFFD[2J\uFFFDname");
    }

    @Test
    void wordsThatAreNoCommandHaveAStatusOfTheirOwnWhereverTheyAreFound() {
        assertThat(typing.json("searches", "save", "", "x").status()).isEqualTo(CommandTree.USAGE);
        assertThat(typing.json("sync", "limit", "fast").status()).isEqualTo(CommandTree.USAGE);
    }

    @Test
    void peopleReadTheirLanguage() {
        typing.language = "de-CH";

        assertThat(typing.text("status").out()).contains("Gerät:").contains("nicht da");
        assertThat(typing.text("location", "--help").out()).contains("Ordner in der Bibliothek");
    }

    @Test
    void helpNamesEveryCommandOfThisIssueAndHidesTheRest() {
        Typing.Said said = typing.text("--help");

        assertThat(said.status()).isZero();
        assertThat(said.out()).contains("init", "serve", "demo", "status", "location", "search", "tag", "device",
                "sync", "library", "--data", "--json").doesNotContain("show");
    }

    @Test
    void helpSaysEachValueOnceHoweverManyAreTakenTogether() {
        assertThat(typing.text("vault", "add", "--help").out()).containsOnlyOnce("CLIENT VAULT RECORD\n")
                .doesNotContain("...");
        assertThat(typing.text("vault", "name", "--help").out()).contains("FILE NAME CLIENT").doesNotContain("...");
        assertThat(typing.text("sync", "limit", "--help").out()).contains("[DEVICE] RATE").doesNotContain("...");
    }
}
