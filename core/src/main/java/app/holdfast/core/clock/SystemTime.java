package app.holdfast.core.clock;

/// The machine's own clock; the one class that reads it.
public final class SystemTime implements TimeSource {

    @Override
    public long nowMillis() {
        return System.currentTimeMillis();
    }
}
