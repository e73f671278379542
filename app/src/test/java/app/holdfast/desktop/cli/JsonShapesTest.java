package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.SyncConflict;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.desktop.fake.FakeLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The promised documents, field by field.
final class JsonShapesTest {

    private final Typing typing = new Typing();
    private final FakeLibrary library = typing.library;

    private void matches(Typing.Said said, String expected) {
        assertThat(said.err()).isEmpty();
        assertThat(said.status()).isZero();
        assertThat(said.out()).endsWith("\n").hasLineCount(1);
        assertThat(said.json()).isEqualTo(JsonMapper.shared().readTree(
                expected.replace("SELF", library.self.hex()).replace("OTHER", library.other.hex())));
    }

    @Test
    void statusNamesDeviceLibraryCountsAndPeers() {
        library.addTag("Trips", Optional.empty());

        Typing.Said said = typing.json("status");

        matches(said, """
                {"device":{"id":"SELF","name":"laptop"},
                 "library":{"id":"00000000-0000-7000-0000-000000000001","name":"Ada's library"},
                 "counts":{"locations":0,"entries":0,"tags":1,"assignments":0,"devices":2,"volumes":1,"bytes":0},
                 "peers":[{"id":"OTHER","name":"studio-pc","online":false,"lastSeen":"2026-11-21T12:00:00Z"}]}""");
    }

    @Test
    void locationListSaysWhereAndOnWhichVolume() {
        library.addLocation("Pictures", Path.of("/home/ada/Pictures"));

        Typing.Said said = typing.json("location", "list");

        matches(said, """
                [{"id":"00000000-0000-7100-0000-000000000001","name":"Pictures",
                  "absolutePath":"/home/ada/Pictures","device":"SELF","deviceName":"laptop",
                  "volume":"00000000-0000-7000-0000-000000000002","volumeName":"System","online":true,
                  "state":"idle","entries":0,"kept":true,"watch":"none"}]""");
    }

    @Test
    void volumeListHoldsVolumesAndDrivesThatAreNone() {
        Typing.Said said = typing.json("volume", "list");

        matches(said, """
                [{"id":"00000000-0000-7000-0000-000000000002","label":"System","device":"SELF","deviceName":"laptop",
                  "mounted":true,"mountPoint":"/","tracked":false,"epoch":1,"state":"ok","fsUuid":null,
                  "fileSystem":"ext4","totalBytes":0,"freeBytes":null,"removable":null,"readOnly":null,"note":null,
                  "lastSeen":null,"copies":[]},
                 {"id":null,"label":"Stick","device":null,"deviceName":null,"mounted":true,
                  "mountPoint":"/media/stick","tracked":false,"epoch":null,"state":"stranger","fsUuid":"1234-ABCD",
                  "fileSystem":"vfat","totalBytes":8000000000,"freeBytes":5000000000,"removable":true,
                  "readOnly":false,"note":null,"lastSeen":null,"copies":[],"volume":null}]""");
    }

    @Test
    void searchCountsAllAndShowsSome() {
        LocationId location = library.addLocation("Pictures", Path.of("/home/ada/Pictures"));
        library.addEntry(location, "Trips/beach.jpg", EntryKind.FILE, 1234);
        library.addEntry(location, "Trips/beach 2.jpg", EntryKind.FILE, 99);

        Typing.Said said = typing.json("search", "BEACH", "--limit", "1");

        matches(said, """
                {"total":2,"entries":[{"id":"00000000-0000-7200-0000-000000000002","name":"beach 2.jpg",
                  "path":"Trips/beach 2.jpg","location":"00000000-0000-7100-0000-000000000001","device":"SELF",
                  "deviceName":"laptop","volume":"00000000-0000-7000-0000-000000000002","volumeName":"System",
                  "kind":"file","size":99,"modified":"2026-11-21T12:00:00Z","tags":[],"online":true,"copies":null,
                  "note":null,"rating":0,"favorite":false,"fields":{}}]}""");
    }

    @Test
    void tagListHoldsParentsAndColours() {
        var trips = library.addTag("Trips", Optional.empty());
        library.addTag("Iceland", Optional.of(trips));

        Typing.Said said = typing.json("tag", "list");

        matches(said, """
                [{"id":"00000000-0000-7300-0000-000000000001","name":"Trips","parent":null,"color":"blue","entries":0},
                 {"id":"00000000-0000-7300-0000-000000000002","name":"Iceland",
                  "parent":"00000000-0000-7300-0000-000000000001","color":"blue","entries":0}]""");
    }

