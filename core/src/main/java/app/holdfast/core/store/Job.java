package app.holdfast.core.store;

import app.holdfast.core.api.CoreException;

/// Something to be done in one transaction of the library. It never waits for anything.
@FunctionalInterface
public interface Job<T> {

    T run(Transaction tx) throws CoreException;
}
