package app.holdfast.core.store;

import app.holdfast.core.api.Topic;
import java.util.Set;

/// What is announced after a commit.
///
/// @param revision counts the commits of this run, from 1
/// @param topics   what may have changed
public record Commit(long revision, Set<Topic> topics) {

    public Commit {
        topics = Set.copyOf(topics);
    }
}
