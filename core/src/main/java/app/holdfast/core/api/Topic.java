package app.holdfast.core.api;

/// What a commit may have changed and a question may depend on. Live questions on a touched topic are asked again.
public enum Topic {
    LIBRARY, DEVICES, LOCATIONS, ENTRIES, TAGS, ASSIGNMENTS, COLLECTIONS, METADATA, RECORDS, VAULTS, SYNC, TASKS, EVENTS
}
