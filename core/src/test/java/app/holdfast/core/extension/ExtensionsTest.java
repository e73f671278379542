package app.holdfast.core.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.change.Field;
import app.holdfast.core.change.ForeignKey;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.ModelRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtensionsTest {

    private static void isRefused(List<Model> plugged, String reason) {
        assertThatExceptionOfType(CoreException.BadExtension.class).isThrownBy(() -> Extensions.with(plugged))
                .withMessageContaining(reason).satisfies(e -> assertThat(e.code()).isEqualTo("bad_extension"));
    }

    private static Model pointing(String name, String target) {
        return Model.shared(name, Field.ref("to")).with(ForeignKey.optional("to", target));
    }

    @Test
    void withoutExtensionsThereAreCoresModels() throws CoreException {
        assertThat(Extensions.models().names()).isEqualTo(ModelRegistry.CORE.names());
    }

    @Test
    void aPluggedModelTakesItsPlaceBehindWhatItPointsTo() throws CoreException {
        List<String> names = Extensions.with(List.of(pointing("album", "entry"))).names();

        assertThat(names).contains("album");
        assertThat(names.indexOf("album")).isGreaterThan(names.indexOf("entry"));
    }

    @Test
    void aRingOfPluggedModelsIsRefusedByName() {
        isRefused(List.of(pointing("album", "page"), pointing("page", "album")),
                "models depend on each other in a ring: album -> page -> album");
    }

    @Test
    void whatNoExtensionMayBringIsRefused() {
        isRefused(List.of(Model.owned("disk")), "model disk is owned; extensions bring shared models");
        isRefused(List.of(Model.shared("tag")), "two models are called tag");
        isRefused(List.of(pointing("album", "shelf")), "model album depends on shelf, which nobody declares");
    }
}
