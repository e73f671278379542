package app.holdfast.core.change;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The models of one library, in an order in which none comes before what it depends on.
///
/// Immutable. Names that it does not know are no error: a newer version, or an extension that is not here, wrote them.
public final class ModelRegistry {

    /// The models of this build, without extensions.
    public static final ModelRegistry CORE = core();

    private final Map<String, Model> models;
    private final Map<String, Integer> places;

    private ModelRegistry(Map<String, Model> models) {
        this.models = models;
        var numbered = new LinkedHashMap<String, Integer>();
        models.keySet().forEach(name -> numbered.put(name, numbered.size()));
        this.places = numbered;
    }

    private static ModelRegistry core() {
        try {
            return of(Models.declared());
        } catch (BadModel e) {
            throw new IllegalStateException("core's own models", e);
        }
    }

    /// @param models in any order: the registry's depends on their names alone
    /// @throws BadModel when two have one name, one points to what nobody declares, or some depend on each other in a
    /// ring, which the message names
    public static ModelRegistry of(Collection<Model> models) throws BadModel {
        var byName = new TreeMap<String, Model>();
        for (Model model : models) {
            if (byName.put(model.name(), model) != null) {
                throw new BadModel("two models are called " + model.name());
            }
        }
        for (Model model : byName.values()) {
            refuseUnsound(model, byName);
        }
        return new ModelRegistry(ordered(byName));
    }

    private static void refuseUnsound(Model model, Map<String, Model> all) throws BadModel {
        if (!Model.isName(model.name())) {
            throw new BadModel("\"" + model.name() + "\" is no name for a model");
        }
        var names = new TreeSet<String>();
        for (Field field : model.fields()) {
            String name = field.isFamily() ? field.prefix() + "x" : field.name();
            if (!Model.isName(name) || !names.add(field.name())) {
                throw new BadModel("model " + model.name() + " has a field \"" + field.name()
                        + "\", which is no name for one or there already");
            }
        }
        for (String field : model.naturalKey()) {
            if (!names.contains(field)) {
                throw new BadModel("model " + model.name() + " is identified by " + field
                        + ", which is no field of it");
            }
        }
        for (ForeignKey key : model.keys()) {
            boolean isRef = model.field(key.field()).map(Field::type).filter(FieldType.Ref.class::isInstance)
                    .isPresent();
            if (!isRef) {
                throw new BadModel("model " + model.name() + " points to " + key.target() + " by " + key.field()
                        + ", which is no reference");
            }
            if (key.need() == ForeignKey.Need.REQUIRED && key.target().equals(model.name())) {
                throw new BadModel("model " + model.name() + " requires itself by " + key.field());
            }
        }
        for (String other : model.dependsOn()) {
            if (!all.containsKey(other)) {
                throw new BadModel("model " + model.name() + " depends on " + other + ", which nobody declares");
            }
        }
        boolean requiresOwned = model.keys().stream().anyMatch(key -> key.need() == ForeignKey.Need.REQUIRED
                && all.get(key.target()) instanceof Model target && target.ownership() == Model.Ownership.OWNED);
        if (model.ownership() == Model.Ownership.SHARED && requiresOwned) {
            throw new BadModel("model " + model.name() + " is shared and requires an owned one, which no member can"
                    + " keep alive; make that key weak or optional");
        }
    }

    /// Kahn's order; of those that could come next the first by name does.
    private static Map<String, Model> ordered(Map<String, Model> all) throws BadModel {
        var waiting = new TreeMap<String, Set<String>>();
        all.forEach((name, model) -> waiting.put(name, new TreeSet<>(model.dependsOn())));
        var order = new LinkedHashMap<String, Model>();
        while (!waiting.isEmpty()) {
            Optional<String> next = waiting.entrySet().stream().filter(entry -> entry.getValue().isEmpty())
                    .map(Map.Entry::getKey).findFirst();
            if (next.isEmpty()) {
                throw new BadModel("models depend on each other in a ring: " + String.join(" -> ", ring(waiting)));
            }
            waiting.remove(next.get());
            waiting.values().forEach(others -> others.remove(next.get()));
            order.put(next.get(), all.get(next.get()));
        }
        return order;
    }

    /// One ring among models that all wait for another of them, its first name once more at the end.
    private static List<String> ring(Map<String, Set<String>> waiting) {
        var path = new ArrayList<String>();
        String at = waiting.keySet().iterator().next();
        while (!path.contains(at)) {
            path.add(at);
            at = waiting.getOrDefault(at, Set.of()).iterator().next();
        }
        List<String> ring = new ArrayList<>(path.subList(path.indexOf(at), path.size()));
        ring.add(at);
        return ring;
    }

    /// The same with more models, or with other declarations of its own ones.
    public ModelRegistry with(Collection<Model> more) throws BadModel {
        var all = new TreeMap<>(models);
        more.forEach(model -> all.put(model.name(), model));
        return of(all.values());
    }

    public Optional<Model> find(String name) {
        return Optional.ofNullable(models.get(name));
    }

    /// The model, or one without fields for a name that is not known here.
    public Model model(String name) {
        return find(name).orElseGet(() -> Model.unknown(name));
    }

    /// In their order.
    public List<Model> all() {
        return List.copyOf(models.values());
    }

    /// In their order; what a hello tells.
    public List<String> names() {
        return List.copyOf(models.keySet());
    }

    /// The order in which records are written and folded (R6): a model before those that it depends on. Models that
    /// are not known here come first, for they may depend on any.
    public Comparator<String> dependantsFirst() {
        return Comparator.<String>comparingInt(name -> -places.getOrDefault(name, Integer.MAX_VALUE))
                .thenComparing(Comparator.naturalOrder());
    }
}
