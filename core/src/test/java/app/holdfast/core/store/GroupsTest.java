package app.holdfast.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Event;
import app.holdfast.core.change.Group;
import app.holdfast.core.change.Models;
import app.holdfast.core.fake.FakeSigning;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How much that one job writes is cut into groups (R6).
class GroupsTest {

    private static final DeviceId DEVICE = new DeviceId("11".repeat(32));

    @TempDir
    private Path data;

    private List<Group> groups(Job<Boolean> job) throws Exception {
        Random random = new Random(1);
        Surroundings around = new Surroundings(() -> 1_000_000, random::nextLong, Thread::new, data.resolve("memory"),
                new FakeSigning(DEVICE));
        LibraryStore.create(data, DEVICE, "laptop", around);
        var groups = new ArrayList<Group>();
        try (LibraryStore store = LibraryStore.open(data, around, _ -> { })) {
            store.writer().submit(tx -> {
                job.run(tx);
                tx.shared().finish();
                tx.toLog().forEach(logged -> groups.add(logged.group()));
                return true;
            }).get();
        }
        return groups;
    }

    @Test
    void everyGroupOfManyAssignmentsTouchesTheTagAtItsEnd() throws Exception {
        TagId tag = new TagId(new UUID(1, 1));

        List<Group> groups = groups(tx -> {
            tx.tags().write(tag, Map.of(Models.NAME, new Value.Text("Trips")));
            for (int i = 0; i < 5_000; i++) {
                tx.tags().assign(tag, new EntryId(new UUID(2, i)));
            }
            return true;
        });

        assertThat(groups).hasSize(3).allSatisfy(group -> {
            assertThat(group.events()).hasSizeLessThanOrEqualTo(Group.EVENTS_MAX);
            Event last = group.events().getLast();
            assertThat(last.model()).isEqualTo(Models.TAG);
            assertThat(last.record()).isEqualTo(tag.value());
        });
        assertThat(groups.stream().mapToInt(group -> group.events().size()).sum()).isEqualTo(5_004);
    }

    @Test
    void whatFitsIsOneGroup() throws Exception {
        List<Group> groups = groups(tx -> {
            for (int i = 0; i < 1_900; i++) {
                tx.tags().write(new TagId(new UUID(1, i)), Map.of(Models.NAME, new Value.Text("Tag " + i)));
            }
            return true;
        });

        assertThat(groups).hasSize(1);
        assertThat(groups.getFirst().events()).hasSize(1_900);
    }
}