    @Test
    void whatIsNotedStandsWithTheFile() {
        LocationId location = library.addLocation("Pictures", Path.of("/home/ada/Pictures"));
        library.addEntry(location, "beach.jpg", EntryKind.FILE, 1234);
        typing.json("note", "set", "/home/ada/Pictures/beach.jpg", "fine sand");
        typing.json("favorite", "set", "/home/ada/Pictures/beach.jpg");
        typing.json("field", "set", "/home/ada/Pictures/beach.jpg", "Camera", "Leica");

        Typing.Said said = typing.json("rating", "set", "entry:00000000-0000-7200-0000-000000000001", "4");

        matches(said, """
                {"id":"00000000-0000-7200-0000-000000000001","name":"beach.jpg",
                  "path":"beach.jpg","location":"00000000-0000-7100-0000-000000000001","device":"SELF",
                  "deviceName":"laptop","volume":"00000000-0000-7000-0000-000000000002","volumeName":"System",
                  "kind":"file","size":1234,"modified":"2026-11-21T12:00:00Z","tags":[],"online":true,"copies":null,
                  "note":"fine sand","rating":4,"favorite":true,"fields":{"Camera":"Leica"}}""");
    }

    @Test
    void collectionListCountsFiles() {
        LocationId location = library.addLocation("Pictures", Path.of("/home/ada/Pictures"));
        library.addEntry(location, "beach.jpg", EntryKind.FILE, 1234);
        typing.json("collection", "create", "Summer");

        Typing.Said added = typing.json("collection", "add", "Summer", "/home/ada/Pictures/beach.jpg");
        Typing.Said listed = typing.json("collection", "list");

        matches(added, """
                {"id":"00000000-0000-7fff-0000-000000000001","name":"Summer","entries":1}""");
        matches(listed, """
                [{"id":"00000000-0000-7fff-0000-000000000001","name":"Summer","entries":1}]""");
        assertThat(typing.json("collection", "show", "Summer").json().get("total").asInt()).isEqualTo(1);
        matches(typing.json("collection", "delete", "Summer"), """
                {"deleted":"00000000-0000-7fff-0000-000000000001"}""");
    }

    @Test
    void deviceListMarksThisDevice() {
        Typing.Said said = typing.json("device", "list");

        matches(said, """
                [{"id":"SELF","name":"laptop","this":true,"online":true,"lastSeen":null,"via":null,
                  "addresses":["127.0.0.1:4242"],"pendingOut":0,"pendingIn":0},
                 {"id":"OTHER","name":"studio-pc","this":false,"online":false,"lastSeen":"2026-11-21T12:00:00Z",
                  "via":null,"addresses":["127.0.0.1:4242"],"pendingOut":7,"pendingIn":0}]""");
    }

    @Test
    void inviteGivesTicketAndEnd() {
        Typing.Said said = typing.json("device", "invite", "--accept", "--valid", "5");

        matches(said, """
                {"ticket":"endpointaaaa","expires":"2026-11-21T12:05:00Z"}""");
        assertThat(typing.devices.calls).containsExactly("invite true PT5M");
    }

    @Test
    void joinGivesDeviceLibraryAndDigits() {
        Typing.Said said = typing.json("device", "join", "endpointbbbb", "--yes");

        matches(said, """
                {"device":{"id":"OTHER","name":"studio-pc"},
                 "library":{"id":"00000000-0000-7000-0000-000000000001","name":"Ada's library"},"digits":"314159"}""");
    }

    @Test
    void pingGivesOneTimeForEachEcho() {
        Typing.Said said = typing.json("device", "ping", "endpointcccc", "--count", "3");

        matches(said, """
                {"id":"OTHER","rttMicros":[100,200,300],"alpn":"holdfast/ping/1"}""");
    }

    @Test
    void syncStatusCountsWhatIsPending() {
        Typing.Said said = typing.json("sync", "status");

        matches(said, """
                {"state":"ready","percent":null,"paused":false,"bytesPerSecond":null,
                 "peers":[{"id":"OTHER","name":"studio-pc","online":false,"state":"offline","percent":null,
                  "pendingOut":7,"pendingIn":0,"lastSync":"2026-11-21T12:00:00Z","lastSeen":null,"paused":false,
                  "bytesPerSecond":null,"problem":null,"twice":false,
                  "sent":{"bytes":0,"messages":0,"groups":0,"rows":0,"bytesPerSecond":0},
                  "received":{"bytes":0,"messages":0,"groups":0,"rows":0,"bytesPerSecond":0},
                  "roundTripMicros":null,"ackMicros":{"count":0,"p50":null,"p99":null}}],
                 "log":{"changes":12,"bytes":3456},"conflicts":0}""");
    }

