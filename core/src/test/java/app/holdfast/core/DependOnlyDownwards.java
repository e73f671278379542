package app.holdfast.core;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/// The floor plan of ARCHITECTURE.md: a room imports rooms of lower floors only, and every package is in a room.
final class DependOnlyDownwards extends ArchCondition<JavaClass> {

    private static final String ROOF = "";
    private static final Map<String, Integer> FLOORS = Map.ofEntries(
            Map.entry(ROOF, 7),
            Map.entry("library", 6),
            Map.entry("peer", 5),
            Map.entry("sync", 4), Map.entry("index", 4), Map.entry("exchange", 4),
            Map.entry("store", 3), Map.entry("vault", 3), Map.entry("transport", 3), Map.entry("volume", 3),
            Map.entry("extension", 3),
            Map.entry("change", 2), Map.entry("api", 2),
            Map.entry("clock", 1),
            Map.entry("model", 0));
    /// Their sub-rooms are leaves: the parent imports them, they import neither it nor each other.
    private static final Set<String> ROOMS_WITH_LEAVES = Set.of("transport", "vault");

    private final String root;

    DependOnlyDownwards(String root) {
        super("import only from floors below");
        this.root = root;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        String room = room(type);
        if (!FLOORS.containsKey(room)) {
            events.add(SimpleConditionEvent.violated(type, type.getName() + " is in a package without a floor"));
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            boolean inHouse = target.getPackageName().equals(root) || target.getPackageName().startsWith(root + ".");
            if (inHouse && !mayImport(type, target)) {
                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
            }
        }
    }

    private boolean mayImport(JavaClass type, JavaClass target) {
        String room = room(type);
        String targetRoom = room(target);
        if (!room.equals(targetRoom)) {
            return FLOORS.getOrDefault(targetRoom, Integer.MAX_VALUE) < FLOORS.get(room);
        }
        boolean isLeaf = ROOMS_WITH_LEAVES.contains(room) && !type.getPackageName().equals(root + "." + room);
        return !isLeaf || type.getPackageName().equals(target.getPackageName());
    }

    private String room(JavaClass type) {
        String packageName = type.getPackageName();
        return packageName.equals(root) ? ROOF : packageName.substring(root.length() + 1).split("\\.")[0];
    }
}
