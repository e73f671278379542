package tech.kwik.agent15.extension;

/// Exists because kwik names it: it is made only for a resumed session, and no session is resumed here.
public final class EarlyDataExtension extends Extension {

    private static final byte[] EMPTY = {0, 42, 0, 0};

    @Override
    public byte[] getBytes() {
        return EMPTY.clone();
    }
}
