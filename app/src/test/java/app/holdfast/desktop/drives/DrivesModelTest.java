package app.holdfast.desktop.drives;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.CoreException.DriveRefused.Reason;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.VolumeRow;
import app.holdfast.core.model.VolumeId;
import app.holdfast.desktop.drives.DriveLine.Deed;
import app.holdfast.desktop.drives.DriveLine.Group;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.memory.MarenDrives;
import app.holdfast.desktop.memory.MemoryDrives;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DrivesModelTest {

    private final Desk desk = new Desk();
    private final Maren maren = new Maren(desk.library);
    private final MarenDrives known = new MarenDrives(desk.library);
    private final DrivesModel model = new DrivesModel(desk.live, desk.words, desk.toasts, desk::newId);

    private DriveLine line(String name, Group group) {
        return model.drives().stream().filter(line -> line.name().equals(name) && line.group() == group).findFirst()
                .orElseThrow();
    }

    private DeviceRow device(String name) {
        return desk.library.ask(LibraryReader::devices).stream().filter(row -> row.name().equals(name)).findFirst()
                .orElseThrow();
    }

    @Test
    void drivesStandWhereTheyAreAndSayWhatCanBeDone() {
        DriveLine system = line("System", Group.HERE);
        DriveLine field = line("Field SSD", Group.HERE);
        DriveLine stick = line("NO NAME", Group.HERE);
        DriveLine raid = line("attic-raid", Group.ELSEWHERE);
        DriveLine backup = line("Backup 2", Group.AWAY);

        assertThat(system.badge().word()).isEqualTo("Here");
        assertThat(system.about()).isEqualTo("Built in, ext4, /");
        assertThat(system.space().words()).isEqualTo("650\u00a0GB of 2.00\u00a0TB used");
        assertThat(system.space().used()).isEqualTo(0.325);
        assertThat(system.deeds()).containsExactly(Deed.NOTE, Deed.FORGET);
        assertThat(system.main()).isEmpty();
        assertThat(field.owner()).isEqualTo("studio-pc");
        assertThat(field.main()).contains(Deed.CLAIM);
        assertThat(field.deeds()).doesNotContain(Deed.FORGET);
        assertThat(stick.main()).contains(Deed.TRACK);
        assertThat(stick.owner()).isEmpty();
        assertThat(raid.badge().word()).isEqualTo("Online");
        assertThat(backup.about()).isEqualTo("Shelf 3, the grey box · Last seen on studio-pc, 3 Nov");
        assertThat(backup.space().used()).isNegative();
        assertThat(backup.main()).contains(Deed.NOTE);
        assertThat(model.summary()).isEqualTo("7 drives, 5 tracked");
    }

    @Test
    void aDriveIsTrackedWhereItIsMountedAndARefusalSaysWhy() {
        List<String> refused = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        var then = new DrivesModel.Tracked(() -> { }, refused::add, asked::add);

        model.track(DrivesModel.place(line("NO NAME", Group.HERE)).orElseThrow(), false, then);
        desk.library.refuse(new CoreException.DriveRefused(Reason.NO_DRIVE, "/mnt/share"));
        model.track(Path.of("/mnt/share"), false, then);
        desk.library.refuse(new CoreException.DriveRefused(Reason.SYSTEM, "/home/maren"));
        model.track(Path.of("/home/maren"), false, then);

        assertThat(desk.library.commands.getFirst()).isInstanceOfSatisfying(Command.TrackVolume.class, track ->
                assertThat(track.path()).isEqualTo(Path.of("/media/maren/NO NAME")));
        assertThat(refused).containsExactly(
                "/mnt/share does not lie on a drive of this device. Shares and memory cannot be tracked.");
        assertThat(asked).singleElement().asString().contains("/home/maren", "starts from");
    }

    @Test
    void aShelfNoteCanBeTakenBack() {
        model.note(known.backupTwo, "  attic, box 2 ");
        String noted = line("Backup 2", Group.AWAY).about();
        desk.toasts.undo();

        assertThat(noted).startsWith("attic, box 2 · ");
        assertThat(line("Backup 2", Group.AWAY).about()).startsWith("Shelf 3, the grey box");
        assertThat(model.note(known.backupTwo, "x".repeat(DrivesModel.NOTE_CHARS_MAX + 1))).isFalse();
    }

    @Test
    void filesOfADriveInADrawerSayWhatToPlugIn() {
        PlugIn plugIn = model.plugIn(known.backupTwo.id()).orElseThrow();

        assertThat(plugIn.line()).isEqualTo("Plug in Backup 2 – Shelf 3, the grey box");
        assertThat(plugIn.seen()).isEqualTo("Last seen on studio-pc, 3 Nov");
        assertThat(model.plugIn(known.backupOne.id())).isEmpty();
        assertThat(model.plugIn(known.field.id())).isEmpty();
    }

    @Test
    void whatIsTwiceCanBeSettledInEveryWay() {
        List<Verdict.Choice> choices = model.choices(known.backupOne);

        assertThat(choices).extracting(Verdict.Choice::verdict).containsExactly(
                new Verdict.CopyHere(Path.of("/media/maren/Backup 1")),
                new Verdict.CopyThere(device("studio-pc").id()),
                new Verdict.Original(Path.of("/media/maren/Backup 1")));
        choices.forEach(choice -> model.say(known.backupOne, choice.verdict()));
        assertThat(desk.library.commands).hasExactlyElementsOfTypes(Command.ThisIsTheCopy.class,
                Command.CopyIsAt.class, Command.ThisIsTheVolume.class);
    }

    @Test
    void aDriveThatLostItsMarkerIsTrackedOrClaimedByWhoseItIs() {
        desk.library.change(library -> {
            library.drives.mounted("mine", "/media/mine", MountRow.Found.MARKER_GONE, Optional.of(MemoryDrives.id(4)));
            library.drives.mounted("theirs", "/media/theirs", MountRow.Found.MARKER_GONE,
                    Optional.of(known.backupTwo.id()));
        });

        model.claim(line("theirs", Group.HERE));

        assertThat(line("mine", Group.HERE).main()).contains(Deed.TRACK);
        assertThat(line("theirs", Group.HERE).main()).contains(Deed.CLAIM);
        assertThat(desk.library.commands).containsExactly(new Command.ClaimVolume(known.backupTwo.id()));
    }

    @Test
    void momentsAreToldAndTheOneThatAsksCanBeAnswered() {
        VolumeId volume = known.field.id();
        DeviceRow studio = device("studio-pc");
        List<String> shown = new ArrayList<>();

        model.heard(new CoreEvent.DriveMoved(volume, "Backup 2", studio.id(), "studio-pc"), () -> { });
        model.heard(new CoreEvent.DriveMoved(volume, "Field SSD", device("maren-laptop").id(), "x"), () -> { });
        model.heard(new CoreEvent.DriveAsks(volume, "Field SSD", studio.id(), "studio-pc"), () -> { });
        List<Toasts.Toast> first = List.copyOf(desk.toasts.shown());
        boolean undone = desk.toasts.undo();
        first.getLast().action().orElseThrow().run().run();
        model.heard(new CoreEvent.DriveTwice(volume, "Backup 1"), () -> shown.add("page"));
        desk.toasts.shown().getLast().action().orElseThrow().run().run();
        model.heard(new CoreEvent.DriveNew(Path.of("/media/stick"), "STICK"), () -> shown.add("drives"));
        desk.toasts.shown().getLast().action().orElseThrow().run().run();
        model.heard(new CoreEvent.DriveGone(volume, "Backup 2"), () -> { });
        model.heard(new CoreEvent.DriveHere(volume, "Backup 2"), () -> { });

        assertThat(first).extracting(Toasts.Toast::title).containsExactly("Backup 2 is now on studio-pc",
                "Field SSD moved here", "Field SSD is plugged in here");
        assertThat(undone).as("to claim is not to undo").isFalse();
        assertThat(desk.library.commands).containsExactly(new Command.ClaimVolume(volume));
        assertThat(shown).containsExactly("page", "drives");
        assertThat(desk.toastTitles()).containsExactly("STICK is plugged in", "Backup 2 is unplugged",
                "Backup 2 is here");
    }

    @Test
    void locationsShowHowFarReadingThemIsWhileThePageIsInSight() {
        List<FolderLine> before = List.copyOf(model.folders());
        model.watchClosely(true);

        FolderLine projects = folder(maren.projects);
        desk.library.submit(new Command.PauseScan(maren.projects.id()));
        FolderLine paused = folder(maren.projects);
        FolderLine footage = folder(known.footage);

        assertThat(before).isEmpty();
        assertThat(projects.state()).isEqualTo("Reading: 41,877 found, 10,469 a second, 3 s left");
        assertThat(projects.fraction()).isEqualTo(0.62);
        assertThat(paused.state()).isEqualTo("Paused, 41,877 found");
        assertThat(paused.scan()).isEqualTo(FolderLine.Scan.PAUSED);
        assertThat(footage.state()).isEqualTo("402,118 items, away");
        assertThat(model.folders()).extracting(FolderLine::state).contains("912,004 items. Not watched: the system"
                + " watches no more folders, so it is read every ten minutes.");
    }

    @Test
    void aLocationMostOfWhichIsGoneSaysSo() {
        ScanProgress failed = new ScanProgress(maren.documents.id(), "Documents", ScanProgress.State.FAILED, 3, 0, 5,
                Optional.of("mostly_gone"));

        FolderLine line = new FolderLines(desk.words).lines(List.of(maren.documents), List.of(failed)).getFirst();

        assertThat(line.gone()).isTrue();
        assertThat(line.state()).isEqualTo("84,210 items. Most of it was not there, so nothing was taken out.");
    }

    @Test
    void readingFilesCanBePausedAndSaysWhatIsLeft() {
        model.watchClosely(true);

        String running = model.readingLine();
        model.pauseReading(true);

        assertThat(running).isEqualTo("12,400 files are still to be read, at most 50.0\u00a0MB a second.");
        assertThat(model.readingLine()).isEqualTo("Paused. 12,400 files are still to be read.");
    }

    @Test
    void aDriveThatIsThereTwiceOnAnotherDeviceOnlyHasNoChoiceHere() {
        VolumeRow raid = line("attic-raid", Group.ELSEWHERE).volume().orElseThrow();

        assertThat(model.choices(raid)).extracting(Verdict.Choice::verdict)
                .containsExactly(new Verdict.CopyThere(device("attic-nas").id()));
    }

    private FolderLine folder(LocationRow location) {
        return model.folders().stream().filter(line -> line.location().id().equals(location.id())).findFirst()
                .orElseThrow();
    }
}
