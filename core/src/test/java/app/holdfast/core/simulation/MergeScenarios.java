package app.holdfast.core.simulation;

import static app.holdfast.core.simulation.Scene.OTHER_TAG;
import static app.holdfast.core.simulation.Scene.TAG;

import app.holdfast.core.change.Group;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What groups of changes do to each other, in whatever order they come: counterexamples 1, 2, 3, 8, 9, 12 and 13 of
/// the algorithm.
final class MergeScenarios {

    static final Map<String, Consumer<Scene>> ALL = Map.ofEntries(
            Map.entry("editedDeletedEdited", MergeScenarios::editedDeletedEdited),
            Map.entry("twoFieldsAtOnce", MergeScenarios::twoFieldsAtOnce),
            Map.entry("olderNewsComesLater", MergeScenarios::olderNewsComesLater),
            Map.entry("deleteComesFirst", MergeScenarios::deleteComesFirst),
            Map.entry("newsBeyondAGap", MergeScenarios::newsBeyondAGap),
            Map.entry("plainDelete", MergeScenarios::plainDelete),
            Map.entry("logWasLost", MergeScenarios::logWasLost),
            Map.entry("logHasAHole", MergeScenarios::logHasAHole),
            Map.entry("memberIsAway", MergeScenarios::memberIsAway),
            Map.entry("awayForAMonth", MergeScenarios::awayForAMonth),
            Map.entry("usedWhileDeleted", MergeScenarios::usedWhileDeleted),
            Map.entry("halfAGroup", MergeScenarios::halfAGroup),
            Map.entry("touchComesFirst", MergeScenarios::touchComesFirst),
            Map.entry("eachUnderTheOther", MergeScenarios::eachUnderTheOther));

    private MergeScenarios() {
    }

    /// 1: one edits, a second sees that and deletes, a third edits meanwhile. The first hears of the third's edit
    /// before the delete, the second after it.
    private static void editedDeletedEdited(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.meet();
        on.color(on.laptop, TAG, "red");
        on.talk(on.laptop, on.desktop);
        on.delete(on.desktop, TAG);
        on.name(on.tablet, TAG, "Travels");
        on.talk(on.tablet, on.laptop);
        on.talk(on.laptop, on.desktop);
    }

    private static void twoFieldsAtOnce(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.color(on.laptop, TAG, "red");
        on.meet();
        on.color(on.laptop, TAG, "blue");
        on.world.time().pass(10);
        on.name(on.desktop, TAG, "Travels");
        on.meet();
    }

    /// What was written earlier by another device arrives later.
    private static void olderNewsComesLater(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.world.time().pass(1_000);
        on.name(on.desktop, OTHER_TAG, "Work");
        on.talk(on.desktop, on.tablet);
        on.talk(on.laptop, on.tablet);
    }

    /// 2: a delete arrives before what it deletes.
    private static void deleteComesFirst(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.talk(on.laptop, on.desktop);
        List<Group> delete = on.written(() -> on.delete(on.desktop, TAG));
        on.tell(on.desktop, on.tablet, delete.getFirst());
        on.talk(on.laptop, on.tablet);
    }

    /// 3: a group arrives before the one before it, and what it brought is deleted.
    private static void newsBeyondAGap(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        List<Group> second = on.written(() -> on.name(on.laptop, OTHER_TAG, "Work"));
        on.tell(on.laptop, on.tablet, second.getFirst());
        on.delete(on.tablet, OTHER_TAG);
        on.talk(on.laptop, on.tablet);
    }

    /// 8.
    private static void plainDelete(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.meet();
        on.delete(on.laptop, TAG);
        on.meet();
    }

    /// 9: nothing is in the log of what others lack.
    private static void logWasLost(Scene on) {
        on.name(on.desktop, TAG, "Trips");
        on.desktop.loseLog();
    }

    /// 9: only the later part is.
    private static void logHasAHole(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.laptop.loseLog();
        on.name(on.laptop, OTHER_TAG, "Work");
        on.meet();
    }

    /// Two of three members have a change; the third is away and finds it in the log when it is back.
    private static void memberIsAway(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.talk(on.laptop, on.desktop);
        on.claim(on.laptop.run(_ -> on.laptop.store().log().changes()) > 0, "PRUNED",
                "a change that a member has not acknowledged is not in the log any more");
    }

    /// A member that was away for long, and whose own log is gone as well as the others', brings nothing back.
    private static void awayForAMonth(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.assign(on.laptop, TAG);
        on.meet();
        on.delete(on.laptop, TAG);
        on.talk(on.laptop, on.desktop);
        on.world.time().pass(30 * Scene.DAY_MILLIS);
        on.laptop.loseLog();
        on.desktop.loseLog();
        on.color(on.tablet, OTHER_TAG, "red");
        on.tablet.loseLog();
        on.talk(on.tablet, on.desktop);
        on.claim(!on.has(on.desktop, TAG) && !on.has(on.tablet, TAG), "RESURRECTED", "a tag that was deleted is back");
    }

    /// 12: one deletes a tag while another assigns it.
    private static void usedWhileDeleted(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.meet();
        on.delete(on.laptop, TAG);
        on.assign(on.desktop, TAG);
        on.meet();
    }

    /// 12: a device assigns a tag and is forgotten when only the first of what that made has reached another; a third
    /// deletes the tag meanwhile.
    private static void halfAGroup(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.meet();
        List<Group> written = on.written(() -> on.assign(on.laptop, TAG));
        on.tell(on.laptop, on.desktop, written.getFirst());
        on.delete(on.tablet, TAG);
        on.desktop.change(tx -> tx.members().revoke(on.laptop.id));
        on.fleet.forget(on.laptop);
        on.drive.move(on.desktop);
    }

    /// 12: a device assigns a tag; another deletes it having seen the first of what that made.
    private static void touchComesFirst(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.meet();
        List<Group> written = on.written(() -> on.assign(on.laptop, TAG));
        on.tell(on.laptop, on.desktop, written.getFirst());
        on.delete(on.desktop, TAG);
    }

    /// 13: two move two tags, each below the other's.
    private static void eachUnderTheOther(Scene on) {
        on.name(on.laptop, TAG, "Trips");
        on.name(on.laptop, OTHER_TAG, "Work");
        on.meet();
        on.put(on.laptop, TAG, OTHER_TAG);
        on.put(on.desktop, OTHER_TAG, TAG);
        on.meet();
    }
}
