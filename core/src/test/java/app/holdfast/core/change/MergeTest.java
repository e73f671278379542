package app.holdfast.core.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.holdfast.core.clock.Author;
import app.holdfast.core.clock.Hlc;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeTest {

    private static final Author LAPTOP = new Author(new UUID(0, 1));
    private static final Author DESKTOP = new Author(new UUID(0, 2));
    private static final Author PHONE = new Author(new UUID(0, 3));
    private static final Model PLAIN = Model.shared("plain", Field.text("name", 100), Field.text("color", 100));
    /// What is longer wins.
    private static final Model LONGEST = Model.shared("plain", Field.text("color", 100), Field.text("name", 100)
            .merging(MergeRule.greatest(Comparator.comparingInt(version -> text(version.value()).length()))));

    private long millis = 1_000;

    private static String text(Value value) {
        return value instanceof Value.Text(String text) ? text : "";
    }

    private static Map<String, Value> field(String name, String value) {
        return Map.of(name, new Value.Text(value));
    }

    private static SortedMap<Dot, Snapshot> live(Edit... edits) {
        var live = new TreeMap<Dot, Snapshot>();
        List.of(edits).forEach(edit -> live.put(edit.dot, edit.snapshot));
        return live;
    }

    private record Edit(Dot dot, Snapshot snapshot) {}

    /// An edit, one millisecond later than the one before.
    private Edit edit(Model model, Author author, long sequence, SortedMap<Dot, Snapshot> seen,
            Map<String, Value> fields) {
        Stamp stamp = new Stamp(new Hlc(millis++, 0, author), sequence);
        return new Edit(stamp.dot(), Merge.edited(model, seen, fields, stamp));
    }

    private static List<Value> losers(Snapshot view, String field) {
        return view.register(field).orElseThrow().losers().stream().map(Register.Loser::value).toList();
    }

    @Test
    void theLaterOfTwoEditsWinsAndTheOtherIsKept() {
        Edit made = edit(PLAIN, LAPTOP, 1, live(), field("name", "Trips"));
        Edit one = edit(PLAIN, LAPTOP, 2, live(made), field("name", "Travels"));
        Edit other = edit(PLAIN, DESKTOP, 1, live(made), field("name", "Journeys"));

        Snapshot view = Merge.view(PLAIN, live(one, other));

        assertThat(view.value("name")).isEqualTo(new Value.Text("Journeys"));
        assertThat(losers(view, "name")).containsExactly(new Value.Text("Travels"));
    }

    @Test
    void aValueThatWasSeenAndReplacedHasNotLost() {
        Edit made = edit(PLAIN, LAPTOP, 1, live(), field("name", "Trips"));
        Edit renamed = edit(PLAIN, DESKTOP, 1, live(made), field("name", "Travels"));
        Edit recoloured = edit(PLAIN, PHONE, 1, live(made), field("color", "red"));

        Snapshot view = Merge.view(PLAIN, live(renamed, recoloured));

        assertThat(view.value("name")).isEqualTo(new Value.Text("Travels"));
        assertThat(view.value("color")).isEqualTo(new Value.Text("red"));
        assertThat(losers(view, "name")).isEmpty();
    }

    @Test
    void whatWasSeenIsKnownAlongAChainOfDevices() {
        Edit made = edit(PLAIN, LAPTOP, 1, live(), field("name", "Trips"));
        Edit stale = edit(PLAIN, PHONE, 1, live(made), field("color", "red"));
        Edit renamed = edit(PLAIN, DESKTOP, 1, live(made), field("name", "Travels"));
        Edit again = edit(PLAIN, LAPTOP, 2, live(renamed), field("name", "Journeys"));

        Snapshot view = Merge.view(PLAIN, live(stale, again));

        assertThat(view.value("name")).isEqualTo(new Value.Text("Journeys"));
        assertThat(losers(view, "name")).isEmpty();
    }

    @Test
    void losersAreCarriedOnByAnEditOfAnotherField() {
        Edit made = edit(PLAIN, LAPTOP, 1, live(), field("name", "Trips"));
        Edit one = edit(PLAIN, LAPTOP, 2, live(made), field("name", "Travels"));
        Edit other = edit(PLAIN, DESKTOP, 1, live(made), field("name", "Journeys"));

        Edit recoloured = edit(PLAIN, PHONE, 1, live(one, other), field("color", "red"));

        assertThat(losers(recoloured.snapshot, "name")).containsExactly(new Value.Text("Travels"));
        assertThat(losers(Merge.view(PLAIN, live(recoloured)), "name")).containsExactly(new Value.Text("Travels"));
    }

    @Test
    void whoSawTheConflictAndWroteHasSettledIt() {
        Edit made = edit(PLAIN, LAPTOP, 1, live(), field("name", "Trips"));
        Edit one = edit(PLAIN, LAPTOP, 2, live(made), field("name", "Travels"));
        Edit other = edit(PLAIN, DESKTOP, 1, live(made), field("name", "Journeys"));
        Edit settled = edit(PLAIN, PHONE, 1, live(one, other), field("name", "Travels"));
        Edit recoloured = edit(PLAIN, LAPTOP, 3, live(one, other), field("color", "red"));

        Snapshot view = Merge.view(PLAIN, live(settled, recoloured));

        assertThat(view.value("name")).isEqualTo(new Value.Text("Travels"));
        assertThat(losers(view, "name")).isEmpty();
    }

    @Test
    void aRuleOfTheModelsOwnDecidesBetweenEditsThatDidNotSeeEachOther() {
        Edit made = edit(LONGEST, LAPTOP, 1, live(), field("name", "Trips"));
        Edit longer = edit(LONGEST, LAPTOP, 2, live(made), field("name", "Travels"));
        Edit later = edit(LONGEST, DESKTOP, 1, live(made), field("name", "Tour"));

        Snapshot view = Merge.view(LONGEST, live(longer, later));

        assertThat(view.value("name")).isEqualTo(new Value.Text("Travels"));
        assertThat(losers(view, "name")).containsExactly(new Value.Text("Tour"));
    }

    @Test
    void aRuleOfTheModelsOwnIsNotAskedAboutWhatWasSeenAndReplaced() {
        Edit made = edit(LONGEST, LAPTOP, 1, live(), field("name", "Travels"));
        Edit shortened = edit(LONGEST, DESKTOP, 1, live(made), field("name", "Tour"));
        Edit recoloured = edit(LONGEST, PHONE, 1, live(made), field("color", "red"));

        Snapshot view = Merge.view(LONGEST, live(shortened, recoloured));

        assertThat(view.value("name")).isEqualTo(new Value.Text("Tour"));
    }

    @Test
    void whatABuildWithoutTheRuleDecidedIsMendedWhereTheRuleIsKnown() {
        Edit made = edit(LONGEST, LAPTOP, 1, live(), field("name", "Trips"));
        Edit longer = edit(LONGEST, LAPTOP, 2, live(made), field("name", "Travels"));
        Edit later = edit(LONGEST, DESKTOP, 1, live(made), field("name", "Tour"));
        Edit byOlderBuild = edit(PLAIN, PHONE, 1, live(longer, later), field("color", "red"));

        assertThat(byOlderBuild.snapshot.value("name")).isEqualTo(new Value.Text("Tour"));
        assertThat(Merge.view(LONGEST, live(byOlderBuild)).value("name")).isEqualTo(new Value.Text("Travels"));
    }

    @Test
    void claimsWinByEpochBeforeStamp() {
        Model claim = ModelRegistry.CORE.model(Models.CLAIM);
        Edit second = edit(claim, LAPTOP, 1, live(), Map.of(Models.CLAIM_FIELD, epoch(2)));
        Edit first = edit(claim, DESKTOP, 1, live(), Map.of(Models.CLAIM_FIELD, epoch(1)));

        assertThat(Merge.view(claim, live(second, first)).value(Models.CLAIM_FIELD)).isEqualTo(epoch(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 53) + 1, Long.MAX_VALUE, 0, -1})
    void whatIsNoClaimLosesAgainstOneThatIs(long epoch) {
        Model claim = ModelRegistry.CORE.model(Models.CLAIM);
        Edit first = edit(claim, LAPTOP, 1, live(), Map.of(Models.CLAIM_FIELD, epoch(1)));
        Edit none = edit(claim, DESKTOP, 9, live(), Map.of(Models.CLAIM_FIELD, epoch(epoch)));

        assertThat(Merge.view(claim, live(first, none)).value(Models.CLAIM_FIELD)).isEqualTo(epoch(1));
    }

    private static Value epoch(long epoch) {
        return ClaimValue.of(epoch, new DeviceId("11".repeat(32)), Optional.empty());
    }

    @Test
    void aValueMadeOfSeveralIsWrittenUnderTheEditsOwnStamp() {
        MergeRule both = new MergeRule() {
            @Override
            public Version join(Version one, Version other) {
                boolean ordered = LATER.compare(one, other) < 0;
                Version later = ordered ? other : one;
                Version earlier = ordered ? one : other;
                return text(later.value()).contains(text(earlier.value())) ? later : new Version(
                        new Value.Text(text(earlier.value()) + text(later.value())), later.stamp());
            }

            @Override
            public boolean keepsLosers() {
                return false;
            }
        };
        Model model = Model.shared("joined", Field.text("name", 100).merging(both), Field.text("color", 100));
        Edit one = edit(model, LAPTOP, 1, live(), field("name", "a"));
        Edit other = edit(model, DESKTOP, 1, live(), field("name", "b"));

        Edit after = edit(model, PHONE, 1, live(one, other), field("color", "red"));

        Register name = after.snapshot.register("name").orElseThrow();
        assertThat(name.value()).isEqualTo(new Value.Text("ab"));
        assertThat(name.stamp().dot()).isEqualTo(after.dot);
        assertThat(Merge.view(model, live(after, other)).value("name")).isEqualTo(new Value.Text("ab"));
    }

    @Test
    void losersThatTakeTooMuchAreForgottenOldestFirst() {
        Model notes = Model.shared("plain", Field.text("name", 9_000));
        Edit made = edit(notes, LAPTOP, 1, live(), field("name", "x"));
        Edit one = edit(notes, LAPTOP, 2, live(made), field("name", "a".repeat(5_000)));
        Edit two = edit(notes, DESKTOP, 1, live(made), field("name", "b".repeat(5_000)));
        Edit three = edit(notes, PHONE, 1, live(made), field("name", "c".repeat(5_000)));

        Snapshot view = Merge.view(notes, live(one, two, three));

        assertThat(losers(view, "name")).containsExactly(new Value.Text("b".repeat(5_000)));
    }

    @Test
    void aRecordThatNoSnapshotCouldHoldIsNotWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> edit(PLAIN, LAPTOP, 1, live(), field("name", "x".repeat(70_000))))
                .withMessageContaining("would take more than 65536 bytes");
    }

    @Test
    void whatWasSeenSurvivesTheBytes() throws MalformedChange {
        Edit made = edit(PLAIN, LAPTOP, 1, live(), field("name", "Trips"));
        Edit renamed = edit(PLAIN, DESKTOP, 4, live(made), field("name", "Travels"));

        assertThat(renamed.snapshot.seen().of(LAPTOP)).isEqualTo(1);
        assertThat(ChangeCodec.decodeSnapshot(ChangeCodec.encode(renamed.snapshot))).isEqualTo(renamed.snapshot);
    }
}
