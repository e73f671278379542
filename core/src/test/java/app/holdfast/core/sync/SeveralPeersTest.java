package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Dot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Several conversations of one device beside each other.
final class SeveralPeersTest extends StreamFixture {

    private static final int TAGS = 3_000;

    @Test
    void aDeviceIsUpToDateOnlyOnceThePeerHasSaidWhatItHolds() throws Exception {
        TestDevice.talk(laptop, tablet);
        write("d/four.txt", "four");
        scan(laptop);
        OpenTalks talks = new OpenTalks();

        OpenTalks.Side atTablet = talks.link(tablet, laptop);

        while (talks.said(laptop, tablet, SyncMessage.Streams.class).isEmpty()) {
            assertThat(talks.take(atTablet) | talks.take(talks.end(laptop, tablet))).isTrue();
            assertThat(atTablet.session.progress().state()).as("the two cover the same").isNotEqualTo(
                    Progress.State.UP_TO_DATE);
        }
        talks.settle();
        assertThat(atTablet.session.progress().state()).isEqualTo(Progress.State.UP_TO_DATE);
        assertThat(tablet.hash()).isEqualTo(laptop.hash());
    }

    /// Whoever owns a stream says so; here the peer knows of none, not even of the desktop itself.
    @Test
    void aDeviceThatHoldsNothingSaysSo() throws Exception {
        desktop.sql("delete from stream");
        desktop.close();
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        OpenTalks talks = new OpenTalks();

        talks.link(desktop, tablet);
        while (talks.said(desktop, tablet, SyncMessage.Streams.class).isEmpty()) {
            assertThat(talks.turn()).isTrue();
        }

        assertThat(talks.said(desktop, tablet, SyncMessage.Streams.class).getFirst().streams()).isEmpty();
        talks.settle();
        assertThat(talks.end(tablet, desktop).session.progress().state()).isEqualTo(Progress.State.UP_TO_DATE);
    }

    @Test
    void aRelayThatIsBehindGivesWayToOneThatIsNot() throws Exception {
        TestDevice phone = new TestDevice(folder.resolve("phone"), 4);
        try (phone) {
            phone.join(laptop.run(tx -> tx.state().library()));
            phone.knows(laptop);
            phone.knows(desktop);
            phone.knows(tablet);
            TestDevice.talk(laptop, desktop);
            TestDevice.talk(laptop, tablet);
            OpenTalks talks = new OpenTalks();
            talks.link(phone, desktop);
            talks.settle();
            write("d/four.txt", "four");
            scan(laptop);
            TestDevice.talk(laptop, tablet);

            talks.link(phone, tablet);
            talks.settle();

            assertThat(phone.holding(VOLUME).mark()).isEqualTo(laptop.holding(VOLUME).mark());
            assertThat(phone.entries()).isEqualTo(laptop.entries());
        }
    }

    @Test
    void leavesThatWereReadAMomentAgoAreNotReadAgain() throws Exception {
        TestDevice.talk(laptop, desktop);
        OpenTalks talks = new OpenTalks();
        talks.link(tablet, desktop);
        talks.settle();
        SyncMessage.LeafFetch asked = talks.said(tablet, desktop, SyncMessage.LeafFetch.class).stream()
                .filter(fetch -> fetch.claim().equals(laptops())).findFirst().orElseThrow();
        List<SyncMessage> first = new ArrayList<>(talks.said(desktop, tablet, SyncMessage.LeafPage.class).stream()
                .filter(page -> page.claim().equals(laptops())).toList());
        OpenTalks.Side atDesktop = talks.end(desktop, tablet);
        desktop.sql("update entry set name = 'not read again' where name = 'one.txt'");

        List<SyncMessage> again = desktop.run(tx -> atDesktop.session.receive(tx, asked)).say();
        desktop.nowMillis += LeafAnswers.MILLIS_MAX;
        List<SyncMessage> later = desktop.run(tx -> atDesktop.session.receive(tx, asked)).say();

        assertThat(again).containsExactlyElementsOf(first);
        assertThat(later).hasOnlyElementsOfType(SyncMessage.LeafPage.class).isNotEqualTo(first);
    }

    /// Two devices without logs, so that their states are compared with; what differs is got from both.
    @Test
    void whatANewDeviceLacksIsGotFromSeveralAtOnceAndNothingTwice() throws Exception {
        laptop.editMany(0, TAGS);
        TestDevice.talk(laptop, desktop);
        laptop = laptop.withoutLog();
        desktop = desktop.withoutLog();
        OpenTalks talks = new OpenTalks();

        talks.link(tablet, laptop);
        talks.link(tablet, desktop);
        talks.settle();

        assertThat(tablet.hash()).isEqualTo(laptop.hash());
        List<Dot> byLaptop = contents(talks, laptop);
        List<Dot> byDesktop = contents(talks, desktop);
        assertThat(byLaptop).hasSizeGreaterThan(TAGS / 4);
        assertThat(byDesktop).hasSizeGreaterThan(TAGS / 4);
        assertThat(byLaptop).doesNotContainAnyElementsOf(byDesktop);
        assertThat(byLaptop.size() + byDesktop.size()).isBetween(TAGS, TAGS + 100);
    }

    @Test
    void whatWasAskedOfADeviceThatIsGoneIsGotFromAnother() throws Exception {
        laptop.editMany(0, TAGS);
        TestDevice.talk(laptop, desktop);
        laptop = laptop.withoutLog();
        desktop = desktop.withoutLog();
        OpenTalks talks = new OpenTalks();
        OpenTalks.Side atTablet = talks.link(tablet, desktop);
        talks.link(tablet, laptop);
        while (talks.said(tablet, laptop, SyncMessage.Fetch.class).isEmpty()) {
            assertThat(talks.turn()).isTrue();
        }

        talks.unlink(tablet, laptop);
        talks.settle();

        assertThat(tablet.hash()).isEqualTo(desktop.hash());
        assertThat(atTablet.session.progress().state()).isEqualTo(Progress.State.UP_TO_DATE);
    }

    private List<Dot> contents(OpenTalks talks, TestDevice by) {
        return talks.said(by, tablet, SyncMessage.Contents.class).stream()
                .flatMap(message -> message.contents().stream()).map(SyncMessage.Content::dot).toList();
    }

    private Dot laptops() {
        try {
            return laptop.holding(VOLUME).claim().id();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
