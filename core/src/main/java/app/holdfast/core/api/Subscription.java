package app.holdfast.core.api;

/// Something that goes on until it is closed. Closing is quick, may be done twice and from any thread; a call that is
/// already under way may still arrive.
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    @Override
    void close();
}
