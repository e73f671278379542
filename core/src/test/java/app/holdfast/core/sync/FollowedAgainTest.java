package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// A stream is got from a relay, then from its owner, then from the same relay in the same conversation, which had
/// never been told that it was left.
final class FollowedAgainTest extends StreamFixture {

    private final OpenTalks talks = new OpenTalks();

    /// The tablet has the drive's rows from the desktop at first, then from the laptop, which goes away. Nothing
    /// that is sent to the tablet from then on arrives before [#tabletHears].
    private void tabletHasChangedItsSource() throws Exception {
        talks.link(laptop, desktop);
        talks.link(desktop, tablet);
        talks.settle();
        talks.link(laptop, tablet);
        talks.settle();
        talks.unlink(laptop, tablet);
        talks.silence(tablet, true);
    }

    private void tabletHears() throws Exception {
        talks.silence(tablet, false);
        talks.settle(); // which finds no violation
    }

    @Test
    void newsThatWereUnderWayWhenItWasAskedAnewComeTwiceAndNobodyIsTakenForALiar() throws Exception {
        tabletHasChangedItsSource();
        write("d/four.txt", "four");
        scan(laptop);
        talks.settle();

        tabletHears();

        assertThat(pages()).hasSizeGreaterThan(1);
        assertThat(tablet.hash()).isEqualTo(laptop.hash());
        assertThat(tablet.holding(VOLUME).servable()).isTrue();
    }

    private List<SyncMessage.StreamPage> pages() {
        return talks.said(desktop, tablet, SyncMessage.StreamPage.class);
    }
}
