package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Dot;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.VolumeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// An owner may sign what it likes about its own drive, and nothing about another's (invariant 6).
final class ForeignClaimsTest extends StreamFixture {

    private static final VolumeId OTHER = new VolumeId(new UUID(6, 6));

    private void addOther(TestDevice owner) throws Exception {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(mine.resolve("mine.txt"), "mine");
        LocationId top = owner.addLocation(mine, OTHER);
        owner.scan(top, OTHER, mine);
    }

    /// Has all entries of the laptop's drive stand on this claim, which it signs.
    private StreamTalk talkOfRowsOn(Dot claim) throws Exception {
        laptop.sql("insert or ignore into author (id) values (x'" + hex(claim.author().value()) + "')");
        laptop.sql("insert or ignore into claim (subject, author, sequence, clock_millis, clock_counter, epoch, owner,"
                + " base_mark) select x'" + hex(VOLUME.value()) + "', key, " + claim.sequence()
                + ", 0, 0, 0, zeroblob(32), -1 from author where id = x'" + hex(claim.author().value()) + "'");
        laptop.sql("update entry set claim = (select c.key from claim c join author a on a.key = c.author where a.id ="
                + " x'" + hex(claim.author().value()) + "' and c.sequence = " + claim.sequence() + ")");
        return StreamTalk.between(laptop, desktop);
    }

    private static String hex(UUID id) {
        return id.toString().replace("-", "");
    }

    @Test
    void rowsOnAClaimOfAnotherDriveAreRefused() throws Exception {
        addOther(desktop);
        Dot desktops = desktop.holding(OTHER).claim().id();
        TestDevice.talk(laptop, desktop);
        List<UUID> before = desktop.entryIds(location);
        laptop.sql("delete from entry where location in (select key from location where volume in (select key from"
                + " volume where id = x'" + hex(OTHER.value()) + "'))");
        laptop.sql("delete from location where volume in (select key from volume where id = x'" + hex(OTHER.value())
                + "')");
        laptop.sql("delete from volume where id = x'" + hex(OTHER.value()) + "'");
        laptop.sql("delete from stream where subject = x'" + hex(OTHER.value()) + "'");
        laptop.sql("update claim set subject = x'" + hex(VOLUME.value()) + "' where subject = x'" + hex(OTHER.value())
                + "'");

        StreamTalk talk = talkOfRowsOn(desktops);

        assertThat(talk.violation).contains("rows that stand on a claim of something else");
        assertThat(desktop.entryIds(location)).isEqualTo(before);
        List<UUID> damaged = desktop.run(tx -> tx.streams().check());
        assertThat(damaged).isEmpty();
        assertThat(desktop.holding(OTHER).servable()).isTrue();
    }

    @Test
    void rowsThatStoodOnANameBeforeAnotherClaimedUnderItStayOutOfItsStream() throws Exception {
        var author = tablet.run(tx -> tx.state().author());
        long next = tablet.run(tx -> tx.shared().vector().of(author)) + 1;
        StreamTalk talk = talkOfRowsOn(new Dot(author, next));
        assertThat(talk.violation).isEmpty();
        assertThat(desktop.entries()).isPositive();

        addOther(tablet);
        assertThat(tablet.holding(OTHER).claim().id()).isEqualTo(new Dot(author, next));
        TestDevice.talk(tablet, desktop);

        assertThat(desktop.holding(OTHER).servable()).isTrue();
        List<UUID> damaged = desktop.run(tx -> tx.streams().check());
        assertThat(damaged).doesNotContain(OTHER.value());
    }
}
