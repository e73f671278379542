package app.holdfast.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.VOLATILE;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The rules that hold in core and on the screen alike, each for the packages under one root, so that the same rule
/// can be put to a house that was built wrong on purpose. Compiled into the tests of both modules.
public final class HouseRules {

    /// The edges at which a second implementation stands in tests, and the ports of `api`.
    private static final Set<String> EDGES = Set.of("TimeSource", "Link", "Disk", "Volumes", "Transactor", "Signing",
            "Library", "LibraryReader", "Devices", "Vaults", "OpenVault", "VaultExchanges", "VaultTaking");

    private static final Pattern VAGUE = Pattern.compile(".*(Manager|Helper|Util|Utils|Impl)|Abstract.*");
    private static final Pattern VAGUE_PACKAGE = Pattern.compile(
            ".*\\.(common|util|utils|helper|helpers|misc)(\\..*)?");

    private static final Set<String> RANDOM_TYPES = Set.of("java.util.Random", "java.util.SplittableRandom",
            "java.security.SecureRandom");
    private static final Set<String> THREAD_TYPES = Set.of("java.lang.Thread", "java.util.Timer",
            "java.util.concurrent.ThreadPoolExecutor", "java.util.concurrent.ScheduledThreadPoolExecutor",
            "java.util.concurrent.ForkJoinPool");

    private HouseRules() {
    }

    public static ArchRule noPackageCycles(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles()
                .because("what is in a ring can only be understood, tested and changed together");
    }

    /// @param reader full name of the class, or of the package with its dots, that may
    public static ArchRule clockIsReadOnlyBy(String reader) {
        return noClasses().that(describe("are not " + reader, type -> !isOrIsIn(type, reader)))
                .should(accessTargetWhere(describe("the wall clock is read", HouseRules::readsTheClock)))
                .because("a test has to be able to set the time (ADR 2)");
    }

    /// @param links rooms that start virtual threads for links, which they end themselves
    public static ArchRule randomnessAndThreadsComeFrom(String door, Set<String> links) {
        return noClasses().that().resideOutsideOfPackage(door)
                .should(accessTargetWhere(describe("randomness or a thread is made",
                        access -> makesRandomness(access) || makesThread(access) && !isForLink(access, links))))
                .because("a run must be repeatable from one seed, and a thread has one owner who ends it (ADR 2)");
    }

    public static ArchRule classesAreFinal() {
        return noClasses().should(is("open to inheritance", HouseRules::isOpen))
                .because("nothing is inherited for reuse; a family is sealed");
    }

    public static ArchRule noVagueNames() {
        return noClasses().should(is("vaguely named", type -> VAGUE.matcher(type.getSimpleName()).matches()
                        || VAGUE_PACKAGE.matcher(type.getPackageName()).matches()))
                .because("such a name attracts what nobody found a place for");
    }

    public static ArchRule interfacesHaveAReason() {
        return noClasses().that().areInterfaces()
                .should(is("implemented once and no edge", HouseRules::isLonelyInterface))
                .because("one implementation needs no second name");
    }

    public static ArchRule volatileNeedsADecision() {
        return noFields().should().haveModifier(VOLATILE)
                .because("state that threads share without a lock is a decision: an ADR, and an exception here");
    }

    private static ArchCondition<JavaClass> is(String what, Predicate<JavaClass> predicate) {
        return ArchCondition.from(describe("be " + what, predicate));
    }

    private static boolean isOrIsIn(JavaClass type, String name) {
        return type.getName().equals(name) || type.getPackageName().equals(name);
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return owner.equals("java.lang.System") && name.equals("currentTimeMillis")
                || owner.startsWith("java.time.") && name.equals("now")
                || owner.equals("java.time.Clock") && (name.startsWith("system") || name.startsWith("tick"))
                || owner.equals("java.time.InstantSource") && name.equals("system")
                || owner.equals("java.util.Date") && name.equals("<init>");
    }

    private static boolean makesRandomness(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return name.equals("<init>") && RANDOM_TYPES.contains(owner)
                || owner.equals("java.security.SecureRandom") && name.startsWith("getInstance")
                || owner.equals("java.util.concurrent.ThreadLocalRandom")
                || owner.equals("java.lang.Math") && name.equals("random")
                || owner.equals("java.util.UUID") && name.equals("randomUUID");
    }

    private static boolean makesThread(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return name.equals("<init>") && THREAD_TYPES.contains(owner)
                || owner.equals("java.lang.Thread") && (name.startsWith("of") || name.equals("startVirtualThread"))
                || owner.equals("java.util.concurrent.Executors")
                || owner.equals("java.util.concurrent.ForkJoinPool") && name.equals("commonPool");
    }

    private static boolean isForLink(JavaAccess<?> access, Set<String> links) {
        String room = access.getOriginOwner().getPackageName();
        return access.getTarget().getName().equals("ofVirtual") && links.contains(room);
    }

    private static boolean isOpen(JavaClass type) {
        boolean closed = type.isInterface() || type.isAnonymousClass() || type.isRecord()
                || type.getModifiers().contains(JavaModifier.FINAL);
        // a constant of an enum that has a body is a class of its own
        return !closed && !type.isAssignableTo(Enum.class) && !type.reflect().isSealed();
    }

    private static boolean isLonelyInterface(JavaClass type) {
        return !EDGES.contains(type.getSimpleName()) && !type.isAnnotation() && !type.reflect().isSealed()
                && type.getAllSubclasses().stream().filter(other -> !other.isInterface()).count() == 1;
    }
}
