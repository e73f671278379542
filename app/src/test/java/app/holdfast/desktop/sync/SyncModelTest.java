package app.holdfast.desktop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.memory.MarenSync;
import app.holdfast.desktop.memory.MemoryDevices;
import app.holdfast.desktop.sync.SyncLines.EventLine;
import app.holdfast.desktop.sync.SyncLines.Fact;
import app.holdfast.desktop.sync.SyncLines.PeerLine;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SyncModelTest {

    private final Desk desk = new Desk();
    private final Maren maren = new Maren(desk.library);
    private final SyncModel model = new SyncModel(desk.live, desk.words, desk.toasts,
            new MemoryDevices(Runnable::run));

    @BeforeEach
    void start() {
        MarenSync.fill(desk.library);
        model.start();
    }

    private PeerLine peer(String name) {
        return model.peers().stream().filter(line -> line.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void theFactsSayStateWaitingLogDelayAndConflicts() {
        assertThat(model.facts()).extracting(Fact::value)
                .containsExactly("Up to date", "9,520", "412\u00a0KB", "4\u00a0ms", "2");
        assertThat(model.facts()).extracting(Fact::detail).contains("2 of 3 devices online", "changes for 2 devices",
                "1,824 changes", "settled, worth a look");
    }

    @Test
    void eachDeviceHasItsStateAndWhatIsPending() {
        assertThat(model.peers()).extracting(PeerLine::name, line -> line.state().word(), PeerLine::toSend,
                PeerLine::toGet, PeerLine::last).containsExactlyInAnyOrder(
                tuple("studio-pc", "Up to date", "0", "0", "just now"),
                tuple("attic-nas", "Sending", "1,204", "0", "just now"),
                tuple("old-thinkpad", "Away", "8,316", "?", "3 Nov"));
        assertThat(peer("attic-nas").spoken()).isEqualTo("attic-nas, Sending, 1,204 to send");
    }

    @Test
    void aBackfillShowsHowFarItIs() {
        desk.library.change(library -> {
            desk.files.receiving(5, "new-mac", 40_000);
            desk.files.syncState(SyncStatus.State.BACKFILLING);
            library.sync.percent = Optional.of(37);
        });

        assertThat(model.facts().getFirst()).satisfies(state -> {
            assertThat(state.value()).isEqualTo("Getting all");
            assertThat(state.fraction()).isEqualTo(0.37);
        });
        assertThat(peer("new-mac").state()).isEqualTo(new SyncLines.Peer("Getting all 37 %", "badge syncing", 0.37));
    }

    @Test
    void aDeviceIsPausedAndResumed() {
        model.pause(peer("attic-nas"), true);
        PeerLine paused = peer("attic-nas");
        model.pause(paused, false);

        assertThat(paused.state().word()).isEqualTo("Paused");
        assertThat(paused.paused()).isTrue();
        assertThat(peer("attic-nas").paused()).isFalse();
    }

    @Test
    void allAreHeldAtOnce() {
        model.pauseAll(true);

        assertThat(model.paused().get()).isTrue();
        assertThat(model.peers()).allMatch(line -> line.state().word().equals("Paused"));
        assertThat(model.facts().getFirst().value()).isEqualTo("Paused");
    }

    @Test
    void aLimitIsTypedInMegabytesAndTakenOffByNothing() {
        model.limit(peer("attic-nas"), " 1.5 ");
        String limited = peer("attic-nas").detail();
        model.limit(peer("attic-nas"), "");

        assertThat(limited).isEqualTo("at most 1.5\u00a0MB a second");
        assertThat(peer("attic-nas").detail()).isEmpty();
        assertThat(model.isRate("fast")).isFalse();
        assertThat(model.isRate("1 MB")).isFalse();
        assertThat(model.isRate("-3")).isFalse();
        assertThat(model.isRate("0.25")).isTrue();
    }

    @Test
    void aConflictShowsBothValuesAndWhoWroteThem() {
        SyncLines.ConflictLine color = model.conflicts().getLast();

        assertThat(color.title()).isEqualTo("Nordlicht");
        assertThat(color.field()).isEqualTo("Colour");
        assertThat(color.kept()).isEqualTo(new SyncLines.Value("Kept, studio-pc, 11:20:00", "blue"));
        assertThat(color.other()).isEqualTo(new SyncLines.Value("Replaced, old-thinkpad, 3 Nov", "green"));
        assertThat(model.conflicts().getFirst().more()).isEqualTo("and 1 more");
    }

    @Test
    void theOtherValueIsTakenOrThisOneKept() {
        model.takeOther(model.conflicts().getLast());
        model.keep(model.conflicts().getFirst());

        assertThat(desk.library.commands).containsExactly(
                new Command.SettleConflict(MarenSync.COLOR.about(), Optional.of("green4")),
                new Command.SettleConflict(MarenSync.NAME.about(), Optional.empty()));
        assertThat(model.conflicts()).isEmpty();
    }

    @Test
    void eventsAreInWordsNewestFirst() {
        assertThat(model.events()).extracting(EventLine::text).startsWith("Limit for attic-nas: 2.0\u00a0MB a second",
                "Changes of old-thinkpad wait, its clock is 95 s ahead", "studio-pc is up to date");
        assertThat(model.events().getLast().time()).isEqualTo("08:15:00");
        assertThat(model.eventsAsText()).startsWith("08:15:00  All of the library is here\n");
    }

    @Test
    void aCheckTellsWhatItFoundAndARepairIsConfirmed() {
        Checkup.Finding finding = new Checkup.Finding(Checkup.Code.VIEW_DIFFERS, 3, Checkup.Severity.ERROR,
                Checkup.Repair.REBUILD, "tag");
        desk.library.sync.findings.add(finding);

        model.check();
        Checkup found = model.checkup().get();
        model.repair();
        model.check();

        assertThat(found.findings()).containsExactly(finding);
        assertThat(model.checkup().get().findings()).isEmpty();
        assertThat(desk.toastTitles()).containsExactly("The library was repaired");
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        desk.library.refuse(new CoreException.Busy());

        model.pauseAll(true);

        assertThat(model.paused().get()).isFalse();
        assertThat(desk.toastTitles()).containsExactly("That could not be done");
    }

    @Test
    void throughputIsAskedForWhenThePageWantsIt() {
        model.refresh();

        assertThat(model.throughput().get().sent()).hasSize(119);
    }
}
