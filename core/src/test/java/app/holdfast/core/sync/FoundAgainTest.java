package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import app.holdfast.core.store.Presence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A file that a new owner finds under a new id because it had not heard of the old one (S7): no alias is made, and
/// what people noted stays with the old id (ADR 99).
class FoundAgainTest extends StreamFixture {

    private static final TagId TRIPS = new TagId(new UUID(9, 9));

    /// The laptop finds a file, the tablet hears of it and tags it.
    private EntryId tagged() throws Exception {
        write("beach.txt", "sand");
        scan(laptop);
        TestDevice.talk(laptop, tablet);
        EntryId beach = beach(tablet).id();
        tablet.run(tx -> {
            tx.tags().write(TRIPS, Map.of(Models.NAME, new Value.Text("Trips")));
            tx.tags().assign(TRIPS, beach);
            return true;
        });
        return beach;
    }

    private EntryRow beach(TestDevice device) throws Exception {
        return rows(device, new EntryScope.Folder(location, Optional.empty())).stream()
                .filter(row -> row.name().equals("beach.txt")).findFirst().orElseThrow();
    }

    private static List<EntryRow> rows(TestDevice device, EntryScope scope) throws Exception {
        Presence presence = new Presence(device.id, Set.of(), Set.of());
        return device.store.readers().ask(reader -> reader.entries().rows(
                reader.entries().keys(scope, EntrySort.BY_NAME, presence).from(0, 100), presence)).get();
    }

    private static List<EntryId> tagged(TestDevice device) throws Exception {
        return rows(device, new EntryScope.Tagged(TRIPS)).stream().map(EntryRow::id).toList();
    }

    private void everybodyTalks() throws Exception {
        for (int round = 0; round < 3; round++) {
            TestDevice.talk(laptop, desktop);
            TestDevice.talk(desktop, tablet);
            TestDevice.talk(laptop, tablet);
        }
        assertThat(laptop.hash()).isEqualTo(desktop.hash()).isEqualTo(tablet.hash());
    }

    @Test
    void aTagStaysWithTheOldIdAndIsNotShownOnTheFileThatWasFoundAgain() throws Exception {
        TestDevice.talk(laptop, desktop);
        EntryId old = tagged();

        claim(desktop);
        scan(desktop);
        everybodyTalks();

        for (TestDevice one : List.of(laptop, desktop, tablet)) {
            assertThat(beach(one).id()).isEqualTo(beach(desktop).id()).isNotEqualTo(old);
            assertThat(beach(one).tags()).isEmpty();
            assertThat(tagged(one)).isEmpty();
            assertThat(one.<List<EntryId>>run(tx -> tx.tags().assigned(TRIPS))).as("out of sight, not lost")
                    .containsExactly(old);
        }
    }

    @Test
    void aTagOfTheOldIdIsServedToADeviceThatNeverHadThatRow() throws Exception {
        TestDevice.talk(laptop, desktop);
        EntryId old = tagged();
        claim(desktop);
        scan(desktop);
        everybodyTalks();

        laptop = laptop.withoutLog();
        try (TestDevice phone = new TestDevice(folder.resolve("phone"), 4)) {
            phone.join(laptop.run(tx -> tx.state().library()));
            phone.knows(laptop);
            laptop.knows(phone);
            TestDevice.talk(laptop, phone);

            assertThat(phone.<List<EntryId>>run(tx -> tx.tags().assigned(TRIPS))).containsExactly(old);
            assertThat(beach(phone).tags()).isEmpty();
        }
    }

    @Test
    void aTagOfTheOldIdIsShownAgainWhenARowWithThatIdIsThere() throws Exception {
        TestDevice.talk(laptop, desktop);
        EntryId old = tagged();
        claim(desktop);
        scan(desktop);
        TestDevice.talk(laptop, desktop);
        assertThat(beach(desktop).id()).isNotEqualTo(old);

        tablet.nowMillis += 1; // later, and of the same epoch: it wins
        claim(tablet);
        scan(tablet);
        everybodyTalks();

        for (TestDevice one : List.of(laptop, desktop, tablet)) {
            assertThat(one.holding(VOLUME).claim().owner()).isEqualTo(tablet.id);
            assertThat(beach(one).id()).isEqualTo(old);
            assertThat(beach(one).tags()).extracting(EntryRow.Tag::name).containsExactly("Trips");
            assertThat(tagged(one)).containsExactly(old);
        }
    }

    @Test
    void aTagStaysOnAFileThatTheNewOwnerHadHeardOf() throws Exception {
        EntryId old = tagged();
        TestDevice.talk(tablet, desktop);

        claim(desktop);
        scan(desktop);
        everybodyTalks();

        for (TestDevice one : List.of(laptop, desktop, tablet)) {
            assertThat(tagged(one)).containsExactly(old);
        }
    }
}
