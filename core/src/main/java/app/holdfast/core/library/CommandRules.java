package app.holdfast.core.library;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.PlainText;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.change.Models;
import app.holdfast.core.model.DeviceId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import app.holdfast.core.store.TagRecords;
import app.holdfast.core.store.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What commands about tags and devices mean: pure rules over one transaction. Those about folders are [Locations]'.
final class CommandRules {

    private static final int DEVICE_NAME_MAX = 100;
    /// Assignments that one command may make; more are to be sent as several.
    private static final int ASSIGNMENTS_MAX = 100_000;

    private CommandRules() {
    }

    static void createTag(Transaction tx, Command.CreateTag command) throws CoreException {
        TagRecords tags = tx.tags();
        String name = name(command.name(), Models.NAME_CHARACTERS_MAX, "a tag's name");
        refuseTwin(tags, command.parent(), name, Optional.empty());
        var fields = new HashMap<String, Value>();
        fields.put(Models.NAME, new Value.Text(name));
        TagColor color = command.color().orElseGet(() -> colorFor(name));
        fields.put(Models.COLOR, new Value.Text(color.code()));
        if (command.parent().isPresent()) {
            find(tags, command.parent().get());
            fields.put(Models.PARENT, new Value.Ref(command.parent().get().value()));
        }
        tags.write(command.id(), fields);
    }

    static void renameTag(Transaction tx, Command.RenameTag command) throws CoreException {
        TagRow tag = find(tx.tags(), command.id());
        String name = name(command.name(), Models.NAME_CHARACTERS_MAX, "a tag's name");
        if (!name.equals(tag.name())) {
            refuseTwin(tx.tags(), tag.parent(), name, Optional.of(tag.id()));
            tx.tags().write(command.id(), Map.of(Models.NAME, new Value.Text(name)));
        }
    }

    static void recolorTag(Transaction tx, Command.RecolorTag command) throws CoreException {
        find(tx.tags(), command.id());
        tx.tags().write(command.id(), Map.of(Models.COLOR, new Value.Text(command.color().code())));
    }

    static void moveTag(Transaction tx, Command.MoveTag command) throws CoreException {
        TagRow tag = find(tx.tags(), command.id());
        if (command.parent().isEmpty()) {
            tx.tags().write(command.id(), Map.of(Models.PARENT, Value.NOTHING));
            return;
        }
        for (Optional<TagId> at = command.parent(); at.isPresent(); at = find(tx.tags(), at.get()).parent()) {
            if (at.get().equals(command.id())) {
                throw new CoreException.Refused("a tag cannot lie below itself");
            }
        }
        refuseTwin(tx.tags(), command.parent(), tag.name(), Optional.of(tag.id()));
        tx.tags().write(command.id(), Map.of(Models.PARENT, new Value.Ref(command.parent().get().value())));
    }

    static void deleteTag(Transaction tx, Command.DeleteTag command) throws CoreException {
        tx.tags().delete(find(tx.tags(), command.id()));
    }

    static void mergeTags(Transaction tx, Command.MergeTags command) throws CoreException {
        TagRow from = find(tx.tags(), command.from());
        TagRow into = find(tx.tags(), command.into());
        if (from.id().equals(into.id())) {
            throw new CoreException.Refused("a tag cannot be merged into itself");
        }
        for (Optional<TagId> at = into.parent(); at.isPresent(); at = find(tx.tags(), at.get()).parent()) {
            if (at.get().equals(from.id())) {
                throw new CoreException.Refused("a tag cannot be merged into one below it");
            }
        }
        tx.shared().gather();
        tx.tags().assigned(from.id()).forEach(entry -> tx.tags().assignAnew(into.id(), entry));
        tx.tags().delete(from);
    }

    static void assignTags(Transaction tx, Command.AssignTags command) throws CoreException {
        refuseTooMany(command.entries(), command.tags());
        for (TagId tag : command.tags()) {
            find(tx.tags(), tag);
        }
        tx.shared().gather();
        for (EntryId entry : command.entries()) {
            if (!tx.tags().entryExists(entry)) {
                throw new CoreException.NotFound("file", entry.toString());
            }
            command.tags().forEach(tag -> tx.tags().assign(tag, entry));
        }
    }

    static void unassignTags(Transaction tx, Command.UnassignTags command) throws CoreException {
        refuseTooMany(command.entries(), command.tags());
        for (EntryId entry : command.entries()) {
            command.tags().forEach(tag -> tx.tags().unassign(tag, entry));
        }
    }

    static void renameDevice(Transaction tx, Command.RenameDevice command) throws CoreException {
        tx.own().renameDevice(deviceName(command.name()));
    }

    static void forgetDevice(Transaction tx, Command.ForgetDevice command) throws CoreException {
        DeviceId device = command.id();
        if (device.equals(tx.state().device())) {
            throw new CoreException.Refused("a device cannot forget itself");
        }
        if (!tx.members().all().contains(device)) {
            throw new CoreException.NotFound("device", device.hex());
        }
        tx.members().revoke(device);
        if (command.removeData()) {
            tx.streams().takeAway(device);
        }
    }

    static String deviceName(String name) throws CoreException {
        return name(name, DEVICE_NAME_MAX, "a device's name");
    }

    private static void refuseTooMany(List<EntryId> entries, List<TagId> tags) throws CoreException {
        if ((long) entries.size() * tags.size() > ASSIGNMENTS_MAX) {
            throw new CoreException.Refused("at most " + ASSIGNMENTS_MAX + " assignments at once");
        }
    }

    private static TagRow find(TagRecords tags, TagId id) throws CoreException {
        Optional<TagRow> found = tags.find(id);
        if (found.isEmpty()) {
            throw new CoreException.NotFound("tag", id.toString());
        }
        return found.get();
    }

    /// Two devices may make tags of one name without knowing of each other; one device does not.
    private static void refuseTwin(TagRecords tags, Optional<TagId> parent, String name, Optional<TagId> self)
            throws CoreException {
        for (TagRow tag : tags.tree()) {
            if (tag.name().equalsIgnoreCase(name) && tag.parent().equals(parent)
                    && !self.equals(Optional.of(tag.id()))) {
                throw new CoreException.Refused("there is a tag " + tag.name() + " already");
            }
        }
    }

    static String name(String given, int longest, String what) throws CoreException {
        String name = given.strip();
        if (name.isEmpty() || name.codePointCount(0, name.length()) > longest || !PlainText.is(name)) {
            throw new CoreException.Refused(what + " has 1 to " + longest + " characters, and no control characters");
        }
        return name;
    }

    private static TagColor colorFor(String name) {
        return TagColor.values()[Math.floorMod(name.hashCode(), TagColor.values().length)];
    }
}
