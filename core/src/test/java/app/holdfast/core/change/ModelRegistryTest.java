package app.holdfast.core.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.holdfast.core.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ModelRegistryTest {

    private static final long SEED = Long.getLong("seed", 20261125);

    private static Model pointing(String name, String... targets) {
        Model model = Model.shared(name);
        for (String target : targets) {
            model = model.with(Field.ref("to_" + target)).with(ForeignKey.optional("to_" + target, target));
        }
        return model;
    }

    private static void isRefused(List<Model> models, String reason) {
        assertThatExceptionOfType(BadModel.class).isThrownBy(() -> ModelRegistry.of(models)).withMessage(reason);
    }

    @Test
    void noModelComesBeforeWhatItDependsOn() {
        var seen = new ArrayList<String>();

        for (Model model : ModelRegistry.CORE.all()) {
            assertThat(seen).containsAll(model.dependsOn());
            seen.add(model.name());
        }
        assertThat(seen).containsExactly("collection", "content", "member", "claim", "device", "revoked", "search",
                "tag", "vault_file", "volume", "location", "entry", "assignment", "collection_item", "metadata",
                "volume_copy");
    }

    @Test
    void theOrderDoesNotDependOnThatOfDeclaration() throws BadModel {
        System.out.println("ModelRegistryTest seed " + SEED);
        var random = new Random(SEED);
        var models = new ArrayList<>(ModelRegistry.CORE.all());

        for (int i = 0; i < 100; i++) {
            Collections.shuffle(models, random);

            assertThat(ModelRegistry.of(models).names()).isEqualTo(ModelRegistry.CORE.names());
        }
    }

    @Test
    void aRingIsRefusedByName() {
        isRefused(List.of(pointing("shelf", "album"), pointing("album", "page"), pointing("page", "shelf"),
                pointing("stamp"), pointing("letter", "album")),
                "models depend on each other in a ring: album -> page -> shelf -> album");
    }

    @Test
    void aModelMayPointToItselfButNotRequireItself() throws BadModel {
        Model tree = Model.shared("tree", Field.ref("parent"));

        assertThat(ModelRegistry.of(List.of(tree.with(ForeignKey.optional("parent", "tree")))).names())
                .containsExactly("tree");
        isRefused(List.of(tree.with(ForeignKey.required("parent", "tree"))), "model tree requires itself by parent");
    }

    @Test
    void unsoundDeclarationsAreRefused() {
        isRefused(List.of(Model.shared("album"), Model.shared("album")), "two models are called album");
        isRefused(List.of(pointing("album", "shelf")), "model album depends on shelf, which nobody declares");
        isRefused(List.of(Model.shared("album").after("shelf")), "model album depends on shelf, which nobody declares");
        isRefused(List.of(Model.shared("Album")), "\"Album\" is no name for a model");
        isRefused(List.of(Model.shared("album", Field.flag("a"), Field.text("a", 1))),
                "model album has a field \"a\", which is no name for one or there already");
        isRefused(List.of(Model.shared("album").identifiedBy("title")),
                "model album is identified by title, which is no field of it");
        isRefused(List.of(Model.shared("album", Field.flag("to")).with(ForeignKey.weak("to", "album"))),
                "model album points to album by to, which is no reference");
        isRefused(List.of(Model.owned("file"), Model.shared("album", Field.ref("to"))
                .with(ForeignKey.required("to", "file"))), "model album is shared and requires an owned one, which no"
                + " member can keep alive; make that key weak or optional");
    }

    @Test
    void dependantsComeFirstWhenRecordsAreWrittenAndUnknownOnesBeforeAll() {
        var names = new ArrayList<>(List.of("tag", "album", "assignment", "entry"));

        names.sort(ModelRegistry.CORE.dependantsFirst());

        assertThat(names).containsExactly("album", "assignment", "entry", "tag");
    }

    @Test
    void theSameThingHasTheSameIdOnEveryDevice() {
        Model metadata = ModelRegistry.CORE.model(Models.METADATA);
        Value subject = new Value.Ref(new UUID(0x0123456789abcdefL, 0x8edcba9876543210L));

        UUID id = metadata.naturalId(Map.of(Models.SUBJECT, subject));

        // docs/protocol/sync.md, section 3
        assertThat(id).hasToString("53727828-bd3c-3540-b574-7239a3d12126");
        assertThat(metadata.naturalId(Map.of(Models.SUBJECT, subject, Models.NOTE, new Value.Text("x")))).isEqualTo(id);
    }

    @Test
    void aFamilyOfFieldsIsDeclaredByItsBeginning() {
        Model metadata = ModelRegistry.CORE.model(Models.METADATA);

        assertThat(metadata.field("x.camera")).isPresent();
        assertThat(metadata.field("x.")).isEmpty();
        assertThat(metadata.field("y.camera")).isEmpty();
        assertThat(metadata.field("x.camera").orElseThrow().type().takes(new Value.Text("Leica"))).isTrue();
        assertThat(metadata.field("x.camera").orElseThrow().type().takes(new Value.Whole(1))).isFalse();
    }
}
