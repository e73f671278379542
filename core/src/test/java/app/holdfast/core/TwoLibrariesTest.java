package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.Devices;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.Library;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two whole libraries in one process, over kwik on loopback.
class TwoLibrariesTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final long SECONDS_MAX = 60;

    @TempDir
    private Path folder;

    private Holdfast one;
    private Holdfast two;
    private Devices atOne;
    private Devices atTwo;

    @BeforeEach
    void open() throws Exception {
        Holdfast.initialise(folder.resolve("one"), "one");
        Holdfast.initialise(folder.resolve("two"), "two");
        one = Holdfast.open(folder.resolve("one"));
        two = Holdfast.open(folder.resolve("two"));
        atOne = one.connect(LOOPBACK);
        atTwo = two.connect(LOOPBACK);
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private Devices.Joined pair() throws Exception {
        String ticket = get(atOne.invite(true, Duration.ofMinutes(5))).ticket();
        return get(atTwo.join(ticket, (_, _) -> true));
    }

    private static <T> T get(java.util.concurrent.CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /// Waits until a question's answer is as wanted; asked by the library itself whenever something changed.
    private static <T> T await(Library library, Function<LibraryReader, Optional<T>> question) throws Exception {
        CompletableFuture<T> found = new CompletableFuture<>();
        try (Subscription _ = library.observe(question, answer -> answer.ifPresent(found::complete))) {
            return found.get(SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    private void awaitSameHash() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        String wanted;
        do {
            wanted = one.library().ask(reader -> reader.hash().hash());
            String goal = wanted;
            if (two.library().ask(reader -> reader.hash().hash()).equals(goal)) {
                return;
            }
            get(atTwo.syncNow());
        } while (System.nanoTime() < deadline);
        assertThat(two.library().ask(LibraryReader::hash)).isEqualTo(one.library().ask(LibraryReader::hash));
    }

    private LocationId addSampleFolder() throws Exception {
        Path top = Files.createDirectories(folder.resolve("things/below"));
        Files.writeString(top.resolve("beach.txt"), "sand");
        LocationId location = new LocationId(one.newId());
        get(one.library().submit(new Command.AddLocation(location, folder.resolve("things"), Optional.empty())));
        return location;
    }

    private static Optional<EntryRow> find(LibraryReader reader, String name) {
        var keys = reader.keys(new EntryScope.Search(name, List.of()), EntrySort.BY_NAME);
        return reader.rows(keys.from(0, 10)).stream().findFirst();
    }

    @Test
    void bothKnowEachOtherAfterPairing() throws Exception {
        var joined = pair();

        assertThat(joined.deviceName()).isEqualTo("one");
        assertThat(joined.digits()).hasSize(6);
        await(one.library(), reader -> reader.devices().stream().filter(row -> !row.self() && row.online()).findAny());
        await(two.library(), reader -> reader.devices().stream().filter(row -> !row.self() && row.online()).findAny());
        awaitSameHash();
    }

    @Test
    void aFileOfOneDeviceIsFoundAndTaggedOnTheOther() throws Exception {
        pair();
        addSampleFolder();
        EntryRow seen = await(two.library(), reader -> find(reader, "beach"));
        TagId tag = new TagId(two.newId());

        get(two.library().submit(new Command.CreateTag(tag, "Trips", Optional.empty(), Optional.empty())));
        get(two.library().submit(new Command.AssignTags(List.of(seen.id()), List.of(tag))));

        EntryRow tagged = await(one.library(), reader -> find(reader, "beach").filter(row -> !row.tags().isEmpty()));
        assertThat(tagged.tags().getFirst().name()).isEqualTo("Trips");
        assertThat(seen.path()).isEqualTo("below/beach.txt");
        assertThat(seen.holder().deviceName()).isEqualTo("one");
        assertThat(seen.holder().online()).isTrue();
        awaitSameHash();
    }

    @Test
    void aTicketServesOneDeviceOnly() throws Exception {
        String ticket = get(atOne.invite(true, Duration.ofMinutes(5))).ticket();
        get(atTwo.join(ticket, (_, _) -> true));
        Holdfast.initialise(folder.resolve("three"), "three");
        try (Holdfast three = Holdfast.open(folder.resolve("three"))) {
            Devices atThree = three.connect(LOOPBACK);

            assertThatThrownBy(() -> get(atThree.join(ticket, (_, _) -> true)))
                    .isInstanceOf(ExecutionException.class).hasCauseInstanceOf(CoreException.TicketRefused.class);
        }
    }

    @Test
    void nothingIsSharedWhenTheDigitsAreNotConfirmed() throws Exception {
        String ticket = get(atOne.invite(true, Duration.ofMinutes(5))).ticket();

        assertThatThrownBy(() -> get(atTwo.join(ticket, (_, _) -> false)))
                .hasCauseInstanceOf(CoreException.PairingDeclined.class);

        assertThat(one.library().ask(LibraryReader::devices)).hasSize(1);
        assertThat(two.library().ask(LibraryReader::devices)).hasSize(1);
    }

    @Test
    void aTicketThatWasCutIsCalledBad() {
        assertThatThrownBy(() -> get(atTwo.join("holdfastabcdef", (_, _) -> true)))
                .hasCauseInstanceOf(CoreException.BadTicket.class);
    }

    @Test
    void aForgottenDeviceIsToldNothingMore() throws Exception {
        var joined = pair();
        awaitSameHash();
        var twoId = two.library().ask(reader -> reader.summary().device());

        get(one.library().submit(new Command.ForgetDevice(twoId)));
        await(one.library(), reader -> reader.devices().size() == 1 ? Optional.of(true) : Optional.empty());
        get(one.library().submit(new Command.CreateTag(new TagId(one.newId()), "Secret", Optional.empty(),
                Optional.empty())));
        get(atTwo.syncNow());

        assertThat(joined.library()).isEqualTo(two.library().ask(reader -> reader.summary().library()));
        assertThat(two.library().ask(LibraryReader::tags)).isEmpty();
    }

    @Test
    void aDeviceThatLostTheFileOfItsLibraryHasItsFolderAndTagsBackOnceItHasJoinedAgain() throws Exception {
        pair();
        LocationId location = addSampleFolder();
        EntryRow file = await(two.library(), reader -> find(reader, "beach"));
        TagId tag = new TagId(two.newId());
        get(two.library().submit(new Command.CreateTag(tag, "Trips", Optional.empty(), Optional.empty())));
        get(two.library().submit(new Command.AssignTags(List.of(file.id()), List.of(tag))));
        awaitSameHash();
        one.close();
        Path data = folder.resolve("one");
        for (String lost : List.of("database.db", "database.db-wal", "database.db-shm")) {
            Files.deleteIfExists(data.resolve(lost));
        }

        Holdfast.initialise(data, "one");
        one = Holdfast.open(data);
        atOne = one.connect(LOOPBACK);
        get(atOne.join(get(atTwo.invite(true, Duration.ofMinutes(5))).ticket(), (_, _) -> true));

        EntryRow back = await(one.library(), reader -> find(reader, "beach").filter(row -> !row.tags().isEmpty()));
        assertThat(back.id()).isEqualTo(file.id());
        await(one.library(), reader -> reader.locations().stream().filter(row -> row.id().equals(location)
                && row.state() == LocationRow.State.IDLE).findAny());
        Files.writeString(folder.resolve("things/shell.txt"), "found later");
        await(two.library(), reader -> find(reader, "shell"));
        awaitSameHash();
        assertThat(two.library().ask(reader -> find(reader, "beach")).orElseThrow().id()).isEqualTo(file.id());
    }
}