    @Test
    void syncEventsSayWhenWhatAndWithWhom() {
        library.events.add(new SyncEvent(7, FakeLibrary.NOON, SyncEvent.Level.ERROR, SyncEvent.Kind.BROKEN,
                Optional.of(library.other), 255, Map.of("reason", "a second hello")));

        Typing.Said said = typing.json("sync", "events", "--limit", "5");

        matches(said, """
                [{"id":7,"time":"2026-11-21T12:00:00Z","level":"error","kind":"broken","device":"OTHER",
                  "deviceName":"studio-pc","conversation":"00000000000000ff",
                  "details":{"reason":"a second hello"}}]""");
    }

    @Test
    void syncConflictsHoldBothValues() {
        library.conflicts.add(conflict());

        Typing.Said said = typing.json("sync", "conflicts");

        matches(said, """
                [{"model":"tag","record":"00000000-0000-0000-0000-000000000005","title":"Trips","field":"color",
                  "kept":{"id":"k","value":"blue","device":"SELF","deviceName":"laptop","time":"2026-11-21T12:00:00Z"},
                  "others":[{"id":"o","value":"green","device":null,"deviceName":null,
                   "time":"2026-11-21T12:00:00Z"}]}]""");
    }

    @Test
    void takingTheOtherValueSettlesTheConflict() {
        library.conflicts.add(conflict());

        Typing.Said said = typing.json("sync", "conflicts", "--take", "o");

        matches(said, "[]");
        assertThat(library.submitted).containsExactly(
                new Command.SettleConflict(conflict().about(), Optional.of("o")));
    }

    @Test
    void takingTheValueThatIsKeepsIt() {
        library.conflicts.add(conflict());

        typing.json("sync", "conflicts", "--take", "k");

        assertThat(library.submitted).containsExactly(
                new Command.SettleConflict(conflict().about(), Optional.empty()));
    }

    private SyncConflict conflict() {
        return new SyncConflict(new SyncConflict.Field("tag", new UUID(0, 5), "color"), "Trips",
                new SyncConflict.Version("k", "blue", Optional.of(library.self), Optional.of("laptop"),
                        FakeLibrary.NOON),
                List.of(new SyncConflict.Version("o", "green", Optional.empty(), Optional.empty(), FakeLibrary.NOON)));
    }

    @Test
    void theDoctorFailsWhileSomethingIsWrongAndRepairsIt() {
        library.findings.add(new Checkup.Finding(Checkup.Code.VIEW_DIFFERS, 2, Checkup.Severity.ERROR,
                Checkup.Repair.REBUILD, "tag"));

        Typing.Said looked = typing.json("sync", "doctor");
        Typing.Said repaired = typing.json("sync", "doctor", "--repair");

        assertThat(looked.status()).isEqualTo(1);
        assertThat(repaired.status()).isZero();
        matches(repaired, """
                {"checks":14,"findings":[{"code":"view_differs","count":2,"severity":"error","repair":"rebuild",
                  "example":"tag"}],"repaired":true,"left":[],
                  "peers":[{"id":"%s","name":"studio-pc","standing":"equal"}]}""".formatted(library.other.hex()));
    }

    @Test
    void pauseResumeAndLimitSayWhoIsMeant() {
        typing.json("sync", "pause");
        typing.json("sync", "resume", "studio-pc");
        typing.json("sync", "limit", "1.5M");
        typing.json("sync", "limit", "studio-pc", "off");

        assertThat(library.submitted).containsExactly(new Command.PauseSync(Optional.empty()),
                new Command.ResumeSync(Optional.of(library.other)),
                new Command.LimitSync(Optional.empty(), Optional.of(1_500_000L)),
                new Command.LimitSync(Optional.of(library.other), Optional.empty()));
        assertThat(typing.json("sync", "limit", "fast").errorCode()).isEqualTo("usage");
    }

    @Test
    void libraryHashCountsRowsByModel() {
        Typing.Said said = typing.json("library", "hash");

        matches(said, """
                {"hash":"0000000000000000000000000000000000000000000000000000000000000000",
                 "rows":{"entry":0,"tag":0}}""");
    }
}
