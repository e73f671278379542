package app.holdfast.core.simulation;

import static app.holdfast.core.simulation.Scene.OTHER_TAG;
import static app.holdfast.core.simulation.Scene.TAG;

import app.holdfast.core.store.Staging.Phase;
import app.holdfast.core.sync.SyncMessage;
import java.util.Collections;
import java.util.Map;
import java.util.function.Consumer;

/// A device compares with another, fetches and folds, and something happens meanwhile: counterexamples 4 to 7 and 12 of
/// the algorithm.
final class FoldScenarios {

    static final Map<String, Consumer<Scene>> ALL = Map.of(
            "deletesInMidFold", FoldScenarios::deletesInMidFold,
            "linkBreaksAfterTheManifest", FoldScenarios::linkBreaksAfterTheManifest,
            "peerWritesWhileCompared", FoldScenarios::peerWritesWhileCompared,
            "askedWhileFolding", FoldScenarios::askedWhileFolding,
            "toldWhileFolding", FoldScenarios::toldWhileFolding,
            "toldBeforeFolding", FoldScenarios::toldBeforeFolding,
            "parentGoesInMidFold", FoldScenarios::parentGoesInMidFold);

    private FoldScenarios() {
    }

    /// 4, 7: a person deletes all that is to be seen in the middle of a fold that brings it.
    private static void deletesInMidFold(Scene on) {
        on.nameMany(on.desktop);
        Wire wire = on.compare(on.laptop, on.desktop, Phase.FOLD);
        int deleted = on.deleteMany(on.laptop);
        on.claim(deleted > 0, "SCENE", "nothing is folded yet");
        on.until(wire, () -> false);
    }

    /// 5: the names are compared, the contents not fetched, when the link breaks.
    private static void linkBreaksAfterTheManifest(Scene on) {
        on.nameMany(on.desktop);
        Wire wire = on.compare(on.laptop, on.desktop, Phase.CONTENTS);
        on.hangUp(wire);
        on.talk(on.laptop, on.tablet);
    }

    /// 6: while it is compared with, the peer writes, and says that it covers that.
    private static void peerWritesWhileCompared(Scene on) {
        on.nameMany(on.desktop);
        Wire wire = on.compare(on.laptop, on.desktop, Phase.CONTENTS);
        on.name(on.desktop, TAG, "Trips");
        on.name(on.laptop, OTHER_TAG, "Work");
        on.until(wire, () -> false);
    }

    /// 7: a device that has folded half is asked what it has, by one that then deletes what it got, and meets a third
    /// that cannot take the delete yet.
    private static void askedWhileFolding(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.laptop.loseLog();
        on.nameMany(on.desktop);
        Wire asking = on.link(on.laptop, on.tablet);
        on.until(asking, () -> asking.one.mail().contains(new SyncMessage.ManifestOpen(Collections.emptySortedSet())));
        on.hangUp(on.compare(on.laptop, on.desktop, Phase.FOLD));
        on.name(on.laptop, OTHER_TAG, "Work"); // which the desktop has not heard of
        on.until(asking, () -> on.has(on.tablet, on.firstOfMany()) && on.phase(on.tablet) == Phase.NONE);
        on.hangUp(asking);
        on.color(on.tablet, OTHER_TAG, "red");
        on.deleteMany(on.tablet);
        on.talk(on.tablet, on.desktop);
    }

    /// 7: groups that a fold is about to bring arrive while it goes on, and with them the delete of the last of it.
    private static void toldWhileFolding(Scene on) {
        on.nameMany(on.tablet);
        on.talk(on.tablet, on.desktop);
        on.delete(on.tablet, on.lastOfMany());
        Wire wire = on.compare(on.laptop, on.desktop, Phase.FOLD);
        on.hangUp(wire);
        on.talk(on.tablet, on.laptop);
    }

    /// 7b: between manifest and fold a group arrives that the peer covered and had removed already.
    private static void toldBeforeFolding(Scene on) {
        on.name(on.tablet, TAG, "Trips");
        on.talk(on.tablet, on.desktop);
        on.delete(on.desktop, TAG);
        on.nameMany(on.desktop);
        Wire wire = on.compare(on.laptop, on.desktop, Phase.CONTENTS);
        on.talk(on.tablet, on.laptop);
        on.claim(on.has(on.laptop, TAG), "SCENE", "the tag did not arrive");
        on.until(wire, () -> false);
    }

    /// 12: a person deletes a tag in the middle of a fold that brings its assignment and what kept it alive.
    private static void parentGoesInMidFold(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.name(on.laptop, OTHER_TAG, "Work");
        on.meet();
        on.assign(on.desktop, TAG);
        on.color(on.desktop, OTHER_TAG, "red");
        Wire wire = on.compare(on.laptop, on.desktop, Phase.FOLD);
        on.delete(on.laptop, TAG);
        on.until(wire, () -> false);
    }
}
