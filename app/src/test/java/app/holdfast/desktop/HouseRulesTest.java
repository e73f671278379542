package app.holdfast.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.house.HouseRules;
import app.holdfast.house.Inspection;
import app.holdfast.planted.one.RingOne;
import app.holdfast.planted.tags.DecidingView;
import app.holdfast.planted.tags.KnowsTheClock;
import app.holdfast.planted.tags.KnowsTheStore;
import app.holdfast.planted.tags.OnlyPort;
import app.holdfast.planted.tags.Open;
import app.holdfast.planted.tags.Racy;
import app.holdfast.planted.tags.ReadsTheClock;
import app.holdfast.planted.tags.RollsDice;
import app.holdfast.planted.tags.Shouts;
import app.holdfast.planted.tags.TagHelper;
import app.holdfast.planted.tags.TouchesTheFxThread;
import app.holdfast.planted.two.RingTwo;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Puts every rule to a house that breaks it on purpose (package `app.holdfast.planted`) and then to the app.
final class HouseRulesTest {

    /// One test for each. The build compares them with the tests that ran (`.ci/CountTests.java`).
    private static final int RULES = 12;

    private static final String ROOT = "app.holdfast.desktop";
    private static final String PLANTED_ROOT = "app.holdfast.planted";
    private static final Inspection APP = new Inspection(
            ROOT, new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT),
            PLANTED_ROOT, new ClassFileImporter().importPackages(PLANTED_ROOT));

    @Test
    void onlyFourPackagesOfCoreAreKnown() {
        APP.holds(ScreenRules::onlyFourPackagesOfCoreAreKnown, KnowsTheClock.class);
    }

    @Test
    void onlyLiveTouchesTheFxThread() {
        APP.holds(ScreenRules::onlyLiveTouchesTheFxThread, TouchesTheFxThread.class);
    }

    @Test
    void viewsHoldNoLogic() {
        APP.holds(ScreenRules::viewsHoldNoLogic, DecidingView.class);
    }

    @Test
    void noSqlAndNoQuic() {
        APP.holds(ScreenRules::noSqlAndNoQuic, KnowsTheStore.class);
    }

    @Test
    void onlyTheCommandLineSpeaksToTheTerminal() {
        APP.holds(ScreenRules::onlyTheCommandLineSpeaksToTheTerminal, Shouts.class);
    }

    @Test
    void noPackageCycles() {
        APP.holds(HouseRules::noPackageCycles, RingOne.class, RingTwo.class);
    }

    @Test
    void onlyTheDoorReadsTheClock() {
        APP.holds(HouseRules::clockIsReadOnlyBy, ReadsTheClock.class);
    }

    @Test
    void randomnessAndThreadsComeFromTheDoor() {
        APP.holds(root -> HouseRules.randomnessAndThreadsComeFrom(root, Set.of()), RollsDice.class);
    }

    @Test
    void classesAreFinal() {
        APP.holds(_ -> HouseRules.classesAreFinal(), Open.class);
    }

    @Test
    void noVagueNames() {
        APP.holds(_ -> HouseRules.noVagueNames(), TagHelper.class);
    }

    @Test
    void interfacesHaveAReason() {
        APP.holds(_ -> HouseRules.interfacesHaveAReason(), OnlyPort.class);
    }

    @Test
    void volatileNeedsADecision() {
        APP.holds(_ -> HouseRules.volatileNeedsADecision(), Racy.class);
    }

    @Test
    void everyRuleIsPutToTheHouse() {
        var rules = Stream.of(ScreenRules.class, HouseRules.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.getReturnType() == ArchRule.class).count();
        var tests = Arrays.stream(HouseRulesTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class)).count();

        assertThat(rules).isEqualTo(RULES);
        assertThat(tests).isEqualTo(RULES + 1);
        assertThat(APP.house()).isNotEmpty();
    }
}
