package app.holdfast.desktop.welcome;

import app.holdfast.desktop.devices.DevicesModel;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.locations.LocationsModel;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What a person says on the first page: how this device is called, and whether to begin a library with a folder or to
/// join one that another device has.
public final class WelcomeModel {

    private final Words words;
    private final Consumer<Beginning> begin;
    private final StringProperty name;
    private final StringProperty folder;
    private final StringProperty ticket = new SimpleStringProperty("");
    private final BooleanProperty joining = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    /// @param folder the first location of a new library; empty to add one later
    /// @param ticket of the device to join; empty to begin a library
    public record Beginning(String name, Optional<Path> folder, Optional<String> ticket) {}

    /// @param proposal what the fields say at first; its ticket is not looked at
    /// @param begin    makes the library; answers by [#failed] or by another page
    public WelcomeModel(Words words, Beginning proposal, Consumer<Beginning> begin) {
        this.words = words;
        this.begin = begin;
        name = new SimpleStringProperty(proposal.name());
        folder = new SimpleStringProperty(proposal.folder().map(Path::toString).orElse(""));
    }

    public StringProperty name() {
        return name;
    }

    public StringProperty folder() {
        return folder;
    }

    public StringProperty ticket() {
        return ticket;
    }

    public BooleanProperty joining() {
        return joining;
    }

    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// Why it could not begin; empty for no reason.
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    public void start() {
        if (busy.get()) {
            return;
        }
        Optional<Path> path = LocationsModel.folder(folder.get());
        if (!DevicesModel.isName(name.get())) {
            problem.set(words.get(Text.WELCOME_NO_NAME));
        } else if (joining.get() && ticket.get().isBlank()) {
            problem.set(words.get(Text.PAIR_NO_TICKET));
        } else if (!joining.get() && !folder.get().isBlank() && path.isEmpty()) {
            problem.set(words.get(Text.LOCATION_NOT_ABSOLUTE));
        } else {
            problem.set("");
            busy.set(true);
            begin.accept(new Beginning(name.get().strip(), joining.get() ? Optional.empty() : path,
                    joining.get() ? Optional.of(ticket.get()) : Optional.empty()));
        }
    }

    public void failed(String why) {
        busy.set(false);
        problem.set(why);
    }
}
