package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.ChangeCodec;
import app.holdfast.core.change.Head;
import app.holdfast.core.change.Leaf;
import app.holdfast.core.change.OwnedRow;
import app.holdfast.core.change.OwnedRows;
import app.holdfast.core.change.Register;
import app.holdfast.core.change.Removal;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.change.Stamp;
import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.Value;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Only the owner's rows count, whoever passes them on (`docs/protocol/sync.md`, section 6.2).
class SignedStreamsTest extends StreamFixture {

    /// Changes the name of every entry in a page.
    private static List<OwnedRows> renamed(List<OwnedRows> tables) {
        return tables.stream().map(table -> {
            int name = table.fields().indexOf("name");
            return new OwnedRows(table.model(), table.fields(), table.rows().stream().map(row -> {
                List<Value> values = new ArrayList<>(row.values());
                if (name >= 0) {
                    values.set(name, new Value.Text("not the owner's"));
                }
                return new OwnedRow(row.id(), row.base(), row.sequence(), values);
            }).toList());
        }).toList();
    }

    private static Head forged(Head head) {
        return new Head(head.mark(), !head.asserted(), head.root(), head.signature());
    }

    @Test
    void aRelayCannotChangeARowOfAFirstTransfer() throws Exception {
        TestDevice.talk(laptop, desktop);

        StreamTalk talk = StreamTalk.between(desktop, tablet, message -> message instanceof SyncMessage.LeafPage page
                && !page.rows().isEmpty() ? new SyncMessage.LeafPage(page.claim(), renamed(page.rows()),
                        page.complete(), page.gone()) : message);

        assertThat(talk.violation).contains("rows that the owner did not sign");
        assertThat(tablet.entries()).isZero();
        TestDevice.talk(desktop, tablet);
        assertThat(tablet.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void aRelayCannotChangeNews() throws Exception {
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(desktop, tablet);
        write("d/four.txt", "four");
        scan(laptop);
        TestDevice.talk(laptop, desktop);
        var before = tablet.hash();

        StreamTalk talk = StreamTalk.between(desktop, tablet, message ->
                message instanceof SyncMessage.StreamPage page ? new SyncMessage.StreamPage(page.claim(),
                        page.number(), renamed(page.rows()), page.removals(), page.received()) : message);

        assertThat(talk.violation).contains("rows that their owner did not sign");
        assertThat(tablet.hash()).isEqualTo(before);
        assertThat(tablet.holding(VOLUME).servable()).isTrue();
        TestDevice.talk(desktop, tablet);
        assertThat(tablet.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void aRelayCannotRemoveARowOrKeepARemovalBack() throws Exception {
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(desktop, tablet);
        Files.delete(things.resolve("c/three.txt"));
        scan(laptop);
        TestDevice.talk(laptop, desktop);
        var before = tablet.hash();
        UUID top = tablet.entryIds(location).getFirst();

        StreamTalk silent = StreamTalk.between(desktop, tablet, message ->
                message instanceof SyncMessage.StreamPage page ? new SyncMessage.StreamPage(page.claim(),
                        page.number(), page.rows(), List.of(), page.received()) : message);
        StreamTalk eager = StreamTalk.between(desktop, tablet, message -> {
            if (message instanceof SyncMessage.StreamPage page) {
                List<Removal> removals = new ArrayList<>(page.removals());
                removals.add(new Removal("entry", top, page.received()));
                return new SyncMessage.StreamPage(page.claim(), page.number(), page.rows(), removals,
                        page.received());
            }
            return message;
        });

        assertThat(silent.violation).isPresent();
        assertThat(eager.violation).isPresent();
        assertThat(tablet.hash()).isEqualTo(before);
    }

    @Test
    void aHeadThatTheOwnerDidNotSignIsRefused() throws Exception {
        TestDevice.talk(laptop, desktop);

        StreamTalk first = StreamTalk.between(desktop, tablet, message ->
                message instanceof SyncMessage.StreamLeaves list ? new SyncMessage.StreamLeaves(list.claim(),
                        forged(list.head()), list.elsewhere(), list.leaves(), list.last()) : message);
        TestDevice.talk(desktop, tablet);
        StreamTalk later = StreamTalk.between(desktop, tablet, message ->
                message instanceof SyncMessage.StreamCut cut
                        ? new SyncMessage.StreamCut(cut.claim(), forged(cut.head()), cut.elsewhere()) : message);

        assertThat(first.violation).contains("a head that its owner did not sign");
        assertThat(later.violation).contains("a head that its owner did not sign");
    }

    @Test
    void aListOfLeavesThatIsNotTheOwnersIsRefused() throws Exception {
        TestDevice.talk(laptop, desktop);
        UnaryOperator<List<Leaf>> fewer = leaves -> leaves.subList(1, leaves.size());
        UnaryOperator<List<Leaf>> twice = leaves -> {
            List<Leaf> all = new ArrayList<>(leaves);
            all.add(leaves.getFirst());
            return all;
        };

        for (UnaryOperator<List<Leaf>> lie : List.of(fewer, twice)) {
            StreamTalk talk = StreamTalk.between(desktop, tablet, message -> message instanceof SyncMessage.StreamLeaves
                    list ? new SyncMessage.StreamLeaves(list.claim(), list.head(), list.elsewhere(),
                            lie.apply(list.leaves()), list.last()) : message);

            assertThat(talk.violation).contains("leaves that their owner did not sign");
            assertThat(tablet.entries()).isZero();
        }
    }

    @Test
    void leavesThatNobodyAskedForAreRefused() throws Exception {
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(desktop, tablet);
        var before = tablet.hash();

        StreamTalk talk = StreamTalk.between(desktop, tablet, message ->
                message instanceof SyncMessage.StreamCut cut
                        ? new SyncMessage.LeafPage(cut.claim(), List.of(), 3, List.of()) : message);

        assertThat(talk.violation).contains("leaves that nobody asked for");
        assertThat(tablet.hash()).isEqualTo(before);
    }

    @Test
    void rowsOutOfOrderAreRefused() throws Exception {
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(desktop, tablet);
        write("d/four.txt", "four");
        scan(laptop);
        var before = desktop.hash();

        for (long sequence : new long[] {0, -5, 1, 1L << 60}) {
            StreamTalk talk = StreamTalk.between(laptop, desktop, message ->
                    message instanceof SyncMessage.StreamPage page ? new SyncMessage.StreamPage(page.claim(),
                            page.number(), page.rows().stream().map(table -> new OwnedRows(table.model(),
                                    table.fields(), table.rows().stream().map(row -> new OwnedRow(row.id(),
                                            Optional.empty(), sequence, row.values())).toList())).toList(),
                            page.removals(), page.received()) : message);

            assertThat(talk.violation).contains("rows that are out of order");
            assertThat(desktop.hash()).isEqualTo(before);
        }
    }

    @Test
    void aMarkThatGoesBackIsRefused() throws Exception {
        TestDevice.talk(laptop, desktop);

        StreamTalk talk = StreamTalk.between(laptop, desktop, message -> message instanceof SyncMessage.StreamCut cut
                ? new SyncMessage.StreamCut(cut.claim(), new Head(0, true, cut.head().root(), cut.head().signature()),
                        cut.elsewhere()) : message);

        assertThat(talk.violation.orElseThrow()).startsWith("a stream went back");
    }

    @Test
    void rowsOfAStreamThatIsOursEndTheConversation() throws Exception {
        TestDevice.talk(laptop, desktop);
        var claim = laptop.holding(VOLUME).claim().id();

        StreamTalk talk = StreamTalk.between(desktop, laptop, message -> message instanceof SyncMessage.Streams
                ? new SyncMessage.StreamPage(claim, 1, List.of(), List.of(), 5) : message);

        assertThat(talk.violation).contains("rows of a stream that this device owns");
    }

    @Test
    void damagedRowsAreFoundAndFetchedAgain() throws Exception {
        writeMany(2_000);
        scan(laptop);
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(desktop, tablet);
        TestDevice.talk(laptop, desktop);
        int changed = tablet.sql("update entry set name = 'damaged' where name = 'file 77'")
                + tablet.sql("delete from entry where name = 'file 1500'")
                + tablet.sql("delete from stale_leaf"); // nothing noticed it
        assertThat(changed).isGreaterThan(2);

        List<UUID> damaged = tablet.run(tx -> tx.streams().check());
        StreamTalk talk = StreamTalk.between(desktop, tablet);

        assertThat(damaged).containsExactly(VOLUME.value());
        assertThat(tablet.hash()).isEqualTo(laptop.hash());
        assertThat(talk.said(SyncMessage.LeafPage.class).stream().mapToInt(SyncMessage.LeafPage::complete).sum())
                .isEqualTo(2);
        List<UUID> after = tablet.run(tx -> tx.streams().check());
        assertThat(after).isEmpty();
    }

    @Test
    void aRelayThatIsDamagedServesNothing() throws Exception {
        TestDevice.talk(laptop, desktop);
        desktop.sql("update entry set size = 77 where name = 'one.txt'");

        StreamTalk talk = StreamTalk.between(desktop, tablet);

        assertThat(talk.violation).isEmpty();
        assertThat(tablet.entries()).isZero();
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(desktop, tablet);
        assertThat(tablet.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void whatANewerVersionWroteIsPartOfWhatIsSigned() throws Exception {
        byte[] extra = ChangeCodec.encode(new Snapshot(
                new TreeMap<>(Map.of("width", Register.of(
                        new Value.Whole(640), new Stamp(new Hlc(0, 0,
                                new Author(new UUID(0, 0))), 1))))));
        laptop.sql("update entry set extra = x'" + HexFormat.of().formatHex(extra)
                + "' where name = 'one.txt'");
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(desktop, tablet);

        assertThat(tablet.hash()).isEqualTo(desktop.hash());
        assertThat(tablet.holding(VOLUME).servable()).isTrue();
    }
}
