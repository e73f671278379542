package app.holdfast.core.extension;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.change.BadModel;
import app.holdfast.core.change.Model;
import app.holdfast.core.change.ModelRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/// The models of this run: core's own and those that are plugged in.
public final class Extensions {

    private Extensions() {
    }

    /// Looks for extensions where the calling thread finds its classes.
    ///
    /// @throws CoreException.BadExtension when one cannot be loaded, or declares what no registry takes
    public static ModelRegistry models() throws CoreException {
        var plugged = new ArrayList<Model>();
        try {
            for (ModelExtension extension : ServiceLoader.load(ModelExtension.class)) {
                plugged.add(extension.model());
            }
        } catch (ServiceConfigurationError e) {
            throw new CoreException.BadExtension(String.valueOf(e.getMessage()));
        }
        return with(plugged);
    }

    static ModelRegistry with(List<Model> plugged) throws CoreException {
        for (Model model : plugged) {
            if (model.ownership() == Model.Ownership.OWNED) {
                throw new CoreException.BadExtension("model " + model.name() + " is owned; extensions bring shared"
                        + " models");
            }
        }
        var all = new ArrayList<>(ModelRegistry.CORE.all());
        all.addAll(plugged);
        try {
            return ModelRegistry.of(all);
        } catch (BadModel e) {
            throw new CoreException.BadExtension(String.valueOf(e.getMessage()));
        }
    }
}
