package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.house.HouseRules;
import app.holdfast.house.Inspection;
import app.holdfast.planted.attic.Homeless;
import app.holdfast.planted.clock.ReadsTheClock;
import app.holdfast.planted.index.LooksSideways;
import app.holdfast.planted.index.SpeaksSql;
import app.holdfast.planted.model.ChangingNoun;
import app.holdfast.planted.model.Climber;
import app.holdfast.planted.peer.Draws;
import app.holdfast.planted.peer.KnowsKwik;
import app.holdfast.planted.peer.LinkManager;
import app.holdfast.planted.peer.OnlyPort;
import app.holdfast.planted.peer.Open;
import app.holdfast.planted.peer.Racy;
import app.holdfast.planted.peer.RollsDice;
import app.holdfast.planted.peer.Shouts;
import app.holdfast.planted.peer.Signs;
import app.holdfast.planted.peer.StartsThreads;
import app.holdfast.planted.store.one.RingOne;
import app.holdfast.planted.store.two.RingTwo;
import app.holdfast.planted.transport.quic.KnowsItsParent;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Puts every rule to two houses: to one that breaks it on purpose (package `app.holdfast.planted`), where it must
/// name what is wrong, and to core, where it must find nothing.
final class HouseRulesTest {

    /// One test for each. The build compares them with the tests that ran (`.ci/CountTests.java`).
    private static final int RULES = 15;

    private static final String ROOT = "app.holdfast.core";
    private static final String PLANTED_ROOT = "app.holdfast.planted";
    private static final Inspection CORE = new Inspection(
            ROOT, new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(new WrittenByUs()).importPackages(ROOT),
            PLANTED_ROOT, new ClassFileImporter().importPackages(PLANTED_ROOT));

    @Test
    void packagesDependOnlyDownwards() {
        CORE.holds(CoreRules::packagesDependOnlyDownwards,
                Climber.class, LooksSideways.class, Homeless.class, KnowsItsParent.class);
    }

    @Test
    void noPackageCycles() {
        CORE.holds(HouseRules::noPackageCycles, RingOne.class, RingTwo.class);
    }

    @Test
    void onlyTheStoreSpeaksSql() {
        CORE.holds(CoreRules::onlyTheStoreSpeaksSql, SpeaksSql.class);
    }

    @Test
    void onlySystemTimeReadsTheClock() {
        CORE.holds(root -> HouseRules.clockIsReadOnlyBy(root + ".clock.SystemTime"), ReadsTheClock.class);
    }

    @Test
    void randomnessAndThreadsComeFromTheDoor() {
        CORE.holds(root -> HouseRules.randomnessAndThreadsComeFrom(root,
                        Set.of(root + ".peer", root + ".transport.quic")),
                RollsDice.class, StartsThreads.class);
    }

    @Test
    void nounsAreImmutable() {
        CORE.holds(CoreRules::nounsAreImmutable, ChangingNoun.class);
    }

    @Test
    void classesAreFinal() {
        CORE.holds(_ -> HouseRules.classesAreFinal(), Open.class);
    }

    @Test
    void noVagueNames() {
        CORE.holds(_ -> HouseRules.noVagueNames(), LinkManager.class);
    }

    @Test
    void interfacesHaveAReason() {
        CORE.holds(_ -> HouseRules.interfacesHaveAReason(), OnlyPort.class);
    }

    @Test
    void onlyQuicKnowsKwik() {
        CORE.holds(CoreRules::onlyQuicKnowsKwik, KnowsKwik.class);
    }

    @Test
    void cryptographyStaysInThreeRooms() {
        CORE.holds(CoreRules::cryptographyStaysInThreeRooms, Signs.class);
    }

    @Test
    void hashesAreMadeInFewRooms() {
        CORE.holds(CoreRules::hashesAreMadeInFewRooms, Signs.class);
    }

    @Test
    void coreKnowsNoScreen() {
        CORE.holds(CoreRules::coreKnowsNoScreen, Draws.class);
    }

    @Test
    void coreDoesNotSpeakToTheTerminal() {
        CORE.holds(CoreRules::coreDoesNotSpeakToTheTerminal, Shouts.class);
    }

    @Test
    void volatileNeedsADecision() {
        CORE.holds(_ -> HouseRules.volatileNeedsADecision(), Racy.class);
    }

    @Test
    void everyRuleIsPutToTheHouse() {
        var rules = Stream.of(CoreRules.class, HouseRules.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.getReturnType() == ArchRule.class).count();
        var tests = Arrays.stream(HouseRulesTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class)).count();

        assertThat(rules).isEqualTo(RULES);
        assertThat(tests).isEqualTo(RULES + 1);
        assertThat(CORE.house()).hasSizeGreaterThan(50);
    }

    /// jOOQ's tables are not.
    private static final class WrittenByUs implements ImportOption {

        private static final Pattern GENERATED = Pattern.compile(".*/store/(catalogue|synclog)/.*");

        @Override
        public boolean includes(Location location) {
            return !location.matches(GENERATED);
        }
    }
}
